"""The facts of a long log: a file of tables beside it, built by a process of its own, and asked flatly."""
