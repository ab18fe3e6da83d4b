"""While a round is open."""
