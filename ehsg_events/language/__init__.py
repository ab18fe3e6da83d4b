"""The language that a person is spoken to in: our own sentences by catalogue, days in words."""
