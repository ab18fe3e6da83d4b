"""A guide in a file: read with every mistake in it, shown whole, and tried out as the interview it makes."""
