"""What a child process is given of our environment: nothing that it has no use for."""

from __future__ import annotations

from collections.abc import Mapping

# How the names of settings begin that hold what only Slack's own part uses, or that of mail.
SECRETS = ("SLACK_", "EHSG_MAIL_", "EHSG_NOTIFY_", "EHSG_BOUNCES")


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without the secrets of Slack and of mail, for a child that speaks to neither."""
    return {name: text for name, text in environment.items() if not name.startswith(SECRETS)}
