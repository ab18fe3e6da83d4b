"""Readers of files that nobody here wrote."""
