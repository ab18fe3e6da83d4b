"""The server, and who is let in."""
