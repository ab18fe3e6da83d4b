"""The coordinator nudges by hand: only who matters, never twice a day, all of it on the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.area import CLOSES, OPENS, PANEL, SMALL, Area
from support.log.handing import agrees, asks_to_hand_on

from ehsg_events.commands import rounds
from ehsg_events.commands.nudge import Nudged, nudge
from ehsg_events.events import ReminderWithheld, StakeholderReminded
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.values.policy import Policy, Terms

TUESDAY = datetime(2026, 10, 6, 9, tzinfo=UTC)
LATE = datetime(2026, 10, 6, 22, 30, tzinfo=UTC)  # 11.30 at night in London
PAST_MIDNIGHT = datetime(2026, 10, 6, 23, 30, tzinfo=UTC)  # Wednesday there


def nudged(area: Area, *people: str, agency: str | None = None, at: datetime = TUESDAY) -> Nudged:
    """Nudge these people, an agency, or everyone."""
    return nudge(area.log, area.stamp(at), area.id, people, agency)


def test_everyone_unfinished_is_reminded_and_the_rest_are_spared_by_a_rule(asked: Area) -> None:
    """Each of them is a fact."""
    for item in ("5.1", "5.2"):
        asked.answer("police-1", item, "not-my-area")
    asked.withdraw("health-1")
    found = nudged(asked)
    assert found.decided == ("school-1", "school-2")
    assert found.withheld == {"police-1": "finished", "health-1": "withdrawn"}
    assert [one.fact for one in asked.facts[-4:]] == [
        ReminderWithheld(withheld_from="police-1", milestone="nudge 2026-10-06", rule="finished"),
        ReminderWithheld(withheld_from="health-1", milestone="nudge 2026-10-06", rule="withdrawn"),
        StakeholderReminded(reminded="school-1", milestone="nudge 2026-10-06"),
        StakeholderReminded(reminded="school-2", milestone="nudge 2026-10-06"),
    ]


def test_who_handed_everything_on_is_not_reminded_and_the_colleague_is(asked: Area) -> None:
    """Neither is who has answered all they kept."""
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    asked.answer("health-1", "5.1", "3")
    asks_to_hand_on(asked, "health-1")
    agrees(asked, "health-1")
    found = nudged(asked)
    assert found.withheld == {"police-1": "handed-on", "health-1": "handed-on"}
    assert {"police-2", "health-2"} <= set(found.decided)


def test_some_people_or_one_agency_are_nudged_alone(asked: Area) -> None:
    """Nobody else is bothered, or mentioned."""
    assert nudged(asked, "school-2") == Nudged(("school-2",))
    assert nudged(asked, agency="Schools") == Nudged(("school-1",), ("school-2",))


def test_what_was_only_decided_is_decided_once_and_withholds_nothing(asked: Area) -> None:
    """It waits, however often it is asked for; no rule says that they were reminded."""
    nudged(asked, "police-1")
    again = nudged(asked, "police-1", at=TUESDAY + timedelta(days=1))
    assert (again.decided, again.waiting, again.withheld) == ((), ("police-1",), {})
    asked.advance(datetime(2026, 10, 14, 9, tzinfo=UTC))
    assert "ReminderWithheld" not in asked.kinds()


def test_nobody_is_reminded_twice_a_day(asked: Area) -> None:
    """The day is the zone's; whom the coordinator rang is reminded as much as by a message."""
    nudged(asked, "police-1", at=LATE)
    asked.told("police-1", LATE, "reminder")
    assert nudged(asked, "police-1", at=LATE).withheld == {"police-1": "overtaken"}
    assert nudged(asked, "police-1", at=PAST_MIDNIGHT).decided == ("police-1",)


def test_a_planned_reminder_is_overtaken_by_a_call_of_the_same_day(asked: Area) -> None:
    """The others get theirs."""
    planned = datetime(2026, 10, 14, 9, tzinfo=UTC)
    asked.told("police-1", planned - timedelta(hours=1), "reminder")
    asked.advance(planned)
    assert ReminderWithheld(withheld_from="police-1", milestone="remind-7", rule="overtaken") in [
        one.fact for one in asked.facts
    ]
    assert asked.kinds().count("StakeholderReminded") == 3


def test_what_was_done_by_hand_counts_towards_the_policys_cap(log: Log) -> None:
    """A cap is a promise, whoever reminds and by which means."""
    area = Area(log)
    area.open(terms=Terms(rule=SMALL.rule, policy=Policy(reminder_cap=1)))
    area.open_round()
    nudged(area, "police-1")
    assert nudged(area, "police-1").withheld == {}
    area.told("police-1", TUESDAY, "reminder")
    found = nudged(area, "police-1", at=TUESDAY + timedelta(days=1))
    assert found.withheld == {"police-1": "capped"}


def test_a_nudge_heard_twice_is_one(asked: Area) -> None:
    """And tells the same."""
    stamp = asked.stamp(TUESDAY, key="a click")
    first, again = (nudge(asked.log, stamp, asked.id) for _ in range(2))
    assert first == again
    assert asked.kinds().count("StakeholderReminded") == len(PANEL)


def test_nobody_is_nudged_in_a_round_that_is_paused_or_over(asked: Area) -> None:
    """Or before there is one."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    with pytest.raises(Refused, match="is paused, so nobody is reminded"):
        nudged(asked)
    rounds.resume_round(asked.log, asked.stamp(), asked.id)
    with pytest.raises(Refused, match="The deadline of round 1 has passed"):
        nudged(asked, at=CLOSES)
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    with pytest.raises(Refused, match="Round 1 is closed"):
        nudged(asked)


def test_nobody_is_nudged_before_a_round_was_opened(area: Area) -> None:
    """The refusal says how to open one."""
    with pytest.raises(Refused, match="No round was opened yet"):
        nudged(area, at=OPENS)


def test_only_who_was_invited_is_nudged(asked: Area) -> None:
    """A mistyped name or agency nudges nobody."""
    with pytest.raises(Refused, match="Round 1 asks nobody called police-9"):
        nudged(asked, "police-1", "police-9")
    with pytest.raises(Refused, match=r"Agencies in it are: Police, Health, Schools"):
        nudged(asked, agency="Fire")
