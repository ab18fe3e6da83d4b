"""Everything that changes the log: each function takes one decision and records it."""
