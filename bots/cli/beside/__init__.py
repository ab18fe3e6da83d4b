"""Beside other years and other areas."""
