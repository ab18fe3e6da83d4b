"""The ledger: a tree of digests over the log, signed, by which anybody sees whether a fact was altered."""
