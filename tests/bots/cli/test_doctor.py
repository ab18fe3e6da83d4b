"""Each line is right, wrong with the way out, or not set up; and each can be each."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.ehsg import ehsg, opened
from support.mail.notify_server import KEY, TEMPLATE, notify_server
from support.places import ROOT

from bots.cli.doctor import folder as folders
from bots.cli.doctor import joined, machine
from bots.cli.doctor.line import Line
from bots.mail.notify import settings as notify
from bots.service.backed_up import LATEST
from bots.slack.loopback.workspace import Workspace
from ehsg_events.kernel import Refused
from projections.verification.verification import kept_in

NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which a round is open."""
    opened(tmp_path / "data")
    return tmp_path / "data"


def lines(data: Path, **more: str) -> dict[str, dict[str, str]]:
    """What `ehsg doctor` says, by what it is about."""
    ran = ehsg(data, "doctor", "--json", **more)
    said: list[dict[str, str]] = ran.document
    assert ran.code == int(any(line["state"] == "wrong" for line in said))
    return {line["about"]: line for line in said}


def test_a_new_area_is_told_what_is_not_set_up(data: Path) -> None:
    """Nothing is wrong with it, whatever the machine."""
    said = lines(data)
    assert {about for about, line in said.items() if line["state"] == "not set up"} == {
        "backup",
        "address",
        "Slack",
        "mail",
        "Prefect",
        "key-encryption key",
        "ledger",
        "witnesses",
    }
    assert {about for about, line in said.items() if line["state"] == "right"} >= {
        "clock",
        "time zones",
        "bank holidays",
        "version",
        "permissions",
    }


def test_the_ledger_is_looked_at(data: Path, tmp_path: Path) -> None:
    """Whether it is there, and the log goes on from it: an older log does not."""
    older = tmp_path / "older"
    shutil.copytree(data, older)
    ehsg(data, "ledger")
    assert lines(data)["ledger"]["state"] == "right"
    shutil.copytree(data / "ledger", older / "ledger")
    assert lines(older)["ledger"]["state"] == "not set up"
    shutil.rmtree(older)
    shutil.copytree(data, older)
    ehsg(data, "reader", "name", "--name", "Jo", "--as", "board")
    ehsg(data, "ledger")
    shutil.rmtree(older / "ledger")
    assert "is missing" in lines(older)["ledger"]["says"]
    shutil.copytree(data / "ledger", older / "ledger")
    put_back = lines(older)["ledger"]
    assert (put_back["state"], "an older log" in put_back["says"]) == ("wrong", True)
    (older / "ledger" / "ledger.sqlite").write_bytes(b"no database" * 99)
    assert "cannot be read" in lines(older)["ledger"]["says"]


def test_a_line_a_thing_for_those_who_read(data: Path) -> None:
    """Its state first."""
    ran = ehsg(data, "doctor")
    assert all(
        line.startswith(("right ", "wrong ", "not set up ")) for line in ran.out.splitlines()
    )
    assert ran.code == 0


def test_files_that_others_may_read_are_named_with_the_command(data: Path) -> None:
    """Which takes that away."""
    (data / "keys" / "keys.sqlite").chmod(0o644)
    (data / "log.sqlite").chmod(0o640)
    line = folders.permissions(kept_in(data))
    assert (line.state, "chmod go-rwx" in line.says) == ("wrong", True)
    assert str(data / "keys" / "keys.sqlite") in line.says
    assert str(data / "log.sqlite") in line.says


def test_a_backup_is_right_once_it_is_recent_and_whole(data: Path, tmp_path: Path) -> None:
    """None yet, then one, then one that is too old."""
    place = {"EHSG_BACKUP_FOLDER": str(tmp_path / "b"), "EHSG_BACKUP_KEYS": str(tmp_path / "k")}
    assert lines(data, **place)["backup"]["state"] == "wrong"
    assert ehsg(data, "backup", **place).code == 0
    assert lines(data, **place)["backup"]["state"] == "right"
    later = datetime.now(UTC) + LATEST + timedelta(hours=1)
    old, _ = folders.backup(place, kept_in(data), later)
    assert (old.state, "ehsg backup" in old.says) == ("wrong", True)
    refused, *_ = folders.backup({**place, "EHSG_BACKUP_KEEP": "x"}, kept_in(data), later)
    assert refused.state == "wrong"


