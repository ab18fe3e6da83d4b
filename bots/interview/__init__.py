"""The interview as talk, the same on every surface."""
