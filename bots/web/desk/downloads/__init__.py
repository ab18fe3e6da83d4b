"""Files to take away: the report, what is handed in, the audit pack, and forms to fill in."""
