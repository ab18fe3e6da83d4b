"""Before a request of Slack is read: whether Slack signed it, and whether it is meant for us."""
