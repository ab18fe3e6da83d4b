"""What waits: the rounds of an assessment as Prefect flows; all facts stay on the log."""
