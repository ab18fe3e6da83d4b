"""Which message is owed to whom, folded from the facts."""
