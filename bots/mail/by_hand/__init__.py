"""Letters that a coordinator sends herself."""
