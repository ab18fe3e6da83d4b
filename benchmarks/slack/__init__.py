"""A crowd in Slack: who clicks at once, who is invited at once, and what a tick decides for them."""
