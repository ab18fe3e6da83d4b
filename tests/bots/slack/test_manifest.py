"""The Slack app as it is asked for: the smallest rights that the code needs, and a tab to type in."""

from __future__ import annotations

import json
import re
from typing import Any

from support.places import ROOT

SCOPES = {
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_open": "im:write",
    "conversations_history": "im:history",
    "files_info": "files:read",
    "auth_test": None,
    "views_open": None,
    "views_publish": None,
}
EVENTS = {
    "message": ("message.im", "im:history"),
    "app_home_opened": ("app_home_opened", None),
    "app_uninstalled": ("app_uninstalled", None),
    "tokens_revoked": ("tokens_revoked", None),
}


def manifest() -> dict[str, Any]:
    """The Slack app as it is asked for."""
    found: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
    return found


def sources() -> str:
    """The whole code of the Slack surface."""
    return "".join(file.read_text() for file in (ROOT / "bots" / "slack").rglob("*.py"))


def test_the_manifest_asks_for_exactly_the_scopes_the_code_uses() -> None:
    """The smallest rights; a new call without its scope fails here, not in a council."""
    called = set(re.findall(r"client\.([a-z]+_\w+)", sources()))
    heard = set(re.findall(r'app\.event\("(\w+)"\)', sources()))
    assert called == set(SCOPES)
    needed = {SCOPES[name] for name in called} | {EVENTS[name][1] for name in heard}
    needed |= {"commands"} if commands() else set()
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == needed - {None}
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {EVENTS[name][0] for name in heard}


def commands() -> set[str]:
    """The commands the code listens to."""
    return set(re.findall(r'app\.command\("([^"]+)"\)', sources()))


def test_the_manifest_names_exactly_the_commands_that_are_listened_to() -> None:
    """All at the one address; ids that Slack would put into the text are not wanted."""
    asked = manifest()["features"]["slash_commands"]
    assert {one["command"] for one in asked} == commands()
    settings = manifest()["settings"]
    address = settings["interactivity"]["request_url"]
    assert settings["event_subscriptions"]["request_url"] == address
    assert {one["url"] for one in asked} == {address}
    assert not any(one["should_escape"] for one in asked)


def test_the_manifest_lets_people_type() -> None:
    """The usual template has a read-only message tab, in which nobody could answer."""
    home = manifest()["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert manifest()["settings"]["interactivity"]["is_enabled"]
