"""Receipts that people keep: the page that checks one on its reader's own computer, without any network."""
