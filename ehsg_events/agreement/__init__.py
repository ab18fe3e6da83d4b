"""Agreement measured under a named rule, and what the partnership does about it."""
