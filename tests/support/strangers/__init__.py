"""Verifiers that nobody here wrote, and what an attacker would put before them."""
