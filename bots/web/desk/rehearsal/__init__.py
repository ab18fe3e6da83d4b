"""The rehearsal from a page: run in a process of its own, and shown day by day."""
