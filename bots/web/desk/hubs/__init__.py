"""The pages from which a coordinator does things: how each matter stands, and what can be done."""
