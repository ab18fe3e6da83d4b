"""Between two rounds: who comes, what is settled meanwhile, and when the next one may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from support.area import CLOSES, FEEDBACK, ITEMS, PANEL, Area, person

from ehsg_events.commands import outcomes, panel
from ehsg_events.events import CoordinatorReminded
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from ehsg_events.rounds.milestones import coming
from ehsg_events.values.hours import Days
from ehsg_events.values.policy import Terms

ANN = replace(person("fire-1", "Fire"), name="Ann Other")
HALF_TERM = Days(first=date(2026, 10, 26), last=date(2026, 10, 30))
MONDAY_AFTER = datetime(2026, 11, 2, 9, tzinfo=UTC)
LAST_FRIDAY = datetime(2028, 12, 29, 17, tzinfo=UTC)  # the calendar ends on the Sunday after


@pytest.fixture
def split(log: Log) -> Area:
    """Under the usual policy: a first round without agreement, open still."""
    return _split(Area(log), usual())


def _split(area: Area, terms: Terms) -> Area:
    area.open(terms=terms)
    area.open_round()
    for item in ITEMS:
        area.everyone(item, "0", "0", "5", "5")
    return area


def kinds(area: Area) -> list[str]:
    """What is to come, in its order."""
    return [one.kind for one in coming(area.now.assessment, area.now.newest)[1]]


def moderated(area: Area, *items: str) -> None:
    """The coordinator settles some descriptors after the close."""
    for item in items:
        outcomes.moderate(area.log, area.stamp(CLOSES), area.id, item, "3", "They met.")


def test_where_all_was_moderated_meanwhile_sign_off_gets_its_time(split: Area) -> None:
    """No feedback round comes, so it is promised no longer; the figures stay as they were."""
    split.advance(CLOSES)
    before = split.measured
    moderated(split, *ITEMS)
    split.advance(FEEDBACK)
    assert kinds(split) == ["moderation", "sign-off"]
    assert {one.because for one in split.measured.left} == {"moderated"}
    assert split.measured.measures == before.measures
    assert split.advance(FEEDBACK) == []
    split.advance(FEEDBACK + timedelta(days=65))
    assert [r.fact.of for r in split.facts if isinstance(r.fact, CoordinatorReminded)] == [
        "sign-off"
    ]


def test_where_something_is_left_it_is_asked_again(split: Area) -> None:
    """What was moderated is not."""
    split.advance(CLOSES)
    moderated(split, ITEMS[0])
    split.advance(FEEDBACK)
    assert split.now.rounds[1].items == ITEMS[1:]


@pytest.mark.parametrize("days", [6 - 9 / 24, 6, 7 - 3 / 24])
def test_a_feedback_round_that_is_late_opens_at_no_hour_of_rest(split: Area, days: float) -> None:
    """It writes to everybody in it: not on a Sunday, nor before people work on a Monday."""
    split.advance(CLOSES)
    split.advance(FEEDBACK + timedelta(days=days))
    assert len(split.now.rounds) == 1
    split.advance(MONDAY_AFTER)
    assert len(split.now.rounds) == 2


def test_a_feedback_round_opens_on_no_quiet_day(log: Log) -> None:
    """A half term that begins after the close is over first."""
    quiet = usual().policy.model_copy(update={"quiet": (HALF_TERM,)})
    area = _split(Area(log), Terms(rule=usual().rule, policy=quiet))
    area.advance(CLOSES)
    assert area.measured.feedback_due == MONDAY_AFTER


def test_who_joins_between_two_rounds_is_asked_from_the_next_on(split: Area) -> None:
    """About what is unsettled, of what they are put down for."""
    split.advance(CLOSES)
    panel.join(split.log, split.stamp(CLOSES), split.id, replace(ANN, items=ITEMS[:1]))
    split.advance(FEEDBACK)
    assert split.now.rounds[1].invited["fire-1"] == ITEMS[:1]


def test_who_comes_back_between_two_rounds_is_asked_again(split: Area) -> None:
    """And who does not come back is not."""
    panel.join(split.log, split.stamp(), split.id, ANN)
    for who in (ANN.id, PANEL[0].id):
        panel.release(split.log, split.stamp(), split.id, who, "On leave.")
    split.advance(CLOSES)
    panel.join(split.log, split.stamp(CLOSES), split.id, ANN)
    split.advance(FEEDBACK)
    assert {"fire-1"} == split.now.rounds[1].invited.keys() - {one.id for one in PANEL[1:]}


def test_a_round_that_ends_with_the_calendar_is_measured(log: Log) -> None:
    """What would follow in years nobody knows is promised no time."""
    area = Area(log)
    area.open(terms=usual())
    area.open_round(LAST_FRIDAY - timedelta(days=14), LAST_FRIDAY)
    area.advance(LAST_FRIDAY)
    assert (area.measured.then, area.measured.feedback_due) == ("feedback", None)
    assert area.advance(LAST_FRIDAY + timedelta(days=30)) == []


def test_a_feedback_round_whose_end_nobody_knows_waits_for_a_deadline(log: Log) -> None:
    """The clock is not refused; the coordinator says until when."""
    area, closes = Area(log), datetime(2028, 12, 21, 17, tzinfo=UTC)
    area.open(terms=usual())
    area.open_round(closes - timedelta(days=14), closes)
    area.advance(closes)
    due = area.measured.feedback_due
    assert due is not None
    assert area.advance(due + timedelta(days=5)) == []
    area.open_round(due + timedelta(days=5), LAST_FRIDAY)
    assert len(area.now.rounds) == 2
