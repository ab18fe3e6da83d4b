"""Assessments told in short sentences, and what programs that are not ours read in them."""
