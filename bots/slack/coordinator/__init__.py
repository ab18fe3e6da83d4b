"""A coordinator in Slack: buttons, windows, `/ehsg`, and their part of the Home tab."""
