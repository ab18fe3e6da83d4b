"""The pages for those who sign in: coordinators, auditors, members of the board."""
