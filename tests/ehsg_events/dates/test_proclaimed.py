"""A bank holiday that was proclaimed for once: told in a list, counted everywhere, on the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from support.area import CLOSES, OPENS, Area

from ehsg_events.commands import outcomes, planning, rounds, workshop
from ehsg_events.dates import calendar, information_requests
from ehsg_events.dates.worktime import may_chase, worktime
from ehsg_events.events import HolidaysCounted, PolicyChosen
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.policy.holidays_file import read_holidays
from ehsg_events.policy.policy_sentences import say_policy
from ehsg_events.rounds.milestones import plan
from ehsg_events.values.policy import Policy
from ehsg_events.values.proclaimed import Proclaimed

JUBILEE = date(2026, 10, 12)  # a Monday within the first round
LISTED = "- {day: 2026-10-12, name: A jubilee}"
SCOTTISH = "- {day: 2026-10-12, name: A day for Scotland, nations: [Scotland]}"


def lists(log: Log, text: str = LISTED) -> None:
    """The data folder tells a holiday."""
    (log.folder / "holidays.yaml").write_text(text, encoding="utf-8")


def test_a_listed_day_is_no_working_day_where_its_nation_works() -> None:
    """England's count in deadlines, any nation's for requests for information."""
    everywhere, scottish = read_holidays(LISTED), read_holidays(SCOTTISH)
    assert calendar.free_day(JUBILEE, everywhere) == "A jubilee"
    assert calendar.free_day(JUBILEE, scottish) is None
    assert calendar.working_days(date(2026, 10, 9), 1, everywhere) == date(2026, 10, 13)
    received = date(2026, 10, 5)
    for also, by in (((), 2), (everywhere, 3), (scottish, 3)):
        assert information_requests.due(received, also).answer_by == date(2026, 11, by)
    said = " ".join(information_requests.due(received, scottish).sentences())
    assert "Monday 12 October 2026 (A day for Scotland, in Scotland)" in said


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("day: 2026-10-12", "is not a list of days"),
        ("- [", "is not YAML"),
        ("- {day: 2026-10-12}", "day 1: write day, name and"),
        ("- {day: 2026-10-12, name: A, nation: Wales}", "day 1: write day, name and"),
        ("- {day: tomorrow, name: A}", "day 1: tomorrow is not a day"),
        ("- {day: 2036-10-12, name: A}", "is outside the calendar"),
        ("- {day: 2026-10-12, name: ' '}", "say what the holiday is called"),
        ("- {day: 2026-10-12, name: A, nations: [Cornwall]}", "its nations are some of England"),
        (f"{LISTED}\n{SCOTTISH}", "2026-10-12 is there twice"),
    ],
)
def test_a_list_with_mistakes_is_refused_and_names_them(text: str, mistake: str) -> None:
    """Nothing of it counts."""
    with pytest.raises(Refused, match=mistake):
        read_holidays(text)


def test_an_empty_list_tells_nothing() -> None:
    """It is a list of no days."""
    assert read_holidays("# none yet\n") == ()


def test_it_counts_in_every_deadline_and_reminder(log: Log) -> None:
    """Of a round, a plan, a feedback round and a workshop; nobody is chased on it."""
    lists(log)
    area = Area(log)
    area.open()
    without = calendar.working_days(OPENS.date(), 10)
    area.open_round(deadline=None)
    opened = area.now.rounds[0]
    assert opened.policy.proclaimed == read_holidays(LISTED)
    assert calendar.local_day(opened.deadline, "Europe/London") == without + timedelta(days=1)
    assert all(milestone.due.date() != JUBILEE for milestone in plan(opened))
    at = datetime(2026, 10, 12, 10, tzinfo=UTC)
    assert not may_chase(opened.policy, worktime(opened.policy), at)
    warned = rounds.extend_round(area.log, area.stamp(), area.id, at, "snow")
    assert "is not a working day (A jubilee)" in warned[0]
    assert any("Counted as a bank holiday, too" in said for said in say_policy(opened.policy))


def test_a_day_told_while_a_round_is_open_counts_from_then_on(asked: Area) -> None:
    """At the next tick, as a fact; the deadline that people were told stays."""
    before = asked.now.rounds[0]
    lists(asked.log, "- {day: 2026-10-14, name: A jubilee}")
    asked.advance(OPENS + timedelta(minutes=1))
    counted = [one.fact for one in asked.facts if isinstance(one.fact, HolidaysCounted)]
    day = Proclaimed(day=date(2026, 10, 14), name="A jubilee")
    assert counted == [HolidaysCounted(proclaimed=(day,))]
    after = asked.now.rounds[0]
    assert after.deadline == before.deadline
    assert {m.due for m in plan(after)} != {m.due for m in plan(before)}
    assert asked.now.assessment.policy.proclaimed == (day,)
    assert asked.advance(OPENS + timedelta(minutes=2)) == []


def test_a_day_is_counted_as_the_log_says_whatever_became_of_the_list(asked: Area) -> None:
    """A replay needs no list, and one with mistakes changes nothing."""
    lists(asked.log)
    asked.advance(OPENS + timedelta(minutes=1))
    stood, facts = asked.now.rounds[0].policy, asked.facts
    lists(asked.log, "- [")
    asked.advance(OPENS + timedelta(minutes=2))
    (asked.log.folder / "holidays.yaml").unlink()
    asked.advance(OPENS + timedelta(minutes=3))
    assert asked.facts == facts
    assert asked.now.rounds[0].policy == stood


def test_whoever_opens_or_plans_is_told_of_a_mistake_in_the_list(log: Log) -> None:
    """Instead of a deadline that may be wrong."""
    area = Area(log)
    area.open()
    lists(log, "- {day: 2026-10-12}")
    for does in (
        area.open_round,
        lambda: planning.plan_opening(log, area.stamp(), area.id, CLOSES, None),
        lambda: planning.choose_policy(log, area.stamp(), area.id, Policy(working_days=5)),
    ):
        with pytest.raises(Refused, match=r"holidays\.yaml, day 1"):
            does()


def test_another_policy_keeps_the_listed_days(log: Log) -> None:
    """They are no coordinator's choice."""
    area = Area(log)
    area.open()
    lists(log)
    planning.choose_policy(log, area.stamp(), area.id, Policy(working_days=5))
    assert area.now.assessment.policy.proclaimed == read_holidays(LISTED)


def test_what_is_signed_is_not_touched(asked: Area) -> None:
    """A day told later changes nothing of it."""
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    outcomes.sign_off(asked.log, asked.stamp(CLOSES), asked.id, "SRO", "Jo")
    lists(asked.log)
    asked.advance(CLOSES + timedelta(days=1))
    assert not [one for one in asked.facts if isinstance(one.fact, PolicyChosen | HolidaysCounted)]


def test_a_workshop_counts_it_too(asked: Area) -> None:
    """Its deadline is the next working day."""
    asked.advance(CLOSES)
    lists(asked.log, "- {day: 2026-10-26, name: A jubilee}")
    workshop.open_workshop(asked.log, asked.stamp(CLOSES), asked.id, ("5.1",))
    until = asked.now.rounds[-1].deadline
    assert calendar.local_day(until, "Europe/London") == date(2026, 10, 27)


def test_the_list_is_looked_for_in_the_data_folder(tmp_path: Path) -> None:
    """Where there is none, nothing is said of it."""
    assert planning.proclaimed_in(tmp_path) is None
