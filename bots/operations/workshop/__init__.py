"""A live vote, by the facilitator."""
