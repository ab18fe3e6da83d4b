"""What came of it, to read and to hand on."""
