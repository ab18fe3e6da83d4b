"""A mail server on 127.0.0.1, what it takes for a token, and who vouches for it."""