def test_a_backup_on_the_same_disk_is_no_backup(data: Path, tmp_path: Path) -> None:
    """It is gone with the disk."""
    place = {"EHSG_BACKUP_FOLDER": str(tmp_path / "b")}
    assert ehsg(data, "backup", **place).code == 0
    line = lines(data, **place)["backup's place"]
    assert (line["state"], "another disk" in line["says"]) == ("wrong", True)


STATES: dict[str, tuple[Line, str, str]] = {
    "a clock behind the log": (machine.clock(NOW, NOW + timedelta(hours=1)), "wrong", "set-ntp"),
    "a clock after it": (machine.clock(NOW, NOW - timedelta(hours=1)), "right", "after"),
    "an empty log": (machine.clock(NOW, None), "right", "It says"),
    "a zone that is unknown": (machine.time_zones("Europe/Nowhere"), "wrong", "tzdata"),
    "the zone": (machine.time_zones(), "right", "Europe/London"),
    "holidays that run out": (machine.bank_holidays(NOW, NOW), "wrong", "newer version"),
    "holidays": (machine.bank_holidays(NOW), "right", "2028"),
    "a full disk": (machine.disk(Path("/"), 10**15), "wrong", "ehsg move"),
    "a log that is newer": (folders.version(Refused("It is newer."), 0), "wrong", "newer"),
    "an address without https": (
        joined.address({"EHSG_WEB_URL": "http://early-help.example.gov.uk"}),
        "wrong",
        "https://",
    ),
    "an address": (
        joined.address({"EHSG_WEB_URL": "https://early-help.example.gov.uk"}),
        "right",
        "early-help",
    ),
    "no address": (joined.address({}), "not set up", "only this machine"),
    "Slack half set up": (joined.slack({"SLACK_SIGNING_SECRET": "x"}), "wrong", "SLACK_BOT_TOKEN"),
}


@pytest.mark.parametrize("what", STATES)
def test_each_thing_is_told_apart(what: str) -> None:
    """With the way out where it is wrong."""
    line, state, says = STATES[what]
    assert (line.state, says in line.says) == (state, True), line


def test_a_calendar_without_its_login_is_told(tmp_path: Path) -> None:
    """An empty one ends the rounds for ever."""
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "login").write_text("")
    assert joined.prefect(tmp_path).state == "wrong"
    (tmp_path / "prefect" / "login").write_text("ehsg:secret")
    line = joined.prefect(tmp_path)
    assert (line.state, "secret" in line.says) == ("right", False)


# -- Slack ---------------------------------------------------------------------------------------
def test_the_scopes_that_are_looked_for_are_those_of_the_manifest() -> None:
    """Whoever adds one there adds it here."""
    manifest: Any = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == joined.SCOPES


def test_a_token_that_lacks_a_scope_is_told() -> None:
    """Slack says in a header which it grants."""
    every = ",".join(joined.SCOPES)
    assert joined._granted({"X-OAuth-Scopes": every}, "Testham").state == "right"
    line = joined._granted({"x-oauth-scopes": "chat:write, commands"}, "Testham")
    assert (line.state, "im:write" in line.says) == ("wrong", True)


def test_a_token_that_slack_refuses_is_told() -> None:
    """And one at a Slack that cannot be reached, in another sentence; never the token itself."""
    given = {"SLACK_SIGNING_SECRET": "x", "SLACK_BOT_TOKEN": "xoxb-wrong"}
    with Workspace() as workspace:
        line = joined.slack({**given, "SLACK_API_URL": workspace.url})
        assert (line.state, "invalid_auth" in line.says, "xoxb" in line.says) == (
            "wrong",
            True,
            False,
        )
    line = joined.slack({**given, "SLACK_API_URL": "http://127.0.0.1:9/"})
    assert (line.state, "cannot be reached" in line.says) == ("wrong", True)


# -- Notify --------------------------------------------------------------------------------------
def test_a_key_that_notify_refuses_is_told() -> None:
    """And a right one, with a template that has the places; never the key itself."""
    with notify_server() as server:
        given = {notify.KEY: KEY, notify.TEMPLATE: TEMPLATE, notify.URL: server.url}
        assert joined.mail(given, NOW).state == "right"
        line = joined.mail({**given, notify.KEY: f"{KEY[:-12]}000000000000"}, NOW)
    assert (line.state, "Notify" in line.says, KEY[-12:] in line.says) == ("wrong", True, False)
