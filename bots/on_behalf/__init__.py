"""What a coordinator types for somebody: said of them, told to them, and without their earlier words."""
