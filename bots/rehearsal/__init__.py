"""A whole assessment rehearsed: invented people, real code, a simulated clock."""
