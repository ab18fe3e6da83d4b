"""Reads a transcript and the log's facts as plain files, and knows nothing of the product's code."""
