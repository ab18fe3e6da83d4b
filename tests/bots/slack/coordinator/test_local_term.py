"""What a word of the guide means in the area is said in Slack, too: nobody needs a terminal for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, empty
from support.slack.windows import name_coordinator, told

from bots.slack.loopback.person import Person
from ehsg_events.events import TermExplained

SAID = "term lead practitioner means: Family support worker"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An assessment under a guide with a local term; no round is open yet."""
    with empty(tmp_path) as place:
        place.prepare(place.assessment, guide="ehsg-2022@2")
        yield place


@pytest.fixture
def ed(place: Place) -> Person:
    """The coordinator."""
    return name_coordinator(place)


def meanings(place: Place) -> list[tuple[str, str | None, str]]:
    """Each meaning on the log, and who said it where."""
    found = [(one.stamp, one.fact) for one in place.facts("TermExplained")]
    return [
        (stamp.surface, place.log.text(fact.meaning), stamp.by)
        for stamp, fact in found
        if isinstance(fact, TermExplained)
    ]


def test_a_meaning_is_said_before_any_round_and_recorded_as_said_here(
    place: Place, ed: Person
) -> None:
    """The operation of the command line, by the coordinator's pseudonym."""
    assert told(ed, SAID) == "lead practitioner means here: Family support worker"
    assert meanings(place) == [("slack", "Family support worker", "coordinator-1")]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("term key worker means our own", "It has: Lead Practitioner (lead-practitioner)."),
        ("term Lead Practitioner means", "Say something"),
        (
            "term Lead Practitioner means who looks after Tommy Smith, born 3 May 2015",
            "nothing was recorded",
        ),
        ("term Lead Practitioner", "/ehsg term Lead Practitioner means family support worker"),
    ],
)
def test_what_cannot_be_taken_says_what_can(
    place: Place, ed: Person, typed: str, answer: str
) -> None:
    """A word the guide does not leave open, no meaning, a child's name; nothing is recorded."""
    assert answer in told(ed, typed)
    assert meanings(place) == []


def test_who_does_not_coordinate_says_no_meaning(place: Place) -> None:
    """As with every other decision."""
    assert "it did nothing" in told(place.person(), SAID)
    assert meanings(place) == []
