"""A reminder that somebody asked for in Slack: answered when, sent then, counted towards no cap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.log.ladder import CLOSES, FRIDAY, MONDAY, SUNDAY, WEDNESDAY, ladder, said_at, tick
from support.slack.edge import Place

from ehsg_events.values.policy import Policy, Rule, Terms

ONCE = Terms(rule=Rule(quorum_scores=1, rounds=1), policy=Policy(reminders=(3, 1), reminder_cap=1))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round that reminds each person once at most, 3 or 1 working days before its end."""
    with ladder(tmp_path, ONCE) as place:
        yield place


def reminders(place: Place, name: str = "U0POLICE") -> int:
    """How often a person was reminded."""
    return sum(": a reminder." in text for text in place.texts(name))


def asks(place: Place, text: str) -> str:
    """What a person is answered who types that."""
    assert place.person().type(text)[1].status == 200
    return place.newest().text


def test_it_is_sent_when_they_asked_and_counts_towards_no_cap(place: Place) -> None:
    """On a Sunday, since they said so; the plan's own reminder is still theirs on Friday."""
    place.begin()
    assert "I will remind you at 10am on Sunday 20 September 2026." in asks(
        place, "remind me on 20 September at 10"
    )
    for at in (WEDNESDAY, FRIDAY):
        tick(place, at)
        said_at(place, at)
    assert (reminders(place), reminders(place, "U0HEALTH")) == (0, 1)
    tick(place, SUNDAY)
    said_at(place, SUNDAY)
    assert (reminders(place), reminders(place, "U0HEALTH")) == (1, 1)


def test_a_wish_kept_leaves_the_plan_its_own_reminders(place: Place) -> None:
    """What they asked for was no reminder of the plan's."""
    place.begin()
    asks(place, "remind me on 15 September")
    for at in (WEDNESDAY - timedelta(days=1, hours=1), WEDNESDAY):
        tick(place, at)
        said_at(place, at)
    assert reminders(place) == 2
    assert "you had not finished, and you had asked for it" in asks(place, "my reminders")


def test_a_reminder_that_was_decided_is_held_back_by_a_wish(place: Place) -> None:
    """It had not been sent when they asked for a later time."""
    place.begin()
    place.clock.now = WEDNESDAY
    tick(place, WEDNESDAY)
    assert place.person().type("remind me on Friday at 11")[1].status == 200
    place.outbox.deliver()
    assert reminders(place) == 0
    assert "asked-for-later" in place.withheld().values()


def test_go_on_leads_from_the_answer_back_to_the_question(place: Place) -> None:
    """The wish stands meanwhile."""
    question = place.begin().text
    asks(place, "remind me tomorrow")
    place.person().click(place.newest(), "Go on")
    assert place.newest().text == question
    assert place.interview().remind_at is not None


def test_it_is_moot_once_they_have_finished(place: Place) -> None:
    """Nobody is thanked with a reminder."""
    place.begin()
    asks(place, "remind me on Monday at 10")
    place.finish()
    for at in (MONDAY + timedelta(hours=1), CLOSES - timedelta(minutes=1)):
        tick(place, at)
        said_at(place, at)
    assert reminders(place) == 0
