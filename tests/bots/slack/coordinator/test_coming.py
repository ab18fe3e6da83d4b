"""Beside the counts a coordinator is told what is due next, who was nudged, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.slack.edge import PANEL, Place, empty, slack
from support.slack.windows import home, name_coordinator, told, words

from bots.slack.loopback.person import Person
from ehsg_events.commands import assessments, planning, rounds
from ehsg_events.values.policy import Policy, Rule, Terms


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with slack(tmp_path) as place:
        yield place


@pytest.fixture
def ed(place: Place) -> Person:
    """The coordinator."""
    return name_coordinator(place)


def test_what_is_due_next_is_said_in_words(place: Place, ed: Person) -> None:
    """On the Home tab and in the answer to the command."""
    said = (
        "Due next: a reminder, 7 working days before the deadline, at 10am on Thursday 10 "
        "September 2026."
    )
    assert said in told(ed, "progress")
    assert said in words(home(place, ed))


def test_nudges_are_counted_and_who_is_not_in_slack_waits(place: Place, ed: Person) -> None:
    """Handed over and withheld, each with its rule; what was only decided is no reminder."""
    place.outbox.deliver()
    told(ed, "nudge")
    place.outbox.deliver()
    told(ed, "nudge Health")
    seen = told(ed, "progress")
    assert "Reminders so far: 3 given, not given: 1 because a newer one says it all." in seen
    who = "Di Fern (school-1)"
    assert (
        f"Waits: one person to be invited by hand, by 5pm on Monday 21 September 2026: {who}."
    ) in seen


def test_an_overdue_round_is_not_extended_but_reopened_on_the_command_line(
    place: Place, ed: Person
) -> None:
    """The refusal says where; a reopened round is marked."""
    place.clock.now = datetime(2026, 9, 21, 16, 0, 1, tzinfo=UTC)
    said = told(ed, "extend 2026-12-11 because of the floods")
    assert "on the command line: `ehsg round reopen --because TEXT --deadline DEADLINE`" in said
    until = place.clock() + timedelta(days=7)
    rounds.reopen_round(place.log, place.stamp("r"), place.assessment, until, "floods")
    assert "It was closed before and takes answers again" in told(ed, "progress")


def test_a_planned_opening_is_shown_and_after_the_rounds_what_is_to_be_settled(
    tmp_path: Path,
) -> None:
    """Until when, as far as the policy says."""
    terms = Terms(rule=Rule(rounds=1), policy=Policy(moderation_working_days=5))
    with empty(tmp_path) as place:
        given = (place.assessment, "Sefton", "ehsg-2022@1", PANEL, terms)
        assessments.open_assessment(place.log, place.stamp("open"), *given)
        ed = name_coordinator(place)
        assert "No round was opened yet" in told(ed, "progress")
        opens = datetime(2026, 9, 14, 8, tzinfo=UTC)
        planning.plan_opening(place.log, place.stamp("plan"), place.assessment, opens, None)
        said = "Round 1 is planned to open at 9am on Monday 14 September 2026 and to last until"
        assert said in told(ed, "progress")
        assert said in words(home(place, ed))
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        assert "Waits: 2 descriptors to settle, by 5pm on" in told(ed, "progress")
