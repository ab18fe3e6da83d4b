"""One area's years side by side, and what made the difference."""
