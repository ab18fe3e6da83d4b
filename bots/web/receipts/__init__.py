"""Receipts that people keep: the proof of each thing they said, and the page that checks it offline."""
