"""Everything that is kept about one person, for that person: what the law calls subject access."""
