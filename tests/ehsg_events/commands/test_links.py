"""Personal links: who gets one, what the log knows of it, and when it opens nothing any more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.area import CLOSES, OPENS, Area
from support.ehsg import PANEL, ehsg, opened

from bots.operations.operation import Doing
from bots.operations.panel.link_issue import Linked
from bots.operations.registry import OPERATIONS
from ehsg_events.commands import links, outcomes, panel, telling
from ehsg_events.commands.links import Holder, Links
from ehsg_events.events import LinkIssued
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import round_stream

AFTER = timedelta(minutes=1)


@pytest.fixture
def find(asked: Area) -> Callable[[str], Holder | None]:
    """Whose a link is, at the opening or at another time."""
    found = Links(asked.log)

    def whose(token: str, at: datetime = OPENS) -> Holder | None:
        return found.whose(token, at)

    return whose


def issued(area: Area, person: str = "police-1", at: datetime = OPENS) -> str:
    """A new link."""
    return links.issue(area.log, area.stamp(at), area.id, person)


Find = Callable[..., Holder | None]


def test_a_link_opens_the_interview_of_whom_it_was_issued_to(asked: Area, find: Find) -> None:
    """Each person's their own."""
    mine, theirs = issued(asked), issued(asked, "health-1")
    assert find(mine) == Holder(asked.id, 1, "police-1")
    assert find(theirs) == Holder(asked.id, 1, "health-1")


def test_the_log_holds_only_a_links_digest(asked: Area) -> None:
    """Whoever reads the log can open nothing with it."""
    token = issued(asked)
    assert len(token) >= 43
    file = (asked.log.folder / "log.sqlite").read_bytes()
    wal = asked.log.folder / "log.sqlite-wal"
    assert token.encode() not in file + (wal.read_bytes() if wal.exists() else b"")
    assert links.digest(token) in str(asked.facts)


def test_a_link_is_said_again_until_it_is_replaced(asked: Area, find: Find) -> None:
    """Replacing it is one decision; nobody else's is touched."""
    others, first = issued(asked, "health-1"), issued(asked)
    assert issued(asked) == first
    assert asked.kinds().count("PersonalLinkIssued") == 2
    second = links.replace(asked.log, asked.stamp(), asked.id, "police-1")
    assert find(first) is None
    assert find(second) is not None
    assert find(others) is not None
    assert asked.kinds()[-2:] == ["PersonalLinkRevoked", "PersonalLinkIssued"]
    assert issued(asked) == second


def test_links_of_a_single_round_work_until_their_end(asked: Area, find: Find) -> None:
    """As old logs hold them; a new link leaves them alone, replacing it takes them back."""
    old = LinkIssued(issued_to="police-1", link=links.digest("old"))
    asked.log.record(asked.stamp(), lambda tx: tx.decide(round_stream(asked.id, 1), old))
    issued(asked)
    assert find("old") == Holder(asked.id, 1, "police-1")
    links.replace(asked.log, asked.stamp(), asked.id, "police-1")
    assert find("old") is None


def test_a_revoked_link_is_as_good_as_one_that_never_was(asked: Area, find: Find) -> None:
    """Taking it back twice is refused."""
    token = issued(asked)
    links.revoke(asked.log, asked.stamp(), asked.id, "police-1")
    assert find(token) is find("never-issued") is None
    with pytest.raises(Refused, match="has no link, so"):
        links.revoke(asked.log, asked.stamp(), asked.id, "police-1")


@pytest.mark.parametrize("token", ["", "a" * 10_000, "\0", "é", "\ud800", "../x"])
def test_nonsense_opens_nothing(find: Find, token: str) -> None:
    """Whatever its letters are."""
    assert find(token) is None


def test_once_the_round_is_over_a_link_shows_the_receipt_while_nobody_has_signed(
    asked: Area, find: Find
) -> None:
    """By the deadline, whether or not the close is recorded already; after ninety days nothing."""
    token = issued(asked)
    assert not find(token, CLOSES - AFTER).over  # type: ignore[union-attr]
    assert find(token, CLOSES).over  # type: ignore[union-attr]
    asked.advance(CLOSES + timedelta(hours=5))
    assert find(token, CLOSES + links.UNSIGNED - AFTER).over  # type: ignore[union-attr]
    assert find(token, CLOSES + links.UNSIGNED) is None


def test_once_it_is_signed_off_a_link_shows_what_became_of_it_for_thirty_days(
    asked: Area, find: Find
) -> None:
    """From the signature on; a signature that was withdrawn does not count."""
    token = issued(asked)
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    signed = CLOSES + timedelta(days=20)
    outcomes.sign_off(asked.log, asked.stamp(signed), asked.id, "Director", "Jo")
    assert find(token, signed + links.RECEIPT - AFTER).over  # type: ignore[union-attr]
    assert find(token, signed + links.RECEIPT) is None
    outcomes.withdraw_sign_off(asked.log, asked.stamp(signed + AFTER), asked.id, "too soon")
    assert find(token, signed + links.RECEIPT) is not None


def test_nobody_gets_a_link_who_is_not_asked(asked: Area) -> None:
    """With the sentence that helps."""
    with pytest.raises(Refused, match="Nobody on the panel is called"):
        issued(asked, "nobody-1")
    asked.withdraw("police-1")
    with pytest.raises(Refused, match="has withdrawn"):
        issued(asked)
    panel.release(asked.log, asked.stamp(), asked.id, "health-1", "moved away")
    with pytest.raises(Refused, match="was released"):
        issued(asked, "health-1")


def test_nobody_gets_a_link_before_there_is_a_round(area: Area) -> None:
    """It would open no question."""
    with pytest.raises(Refused, match="No round was opened yet"):
        issued(area)


