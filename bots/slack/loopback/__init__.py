"""A pretend Slack workspace on 127.0.0.1, with people in it."""
