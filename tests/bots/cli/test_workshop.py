"""A facilitator at the command line: what stands there can be read aloud, and tells nobody's vote."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import PANEL, Ran, ehsg


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An assessment of four people, with no round open."""
    file = tmp_path / "panel.csv"
    file.write_text(PANEL, encoding="utf-8")
    data = tmp_path / "data"
    words = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(file))
    assert ehsg(data, "assessment", "open", *words).code == 0
    return data


def voted(data: Path, *values: str) -> None:
    """Those in the room vote on 5.1."""
    for who, value in zip(("police-1", "health-1", "schools-1"), values, strict=False):
        assert ehsg(data, "answer", "5.1", value, "--as", who).code == 0


def workshop(data: Path, *words: str) -> Ran:
    """One of the facilitator's commands, which works."""
    ran = ehsg(data, "workshop", *words)
    assert ran.code == 0, ran.err
    return ran


def test_a_workshop_from_its_opening_to_its_close(data: Path) -> None:
    """Each step says where it stands; who voted what stands nowhere."""
    opened = workshop(data, "open", "--items", "5.1", "--present", "police-1, health-1").out
    assert "In the room (2): police-1, health-1." in opened
    assert "Not voted on yet: 5.1." in opened
    assert "0 of 2 have voted on 5.1." in workshop(data, "vote", "5.1").out
    assert "In the room (3)" in workshop(data, "present", "police-1", "health-1", "schools-1").out
    voted(data, "3", "4")
    assert "2 of 3 have voted on 5.1." in workshop(data, "status").out
    refused = ehsg(data, "workshop", "show")
    assert (refused.code, refused.out) == (2, "")
    voted(data, "3", "4", "3")
    assert workshop(data, "show").out.splitlines()[:3] == [
        "5.1 Family engagement: 3 people voted.",
        "  3 – Mostly in place: 2 people",
        "  4 – In place across the partnership: 1 person",
    ]
    assert (
        workshop(data, "close").out == "The workshop is closed.\nAgreed: 5.1.\nAll are settled.\n"
    )


def test_a_program_is_told_how_many_and_never_who(data: Path) -> None:
    """The same as for people, as one document."""
    workshop(data, "open", "--present", "police-1,health-1,schools-1")
    workshop(data, "vote", "5.1")
    voted(data, "3", "4")
    document = workshop(data, "status", "--json").document
    assert {name: document[name] for name in ("open_vote", "voted", "missing", "shown")} == {
        "open_vote": "5.1",
        "voted": 2,
        "missing": 1,
        "shown": [],
    }


def test_those_in_the_room_are_counted_as_invited(data: Path) -> None:
    """Though nothing was put to them yet."""
    workshop(data, "open", "--present", "police-1,health-1")
    assert ehsg(data, "round", "status", "--json").document["invited"] == 2


def test_who_has_not_begun_waits_until_something_is_put_to_the_vote(data: Path) -> None:
    """On a terminal as elsewhere: the notice, the wait, the question, the wait again."""
    workshop(data, "open", "--present", "police-1,health-1,schools-1")
    said = ehsg(data, "interview", "--as", "police-1", typed="start\n").out
    assert "Nobody sees any vote, the facilitator neither" in said
    assert "The facilitator has not put the next descriptor to the vote yet." in said
    workshop(data, "vote", "5.1")
    said = ehsg(data, "interview", "--as", "police-1", typed="3\n").out
    assert "you answered 3 – Mostly in place. You can change your vote until" in said


def test_no_peers_no_review(data: Path) -> None:
    """The refusal says what comes first."""
    refused = ehsg(data, "peers", "open")
    assert (refused.code, refused.err.split(".")[0]) == (
        2,
        "The panel's own first round comes first",
    )
