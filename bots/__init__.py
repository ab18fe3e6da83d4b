"""Listens and speaks: the conversation, its surfaces, the outbox and the command `ehsg`."""
