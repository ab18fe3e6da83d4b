"""What is said around a form: what would come of it, and what its answers mean."""
