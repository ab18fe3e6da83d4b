"""Whoever is typed for, or whose link a coordinator is given, reads it on their page and in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.log.ladder import ladder
from support.slack.edge import Place
from support.visitor import Visitor
from support.web.web import web

from bots.interview import record
from bots.interview.said import Said
from bots.on_behalf.dictation import Dictation
from ehsg_events.commands import links
from ehsg_events.kernel import Stamp

POLICE = "U0POLICE"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round, of which everybody was told."""
    with ladder(tmp_path) as place:
        place.outbox.deliver()
        yield place


def on_behalf(place: Place, cause: str) -> Stamp:
    """A coordinator's stamp for police-1."""
    return place.stamp(cause).acting_for("police-1")


def answered(place: Place, cause: str, value: str) -> None:
    """A coordinator answers 5.1 for police-1 by command."""
    stamp = on_behalf(place, cause)
    record.answer(place.log, stamp, place.assessment, "police-1", "5.1", value, None)


def test_who_is_answered_for_is_told_each_time_where_they_are_reached(place: Place) -> None:
    """What was answered, by whom and when, and how to put it right; not with which score."""
    for cause, value in (("one", "3"), ("two", "4")):
        answered(place, cause, value)
        place.outbox.deliver()
        assert "answered 5.1 for you, by command" in place.texts(POLICE)[-1]
        assert "If that is not what you said" in place.texts(POLICE)[-1]


def test_of_a_dictation_they_are_told_when_it_begins_and_when_it_ends(place: Place) -> None:
    """Not at each answer: they are on the telephone."""
    before = len(place.texts(POLICE))

    def stamp() -> Stamp:
        stamp.count += 1  # type: ignore[attr-defined]
        return replace_surface(place.stamp(f"dictated {stamp.count}"))  # type: ignore[attr-defined]

    stamp.count = 0  # type: ignore[attr-defined]
    dictation = Dictation(place.log, stamp, place.assessment, "police-1")
    dictation.begin()
    for line in ("start", "3", "next", "next", "dont know", "next", "next"):
        dictation.hear(Said("words", line))
        place.outbox.deliver()
    told = [text for text in place.texts(POLICE)[before:] if "for you" in text]
    assert len(told) == 2
    assert "5.1, 5.2" in told[-1]


def replace_surface(stamp: Stamp) -> Stamp:
    """The stamp of somebody at a keyboard."""
    return stamp.model_copy(update={"surface": "terminal"})


def test_their_page_says_it_until_they_do_something_themselves(place: Place) -> None:
    """Also that a coordinator was given their link, which is the whole key."""
    answered(place, "one", "3")
    token = links.issue(place.log, place.stamp("link"), place.assessment, "police-1")
    with web(place.log, place.clock) as address, closing(Visitor(address, token)) as visitor:
        assert "answered 5.1 for you, by command" in visitor.page.text
        assert "was given your personal link" in visitor.page.text


def test_a_coordinator_who_is_told_a_link_again_is_told_of_each_time(place: Place) -> None:
    """There is a fact each time, and a message for whoever Slack reaches."""
    for cause in ("one", "two"):
        links.issue(place.log, place.stamp(cause), place.assessment, "police-1")
        place.outbox.deliver()
    told = [text for text in place.texts(POLICE) if "was given your personal link" in text]
    assert len(told) == 2
