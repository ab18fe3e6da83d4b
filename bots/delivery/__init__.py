"""The outbox: what is owed is composed, sent once and recorded."""
