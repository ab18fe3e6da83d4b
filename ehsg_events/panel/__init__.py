"""Who is asked: the members of a panel, and the file they come in."""
