"""Letters that came back: fetched from a mailbox, and each read for what became of it."""
