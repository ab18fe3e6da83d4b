"""A page for everything a coordinator can do: its form, what comes of it, and what came of it."""
