"""What stands now, folded from the facts of a stream."""
