"""What the panel disagrees on, rests on, and is to do."""
