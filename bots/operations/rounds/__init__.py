"""A round's life by the coordinator's hand."""
