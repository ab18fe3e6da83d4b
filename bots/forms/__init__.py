"""Published forms: how they are read into plain values, and how they are written again."""
