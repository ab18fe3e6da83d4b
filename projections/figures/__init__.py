"""How a panel stands, in figures and in one plain sentence."""
