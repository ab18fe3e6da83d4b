"""The interview in Slack: payloads in, blocks out; the conversation itself is elsewhere."""
