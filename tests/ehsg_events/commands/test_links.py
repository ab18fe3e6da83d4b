"""Personal links: who gets one, what the log knows of it, and when it opens nothing any more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.area import CLOSES, OPENS, Area
from support.ehsg import PANEL, ehsg, opened

from ehsg_events.commands import links, outcomes
from ehsg_events.commands.links import Holder, Links
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction

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


def test_a_new_link_replaces_the_earlier_one(asked: Area, find: Find) -> None:
    """In one decision; nobody else's is touched."""
    others, first = issued(asked, "health-1"), issued(asked)
    assert find(first) is not None
    second = issued(asked)
    assert find(first) is None
    assert find(second) is not None
    assert find(others) is not None
    assert asked.kinds()[-2:] == ["LinkRevoked", "LinkIssued"]


def test_a_revoked_link_is_as_good_as_one_that_never_was(asked: Area, find: Find) -> None:
    """Taking it back twice is refused."""
    token = issued(asked)
    links.revoke(asked.log, asked.stamp(), asked.id, "police-1")
    assert find(token) is find("never-issued") is None
    with pytest.raises(Refused, match="has no link in round 1"):
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


def test_nobody_gets_a_link_to_a_round_that_is_over(asked: Area) -> None:
    """It would open no question."""
    with pytest.raises(Refused, match="Round 1 is over"):
        issued(asked, at=CLOSES)


def test_nobody_gets_a_link_who_is_not_asked(asked: Area) -> None:
    """With the sentence that helps."""
    with pytest.raises(Refused, match="Nobody on the panel is called"):
        issued(asked, "nobody-1")


def test_a_link_is_never_shown_twice(asked: Area) -> None:
    """Not to the same request, either."""
    stamp = asked.stamp(key="once")
    links.issue(asked.log, stamp, asked.id, "police-1")
    with pytest.raises(Refused, match="none is shown twice"):
        links.issue(asked.log, stamp, asked.id, "police-1")


def test_a_feedback_round_has_links_of_its_own(asked: Area, find: Find) -> None:
    """The first round's still shows the first round's receipt."""
    first = issued(asked)
    asked.everyone("5.1", "0", "5", "0", "5")
    asked.over_to_feedback()
    later = asked.facts[-1].stamp.at
    second = issued(asked, at=later)
    assert find(first, later) == Holder(asked.id, 1, "police-1", over=True)
    assert find(second, later) == Holder(asked.id, 2, "police-1")


def test_only_those_who_are_still_asked_are_written_to(asked: Area) -> None:
    """Not who has withdrawn or finished; not who is reached by Slack."""
    asked.withdraw("school-1")
    tx = Transaction(asked.log, asked.stamp())
    assert links.still_asked(tx, asked.id) == ["police-1", "health-1", "school-2"]


def test_links_found_after_a_restart_are_the_same(asked: Area) -> None:
    """Nothing is remembered outside the log."""
    token = issued(asked)
    again = Log(asked.log.folder)
    assert Links(again).whose(token, OPENS) == Holder(asked.id, 1, "police-1")
    again.close()


# -- on the command line -----------------------------------------------------------------------
def test_a_link_is_made_replaced_and_taken_back_by_command(tmp_path: Path) -> None:
    """With the address people reach the interview by."""
    opened(tmp_path / "data")
    first = ehsg(tmp_path / "data", "link", "police-1")
    assert first.out.startswith("http://127.0.0.1:8751/i/")
    document = ehsg(tmp_path / "data", "link", "police-1", "--json").document
    assert document["name"] == "Ann Ashton"
    assert document["link"] != first.out.strip()
    assert ehsg(tmp_path / "data", "link", "--revoke", "police-1").code == 0
    assert ehsg(tmp_path / "data", "link", "--revoke", "police-1").code == 2


def test_everybodys_links_are_a_table_that_no_spreadsheet_takes_for_formulas(
    tmp_path: Path,
) -> None:
    """For a mail merge; only its owner may read the file."""
    data, out = tmp_path / "data", tmp_path / "links.csv"
    opened(data, panel=PANEL.replace("Bob Burrell", "=cmd|' /C calc'!A0"))
    assert ehsg(data, "link", "--all", "--out", str(out)).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert list(rows[0]) == ["stakeholder", "name", "agency", "link"]
    assert len(rows) == 4
    assert rows[1]["name"] == "'=cmd|' /C calc'!A0"
    assert out.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "words", [[], ["police-1", "--all"], ["--all", "--revoke"], ["police-1", "--out", "x"]]
)
def test_an_unclear_order_is_refused(tmp_path: Path, words: list[str]) -> None:
    """Before anything is recorded."""
    ran = ehsg(tmp_path / "data", "link", *words)
    assert ran.code == 2
    assert "ehsg link" in ran.err
