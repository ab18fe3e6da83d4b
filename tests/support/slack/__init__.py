"""The edge to Slack: a loopback workspace, people in it, storms and deaths."""
