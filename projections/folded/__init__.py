"""Read models folded in Python, each from the few columns of the facts that it needs."""
