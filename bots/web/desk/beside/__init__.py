"""Beside other years and other areas: an area's years, what changed between two, two areas."""
