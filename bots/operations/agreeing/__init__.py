"""After the rounds: outcomes, objections, choices, actions, the signature."""
