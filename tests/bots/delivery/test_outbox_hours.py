"""Nobody is chased outside their hours, even when the outbox was down while it was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.log.ladder import (
    BOSS,
    CLOSES,
    FRIDAY,
    LADDER,
    LATE_ON_FRIDAY,
    LEADER,
    MONDAY,
    SUNDAY,
    answers,
    ladder,
    reasons,
    said_at,
    tick,
)
from support.slack.edge import Place

from bots.slack.loopback.http import Trouble
from ehsg_events.commands import rounds
from ehsg_events.values.policy import Policy, Terms

ON_THE_LAST_DAY = Terms(rule=LADDER.rule, policy=Policy(reminders=(1,)))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Decided at 4:59pm on Friday that police-1 is reminded, and said by nobody until Sunday."""
    with ladder(tmp_path, ON_THE_LAST_DAY) as place:
        tick(place, LATE_ON_FRIDAY)
        said_at(place, SUNDAY)
        yield place


def reminders(place: Place, name: str = "U0POLICE") -> int:
    """How often a person was reminded."""
    return sum("a reminder" in text for text in place.texts(name))


def test_a_reminder_decided_on_friday_waits_for_monday(place: Place) -> None:
    """Nothing is claimed meanwhile, and nothing recorded."""
    assert reminders(place) == 0
    assert not any("reminder" in (one.stream.message or "") for one in place.log.all())
    said_at(place, MONDAY - timedelta(minutes=1))
    assert reminders(place) == 0
    said_at(place, MONDAY)
    assert reminders(place) == 1


def test_an_outbox_that_starts_again_waits_too(place: Place) -> None:
    """The log knows the hours."""
    place.restart()
    said_at(place, SUNDAY)
    assert reminders(place) == 0
    place.restart()
    said_at(place, MONDAY)
    assert reminders(place) == 1


def test_what_waits_holds_up_no_answer_to_what_the_person_does(place: Place) -> None:
    """Who answers on a Sunday is answered on a Sunday."""
    question = place.begin()
    assert "5.1" in question.text
    place.person().click(question, "answer:5.1:3")
    place.outbox.deliver()
    assert "What is working well" in place.texts()[-1]


def test_on_monday_it_is_looked_at_again(place: Place) -> None:
    """Who finished on Sunday is not reminded, and the log says why."""
    answers(place)
    said_at(place, MONDAY)
    assert reminders(place) == 0
    assert reasons(place, "police-1/reminder") == ["finished"]


def test_a_deadline_moved_meanwhile_is_told_at_once_and_overtakes_it(place: Place) -> None:
    """Also when it was said long before the reminder's turn comes."""
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
    place.outbox.deliver()
    assert "deadline has moved" in place.texts()[-1]
    said_at(place, MONDAY)
    assert reminders(place) == 0
    assert reasons(place, "police-1/reminder") == ["overtaken"]


def test_the_same_reminder_of_a_later_deadline_is_another_message(tmp_path: Path) -> None:
    """It was due again, so it is said again."""
    with ladder(tmp_path, ON_THE_LAST_DAY) as place:
        tick(place, FRIDAY)
        place.outbox.deliver()
        later = CLOSES + timedelta(days=7)
        rounds.extend_round(place.log, place.stamp("extend"), place.assessment, later, "floods")
        tick(place, FRIDAY + timedelta(days=7))
        place.outbox.deliver()
        assert reminders(place) == 2


def test_a_reminder_in_doubt_waits_for_the_hours_and_is_looked_for_then(tmp_path: Path) -> None:
    """It may stand there already, so it is not said twice; nothing else waits for it."""
    with ladder(tmp_path, ON_THE_LAST_DAY) as place:
        for call in ("chat.postMessage", "conversations.history"):
            place.workspace.trouble[call].extend([Trouble("refused")] * 6)
        tick(place, LATE_ON_FRIDAY)
        place.outbox.deliver()
        place.workspace.trouble.clear()
        said_at(place, SUNDAY)
        assert place.outbox.in_doubt_until is None
        assert place.begin().text.startswith("Sefton · 1 of 2")
        said_at(place, MONDAY)
        assert reminders(place) == 1


def test_neither_stand_in_nor_coordinator_is_written_to_on_a_weekend(tmp_path: Path) -> None:
    """By the hours of the policy."""
    with ladder(tmp_path) as place:
        tick(place, LATE_ON_FRIDAY)
        said_at(place, SUNDAY)
        assert not place.texts(BOSS) + place.texts(LEADER)
        said_at(place, MONDAY)
        assert len(place.texts(LEADER)) == 1
