"""One page of the desk a module: what stands on it, and what its form does."""
