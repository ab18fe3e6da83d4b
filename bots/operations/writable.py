"""Which surfaces are set up to write to people, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping

from ehsg_events.kernel import Surface
from ehsg_events.values.address import WRITABLE

# What has to be set, by surface, before anybody can be written to there.
SENDERS: dict[Surface, tuple[str, ...]] = {
    "slack": ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE"),
    "mail": ("EHSG_MAIL_URL", "EHSG_NOTIFY_KEY", "EHSG_NOTIFY_KEY_FILE"),
}


def writable(environment: Mapping[str, str]) -> frozenset[Surface]:
    """The surfaces that are set up: without a token nobody is written to in Slack."""
    return frozenset(
        surface for surface in WRITABLE if any(environment.get(name) for name in SENDERS[surface])
    )
