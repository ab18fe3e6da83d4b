"""What people may ask of what is kept about them: to be forgotten, to have it, to know who read it."""