def test_a_request_heard_twice_says_the_same_link(asked: Area) -> None:
    """Whatever the second attempt made up."""
    stamp = asked.stamp(key="once")
    first, again = (links.issue(asked.log, stamp, asked.id, "police-1") for _ in range(2))
    assert first == again
    stamp = asked.stamp(key="twice")
    first, again = (links.replace(asked.log, stamp, asked.id, "police-1") for _ in range(2))
    assert first == again


def test_one_link_opens_whatever_round_asks_its_person_now(asked: Area, find: Find) -> None:
    """The first round, its receipt, then the feedback round."""
    token = issued(asked)
    asked.everyone("5.1", "0", "5", "0", "5")
    asked.advance(CLOSES)
    assert find(token, CLOSES) == Holder(asked.id, 1, "police-1", over=True)
    assert links.opens_now(asked.log, asked.id, "police-1", CLOSES) is None
    asked.over_to_feedback()
    later = asked.facts[-1].stamp.at
    assert find(token, later) == Holder(asked.id, 2, "police-1")
    assert links.opens_now(asked.log, asked.id, "police-1", later) == 2
    assert issued(asked, at=later) == token


def test_only_those_who_are_still_asked_are_written_to(asked: Area) -> None:
    """Not who has withdrawn or finished; not who is reached by Slack."""
    asked.withdraw("school-1")
    tx = Transaction(asked.log, asked.stamp())
    assert telling.still_asked(tx, asked.id) == ["police-1", "health-1", "school-2"]


def test_links_found_after_a_restart_are_the_same(asked: Area) -> None:
    """Nothing is remembered outside the log."""
    token = issued(asked)
    again = Log(asked.log.folder)
    assert Links(again).whose(token, OPENS) == Holder(asked.id, 1, "police-1")
    again.close()


# -- on the command line -----------------------------------------------------------------------
def test_a_link_is_said_replaced_and_taken_back_by_command(tmp_path: Path) -> None:
    """By id or by name; replacing it is asked about, for they may hold the earlier one."""
    data = tmp_path / "data"
    opened(data)
    first = ehsg(data, "link", "police-1")
    assert first.out.startswith("http://127.0.0.1:8751/i/")
    assert "opens on this machine alone" in first.err
    document = ehsg(data, "link", "ann ashton", "--json").document
    assert (document["name"], document["link"]) == ("Ann Ashton", first.out.strip())
    asks = ehsg(data, "link", "police-1", "--new")
    assert asks.code == 2
    assert "Ann Ashton (police-1) has a link" in asks.err
    assert "`ehsg link police-1 --new --yes`" in asks.err
    assert ehsg(data, "link", "police-1", "--new", "--yes").out != first.out
    assert ehsg(data, "link", "--revoke", "police-1").code == 0
    assert ehsg(data, "link", "--revoke", "police-1").code == 2


def test_who_was_nearly_named_is_asked_about(tmp_path: Path) -> None:
    """With the name and the id that were probably meant."""
    opened(tmp_path / "data")
    ran = ehsg(tmp_path / "data", "link", "Ann Ashtno")
    assert ran.code == 2
    assert "Did you mean Ann Ashton (police-1)?" in ran.err


@pytest.mark.parametrize("out", ["nowhere/links.csv", "."])
def test_a_file_that_cannot_be_written_costs_no_link(tmp_path: Path, out: str) -> None:
    """It is opened before anything is decided."""
    data = tmp_path / "data"
    opened(data)
    before = ehsg(data, "link", "police-1").out
    assert ehsg(data, "link", "--all", "--out", str(tmp_path / out)).code == 2
    assert ehsg(data, "link", "police-1").out == before
    assert [one for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("http://127.0.0.1:8751", True),
        ("http://localhost:8751", True),
        ("https://early-help.example.gov.uk", True),
        ("http://early-help.example.gov.uk", False),
    ],
)
def test_no_link_goes_over_a_line_that_others_can_read(
    asked: Area, monkeypatch: pytest.MonkeyPatch, url: str, *, is_safe: bool
) -> None:
    """Whoever listens could answer in that person's name."""
    monkeypatch.setenv("EHSG_WEB_URL", url)
    doing = Doing(asked.log.folder, lambda: asked.log, asked.stamp(), asked.id)
    refused = pytest.raises(Refused, match="https://")
    said: AbstractContextManager[object] = nullcontext() if is_safe else refused
    with said:
        OPERATIONS["link"].do(doing, Linked(stakeholder="police-1"))
    assert ("PersonalLinkIssued" in asked.kinds()) is is_safe


def test_everybodys_links_are_a_table_that_no_spreadsheet_takes_for_formulas(
    tmp_path: Path,
) -> None:
    """For a mail merge; only its owner may read the file."""
    data, out = tmp_path / "data", tmp_path / "links.csv"
    opened(data, panel=PANEL.replace("Bob Burrell", "=cmd|' /C calc'!A0"))
    assert ehsg(data, "link", "--all", "--out", str(out)).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert list(rows[0]) == ["stakeholder", "name", "agency", "link"]
    assert len(rows) == 4
    assert rows[1]["name"] == "'=cmd|' /C calc'!A0"
    assert out.stat().st_mode & 0o077 == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel reads the names


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["police-1", "--all"],
        ["--all", "--revoke"],
        ["--all", "--new"],
        ["police-1", "--out", "x"],
    ],
)
def test_an_unclear_order_is_refused(tmp_path: Path, words: list[str]) -> None:
    """Before anything is recorded."""
    ran = ehsg(tmp_path / "data", "link", *words)
    assert ran.code == 2
    assert "ehsg link" in ran.err
