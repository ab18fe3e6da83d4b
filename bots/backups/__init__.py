"""Backups of a data folder: made, verified, kept and restored; and the folder moved elsewhere."""
