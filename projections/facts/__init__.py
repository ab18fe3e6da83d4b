"""The facts as one typed table, read from the log or from a base kept beside it."""
