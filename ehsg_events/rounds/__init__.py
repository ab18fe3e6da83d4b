"""A round's life: opened, moved, paused, closed, and what it has promised."""
