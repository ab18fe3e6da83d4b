"""Who is asked, who answers instead of whom, and their personal links."""
