"""Panels of every kind there could be, and what a reader is left to wonder about them."""
