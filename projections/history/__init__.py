"""The walk back: every fact in words, and the evidence beside it."""
