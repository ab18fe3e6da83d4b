"""What a child process is given of our environment: nothing that it has no use for."""

from __future__ import annotations

from collections.abc import Mapping

SECRETS = ("SLACK_",)  # how the names of settings begin that hold what only Slack's own part uses


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without the secrets of Slack, for a child that never speaks to it."""
    return {name: text for name, text in environment.items() if not name.startswith(SECRETS)}
