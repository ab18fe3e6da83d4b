"""What should come first, asked in Slack: named by buttons or words, in one message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, empty

from ehsg_events.commands import assessments, rounds
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms

ITEMS = ("5.1", "5.2", "6.1", "6.2")
ADA = Member("police-1", "Ada Quill", "Police", "constable", ITEMS, "T0LOOPBACK/U0POLICE")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody has answered four questions and is asked what should come first."""
    with empty(tmp_path) as place:
        name, guide = place.assessment, "ehsg-2022@1"
        opened = place.stamp("open")
        assessments.open_assessment(place.log, opened, name, "Sefton", guide, [ADA], Terms())
        rounds.open_round(place.log, place.stamp("round"), name, None)
        place.begin()
        for _ in ITEMS:
            for said in ("3", "next", "next"):
                place.outbox.deliver()
                place.person().type(said)
        yield place


def test_what_is_named_stands_in_the_message_that_asks(place: Place) -> None:
    """Asking again after each name would be noise."""
    asked = place.newest()
    assert "What should the partnership work on first?" in asked.text
    me = place.person()
    me.click(asked, "first:6.1")
    assert "So far: 6.1." in place.newest().text
    me.type("5.2 6.1")
    newest = place.newest()
    assert newest.ts == asked.ts
    assert newest.text.endswith("So far: 5.2, 6.1.")


def test_once_they_are_named_the_message_says_so_and_offers_to_change(place: Place) -> None:
    """Like every other question."""
    asked = place.newest()
    place.person().type("5.2 6.1")
    place.person().type("next")
    place.newest()
    message = next(one for one in place.person().inbox if one.ts == asked.ts)
    assert message.text == "Sefton · To work on first: 5.2, 6.1."
    assert [button["text"]["text"] for button in message.buttons] == ["Change"]
    place.person().click(message, "Change")
    assert "What should the partnership work on first?" in place.newest().text
