"""A live vote in one room, and the answers of peers from a second area."""
