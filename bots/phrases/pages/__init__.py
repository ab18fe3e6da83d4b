"""What the pages say on which a coordinator does things: how matters stand, and around each form."""
