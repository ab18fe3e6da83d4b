"""The way in while nothing is set up: one form, at an address that is made anew at each start."""
