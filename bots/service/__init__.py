"""How the service stands, from what is set and what is kept: its address, its letters, its backups, its witnesses."""
