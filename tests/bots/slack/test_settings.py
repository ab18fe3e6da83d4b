"""How the product is joined to a workspace: settings by name, secrets never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bots.slack.settings import read_settings
from ehsg_events.kernel import Refused


def test_a_secret_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    """A file is not seen in the list of running programs."""
    (tmp_path / "token").write_text("xoxb-1\n")
    named = {"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token"), "SLACK_SIGNING_SECRET": "s3cret"}
    settings = read_settings(named)
    assert settings.bot_token == "xoxb-1"
    assert "xoxb" not in repr(settings)
    assert "s3cret" not in repr(settings)


WHOLE: dict[str, Any] = {"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "y"}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "x"}, "SLACK_SIGNING_SECRET"),
        ({**WHOLE, "EHSG_SLACK_MODE": "socket"}, "SLACK_APP_TOKEN"),
        ({**WHOLE, "EHSG_SLACK_MODE": "pigeon"}, "EHSG_SLACK_MODE"),
        ({**WHOLE, "EHSG_PORT": "http"}, "EHSG_PORT"),
        ({"SLACK_BOT_TOKEN_FILE": "/nowhere/token"}, "SLACK_BOT_TOKEN_FILE"),
        ({**WHOLE, "SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET"),
        ({**WHOLE, "SLACK_BOT_TOKEN": "\t\n"}, "SLACK_BOT_TOKEN"),
        ({**WHOLE, "EHSG_SLACK_MODE": "socket", "SLACK_APP_TOKEN": "\u00a0"}, "SLACK_APP_TOKEN"),
        ({**WHOLE, "SLACK_APP_ID": "early help"}, "SLACK_APP_ID"),
    ],
)
def test_a_missing_setting_is_named(environment: dict[str, str], named: str) -> None:
    """With what to do about it."""
    with pytest.raises(Refused, match=named):
        read_settings(environment)


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({}, ""),
        ({"SLACK_APP_ID": "A0123ABCD"}, "A0123ABCD"),
        ({"SLACK_APP_TOKEN": "xapp-1-A0123ABCD-55-aa"}, "A0123ABCD"),
        ({"SLACK_APP_TOKEN": "xapp-loopback"}, ""),
    ],
)
def test_which_app_is_ours_is_set_or_stands_in_its_token(
    environment: dict[str, str], known: str
) -> None:
    """A set-up that says neither goes on as before."""
    assert read_settings({**WHOLE, **environment}).app_id == known
