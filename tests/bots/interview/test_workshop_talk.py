"""One vote on three surfaces: Slack, a page by personal link, a terminal; one person comes late."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.slack.edge import PANEL, Place, empty, every_message_has_one_end
from support.visitor import Visitor
from support.web.web import web

from bots import terminal
from ehsg_events.commands import assessments, links, workshop
from ehsg_events.kernel import Stamp
from ehsg_events.values.policy import Terms

ASKED = "The facilitator has not put the next descriptor to the vote yet."


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A workshop with one person in Slack and one at a terminal; afterwards every message has an end."""
    with empty(tmp_path) as place:
        stamp, area, guide = place.stamp("open"), "Sefton", "ehsg-2022@1"
        assessments.open_assessment(place.log, stamp, place.assessment, area, guide, PANEL, Terms())
        workshop.open_workshop(place.log, place.stamp("workshop"), place.assessment)
        present(place, "police-1", "school-1")
        yield place
        every_message_has_one_end(place)


def present(place: Place, *people: str) -> None:
    """Who is in the room now."""
    stamp = place.stamp(f"present {people}")
    workshop.attend(place.log, stamp, place.assessment, people)


def put(place: Place, time: int = 1) -> None:
    """The facilitator puts 5.1 to the vote."""
    workshop.put_to_the_vote(place.log, place.stamp(f"vote {time}"), place.assessment, "5.1")


def show(place: Place, time: int = 1) -> None:
    """The facilitator shows the votes on 5.1."""
    workshop.show_votes(place.log, place.stamp(f"show {time}"), place.assessment, "5.1")


def typed(place: Place, *lines: str) -> str:
    """What the person at the terminal sees in the end."""
    said: list[str] = []

    def stamp(cause: str) -> Stamp:
        key = f"typed {len(list(place.log.all()))}"
        by = {"by": "school-1", "role": "stakeholder", "surface": "terminal", "cause": cause}
        return place.stamp(key).model_copy(update=by)

    terminal.interview(place.log, stamp, place.assessment, "school-1", lines, said.append)
    return said[-1]


@contextmanager
def page(place: Place, person: str) -> Iterator[Visitor]:
    """Somebody opens their personal link."""
    token = links.issue(place.log, place.stamp("link"), place.assessment, person)
    with web(place.log, place.clock) as address:
        visitor = Visitor(address, token)
        yield visitor
        visitor.close()


def test_three_people_vote_on_three_surfaces_and_one_of_them_comes_late(place: Place) -> None:
    """Everybody is asked where they are, waits there, and sees there what the votes were."""
    assert ASKED in place.begin().text
    assert ASKED in typed(place, "start")
    put(place)
    assert "5.1 Family engagement" in place.newest().text
    assert "you answered 3" in typed(place, "3")
    present(place, "police-1", "school-1", "health-1")
    with page(place, "health-1") as late:
        late.press("Start")
        assert "Family engagement" in late.page.title
        late.choose("4")
        assert "You can change your vote" in late.answer.text
        police = place.person()
        assert police.click(place.newest(), "answer:5.1:3").status == 200
        assert "you answered 3" in place.newest().text
        show(place)
        for seen in (place.newest().text, typed(place, "go on"), late.open().text):
            assert "3 – Mostly in place: 2 people" in seen
            assert "4 – In place across the partnership: 1 person" in seen
    put(place, 2)
    assert "When this was put to the vote before:" in place.newest().text


def test_a_vote_in_slack_is_asked_once_and_its_message_becomes_the_receipt(place: Place) -> None:
    """No second message says that nothing is to be done now."""
    place.begin()
    before = len(place.texts())
    put(place)
    police = place.person()
    police.click(place.newest(), "answer:5.1:3")
    place.outbox.deliver()
    place.restart()
    place.outbox.deliver()
    assert len(place.texts()) == before + 1


def test_who_has_not_begun_is_asked_when_they_do(place: Place) -> None:
    """Nobody is asked before they have read the notice."""
    place.outbox.deliver()
    put(place)
    place.outbox.deliver()
    assert len(place.texts()) == 1
    assert "5.1 Family engagement" in place.begin().text


def test_a_vote_that_is_over_before_it_could_be_asked_is_not_asked(place: Place) -> None:
    """After an outage nobody is asked what is shown already."""
    place.begin()
    put(place)
    typed(place, "start")
    typed(place, "3")
    workshop.show_votes(
        place.log, place.stamp("show"), place.assessment, "5.1", without_the_rest=True
    )
    assert "Shown without 1 person in the room." in place.newest().text
    assert "nothing is to be voted on" in place.withheld().values()


def test_what_is_put_to_the_vote_again_is_asked_again(place: Place) -> None:
    """In a new message; what was voted before no longer stands in the way."""
    place.begin()
    put(place)
    police = place.person()
    police.click(place.newest(), "answer:5.1:3")
    typed(place, "start")
    typed(place, "4")
    show(place)
    assert "votes are not shown as figures" in place.newest().text
    put(place, 2)
    police.click(place.newest(), "answer:5.1:4")
    assert "4 – In place" in place.newest().text
    assert place.interview().answers["5.1"].score == 4
