"""Letters by e-mail: how one is written, handed to a mail server, and what comes back."""
