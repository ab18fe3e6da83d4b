"""Who may see what, and which small numbers are held back."""
