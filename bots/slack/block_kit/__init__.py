"""What is posted to Slack, as blocks, within what Slack accepts."""
