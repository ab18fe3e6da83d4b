"""Slack delivers late: what a person did is on its way, and arrives when the test lets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from bots.slack.loopback.person import Person, Request
from ehsg_events.states.interview import Answer
from ehsg_events.states.streams import interview_stream
from support.slack.edge import Place, slack

ME = "U0POLICE"
Held = tuple[list[tuple[UUID, str, str | None]], Mapping[tuple[UUID, str], Answer]]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody whom 5.1 asks for a score."""
    with slack(tmp_path) as place:
        place.begin()
        yield place


def on_its_way(place: Place) -> Person:
    """The same person; what they do now is taken by Slack and delivered to nobody yet."""
    return Person(place.workspace, ME, lambda *_: 200)


def arrive(place: Place, request: Request, retry: int = 1) -> None:
    """Slack delivers it now; then everything that is owed is said."""
    assert place.person().again(request, retry).status == 200
    place.outbox.deliver()


def press(place: Place, token: str) -> None:
    """Press the newest button of a kind, and wait for the answer."""
    me = place.person()
    offering = [m for m in me.inbox if any(b["value"].endswith(f"/{token}") for b in m.buttons)]
    assert me.click(offering[-1], token).status == 200
    place.outbox.deliver()


def said_so_far(place: Place, assessments: list[UUID]) -> Held:
    """Every note and every answer of the person, in each of their assessments."""
    states = {
        assessment: place.log.read(interview_stream(assessment, 1, "police-1"))
        for assessment in assessments
    }
    notes = [
        (name, f"{note.item}/{note.field}", place.log.text(note.words))
        for name, state in states.items()
        for note in state.notes.values()
    ]
    answers = {(name, i): a for name, state in states.items() for i, a in state.answers.items()}
    return notes, answers


@dataclass
class TwoPanels:
    """A person who is asked in one area, or in two: Sefton first, then Northvale."""

    place: Place
    two: bool
    assessments: list[UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.assessments.append(self.place.assessment)

    def open_northvale(self) -> None:
        """The same person is asked in a second area, and starts there."""
        self.place.clock.on(seconds=20)
        self.place.open_another("Northvale")
        self.assessments.append(self.place.assessment)
        self.place.outbox.deliver()
        press(self.place, "start")
        self.place.assessment = self.assessments[0]

    def answers_as_before(self, act: Callable[[], None]) -> None:
        """Whatever is done, no answer and no note comes of it, and the person is answered."""
        before, messages = said_so_far(self.place, self.assessments), len(self.place.texts())
        act()
        assert said_so_far(self.place, self.assessments) == before
        assert len(self.place.texts()) > messages
        assert all("Sefton" in text.partition("\n")[0] for text in self.place.texts()[messages:])
