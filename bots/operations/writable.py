"""Which surfaces are set up to write to people, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping

from ehsg_events.kernel import Surface
from ehsg_events.values.address import WRITABLE

TOKENS = ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE")


def writable(environment: Mapping[str, str]) -> frozenset[Surface]:
    """The surfaces that are set up: without a token nobody is written to in Slack."""
    has_slack = any(environment.get(name) for name in TOKENS)
    return WRITABLE if has_slack else WRITABLE - {"slack"}
