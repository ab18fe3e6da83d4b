"""Which messages wait for whom, under which names, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.area import OPENS, Area
from support.log.ladder import LADDER, MONDAY, WEDNESDAY, ladder, said_at, tick
from support.log.promised import IN_SLACK, answers, folded, waiting
from support.log.workshop import ROOM, put, show, workshop
from support.slack.edge import Place, slack

from bots.messages.queue import Promises
from bots.messages.states import InterviewKey
from ehsg_events.commands import panel
from ehsg_events.commands.panel import Correction
from ehsg_events.log.log import Log
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Policy, Terms

EARLY = Terms(rule=LADDER.rule, policy=Policy(reminders=(3,)))


@pytest.fixture
def opened(log: Log) -> Area:
    """An assessment of people in Slack."""
    area = Area(log)
    area.open(IN_SLACK)
    return area


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A round with its notices delivered."""
    with ladder(tmp_path, EARLY) as place:
        yield place


def read(place: Place) -> Promises:
    """The messages that are still to be sent."""
    return folded(Area(place.log, place.assessment))


# -- names -----------------------------------------------------------------------------------------
def test_the_same_log_gives_its_messages_the_same_names_for_ever(place: Place) -> None:
    """Another name would be another message, and everything would be sent once more."""
    place.begin()
    place.person().click(place.newest(), "answer:5.1:3")
    theirs = read(place).waiting[place.assessment, "police-1"]
    asked = "round 1/police-1/version 1"
    assert [(name, promise.changes) for name, promise in theirs.items()] == [
        (f"{asked} as of version 2", asked),
        ("round 1/police-1/version 2", None),
    ]


# -- what did not arrive ---------------------------------------------------------------------------
def test_who_began_elsewhere_and_acts_in_slack_is_put_the_question_beside_the_answer(
    tmp_path: Path,
) -> None:
    """No question of ours stands there yet, whether one failed or none was ever put."""
    with slack(tmp_path) as place:
        answers(Area(place.log, place.assessment), "5.1", "police-1", at=place.clock())
        place.outbox.deliver()
        assert place.withheld()["round 1/police-1/notice"] == "started already"
        place.person().type("help")
        assert [p.kind for p in waiting(read(place), "police-1")] == ["reply", "screen"]


# -- who was told ----------------------------------------------------------------------------------
def test_who_was_told_of_the_round_is_told_that_they_are_released(place: Place) -> None:
    """Also when they have not begun."""
    place.outbox.deliver()
    panel.release(place.log, place.stamp("bye"), place.assessment, "police-1", "she left")
    place.outbox.deliver()
    assert "asks you nothing more" in place.texts()[-1]


# -- hours -----------------------------------------------------------------------------------------
def test_a_reminder_waits_for_the_hours_of_its_own_person(place: Place) -> None:
    """Not for those of the policy, which everybody else is reminded in."""
    own = Correction(hours=read_hours("Mon,Wed 13:00-17:00"))
    panel.correct(place.log, place.stamp("own"), place.assessment, "police-1", own)
    tick(place, WEDNESDAY + timedelta(hours=4))
    said_at(place, WEDNESDAY + timedelta(days=1))
    reminded = [any("a reminder" in t for t in place.texts(n)) for n in ("U0POLICE", "U0HEALTH")]
    assert reminded == [False, True]
    said_at(place, MONDAY + timedelta(hours=4))
    assert any("a reminder" in text for text in place.texts())


# -- in a workshop ---------------------------------------------------------------------------------
def test_who_waits_for_the_next_vote_can_be_reached_anew_more_than_once(opened: Area) -> None:
    """Nothing is asked of them then, at neither address."""
    workshop(opened)
    put(opened, "5.1")
    answers(opened, "5.1", *ROOM)
    show(opened, "5.1")
    for address in ("T1AB/U7CD", "T1AB/U8CD"):
        moved = Correction(slack=address)
        panel.correct(opened.log, opened.stamp(), opened.id, "police-1", moved)
    assert len(waiting(folded(opened), "police-1", "screen")) == 2


def test_a_vote_by_somebody_without_an_address_changes_no_message(log: Log) -> None:
    """They were sent none."""
    area = Area(log)
    area.open()
    workshop(area)
    for item in ("5.2", "5.1"):
        put(area, item)
        answers(area, item, *ROOM)
        show(area, item)
    assert {p.kind for name in ("police-1", "health-1") for p in waiting(folded(area), name)} == {
        "notice"
    }


def test_only_in_a_workshop_does_somebody_wait_for_the_next_vote(opened: Area) -> None:
    """Once they have voted on what is open; and in a round of interviews never."""
    place: InterviewKey = (opened.id, 1, "police-1")
    workshop(opened)
    assert _between(opened, place)
    put(opened, "5.1")
    assert not _between(opened, place)
    answers(opened, "5.1", *ROOM)
    assert _between(opened, place)


def test_in_a_round_of_interviews_nobody_waits_for_a_vote(opened: Area) -> None:
    """Neither before the end nor after it."""
    opened.open_round(OPENS)
    assert not _between(opened, (opened.id, 1, "police-1"))


def _between(area: Area, place: InterviewKey) -> bool:
    return folded(area)._states.is_between_votes(place)
