"""How the collecting goes: who has answered, who is missing, who was reminded, what waits."""
