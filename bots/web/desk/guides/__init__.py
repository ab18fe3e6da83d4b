"""Guides on pages: which there are, what each asks, what differs, and one of the area's own published."""
