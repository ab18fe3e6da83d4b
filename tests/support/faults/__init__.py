"""What the machine does to a data folder, done on purpose, and what must hold there afterwards."""
