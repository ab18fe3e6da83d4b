"""Who is reminded, who is spared and why, and whose silence goes up the ladder."""
