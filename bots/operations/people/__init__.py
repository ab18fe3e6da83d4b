"""Who coordinates, who reads, and how they sign in."""
