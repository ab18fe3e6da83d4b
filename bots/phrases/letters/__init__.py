"""What letters say, and what an area may say instead."""
