"""The program that checks a pack."""
