"""What letters say, and which were sent by hand."""
