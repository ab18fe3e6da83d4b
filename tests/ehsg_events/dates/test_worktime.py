"""When a person may be chased, and when a reminder falls due for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehsg_events.dates.calendar import local_day, moment
from ehsg_events.dates.worktime import Worktime, due, may_chase, sooner, worktime
from ehsg_events.values.hours import Days, Hours, read_hours
from ehsg_events.values.policy import Policy

LONDON, BERLIN, NEW_YORK = "Europe/London", "Europe/Berlin", "America/New_York"
POLICY = Policy()
OFFICE = worktime(POLICY)
CLOSES = datetime(2026, 10, 23, 16, tzinfo=UTC)  # 5pm on Friday 23 October 2026


def theirs(written: str, zone: str = LONDON) -> Worktime:
    """Somebody who works then and there."""
    return Worktime(read_hours(written), zone)


def london(text: str) -> datetime:
    """A wall-clock time in London."""
    wall = datetime.fromisoformat(text)
    return moment(wall.date(), wall.time(), LONDON)


@pytest.mark.parametrize(
    ("when", "may"),
    [
        ("2026-10-23 09:00", True),
        ("2026-10-23 08:59", False),
        ("2026-10-23 16:59", True),
        ("2026-10-23 17:00", False),
        ("2026-10-24 10:00", False),  # a Saturday
        ("2026-12-25 10:00", False),
        ("2026-12-28 10:00", False),  # a Monday, for Boxing Day on a Saturday
    ],
)
def test_people_are_chased_when_they_work_and_at_no_other_time(when: str, may: bool) -> None:
    """From the first minute of their hours until before the last."""
    assert may_chase(POLICY, OFFICE, london(when)) == may


def test_hours_are_kept_where_the_person_is() -> None:
    """At 9am in London it is 5am in New York, and 10am in Berlin."""
    at = london("2026-07-01 09:00")
    assert may_chase(POLICY, theirs("Mon-Fri 09:00-17:00", BERLIN), at)
    assert not may_chase(POLICY, theirs("Mon-Fri 09:00-17:00", NEW_YORK), at)


def test_a_free_day_of_the_person_is_kept_though_others_work() -> None:
    """Who works from Monday to Wednesday hears nothing on a Thursday."""
    part = theirs("Mon-Wed 09:00-15:00")
    assert may_chase(POLICY, part, london("2026-10-21 10:00"))
    assert not may_chase(POLICY, part, london("2026-10-22 10:00"))


def test_an_evening_shift_ends_at_midnight_and_no_later() -> None:
    """24:00 is the end of the day it stands on."""
    shift = theirs("Fri 18:00-24:00")
    assert may_chase(POLICY, shift, london("2026-10-23 23:59"))
    assert not may_chase(POLICY, shift, london("2026-10-24 00:00"))


def test_on_a_day_whose_bank_holidays_are_not_known_nobody_is_chased() -> None:
    """No guess: it may be one."""
    assert not may_chase(POLICY, OFFICE, datetime(2029, 1, 3, 10, tzinfo=UTC))


def test_working_days_before_are_counted_in_england_and_kept_at_ten_where_they_are() -> None:
    """10am on Tuesday in Berlin, in New York and in London are three moments."""
    found = [due(POLICY, Worktime(Hours(), zone), CLOSES, 3) for zone in (BERLIN, LONDON, NEW_YORK)]
    assert found == [datetime(2026, 10, 20, hour, tzinfo=UTC) for hour in (8, 9, 14)]


def test_the_hour_is_ten_on_both_sides_of_a_clock_change() -> None:
    """9:00Z before 25 October, 10:00Z after it."""
    closes = london("2026-10-27 17:00")
    assert due(POLICY, OFFICE, closes, 3) == datetime(2026, 10, 22, 9, tzinfo=UTC)
    assert due(POLICY, OFFICE, closes, 1) == datetime(2026, 10, 26, 10, tzinfo=UTC)


def test_a_part_timers_reminder_goes_on_their_last_day_before() -> None:
    """Not after it: what is due on a Thursday comes on Wednesday."""
    assert due(POLICY, theirs("Mon-Wed 09:00-15:00"), CLOSES, 1) == london("2026-10-21 10:00")


def test_who_begins_later_than_the_policys_hour_is_reminded_when_they_begin() -> None:
    """Before that they are not at work."""
    assert due(POLICY, theirs("Mon-Fri 13:00-18:00"), CLOSES, 1) == london("2026-10-22 13:00")


def test_quiet_days_are_no_working_days_before_a_deadline() -> None:
    """Three working days before the Tuesday after half term is the Thursday before it."""
    quiet = Policy(quiet=(Days.model_validate("2026-10-26 to 2026-10-30"),))
    assert due(quiet, OFFICE, london("2026-11-03 17:00"), 3) == london("2026-10-22 10:00")


def test_over_easter_a_working_day_before_is_the_thursday() -> None:
    """Good Friday and Easter Monday are none."""
    assert due(POLICY, OFFICE, london("2026-04-07 17:00"), 1) == london("2026-04-02 10:00")


@pytest.mark.parametrize(
    ("hours", "comes"),
    [
        (2, "2026-10-23 15:00"),  # at work
        (20, "2026-10-22 10:00"),  # 9pm the evening before: that morning
        (9, "2026-10-22 10:00"),  # 8am, before anybody works: the day before
        (48, "2026-10-21 10:00"),  # 5pm, when work is over
    ],
)
def test_a_span_that_ends_outside_work_comes_at_the_last_hour_for_reminders_before_it(
    hours: int, comes: str
) -> None:
    """Nearer to the deadline it would not be a reminder in time."""
    assert due(POLICY, OFFICE, CLOSES, timedelta(hours=hours)) == london(comes)


def test_who_has_no_day_of_their_own_is_never_due() -> None:
    """Their Mondays are quiet for months: nothing is planned, and nothing fails."""
    quiet = Policy(quiet=(Days(first=date(2026, 1, 1), last=date(2026, 12, 31)),))
    assert due(quiet, theirs("Mon"), CLOSES, timedelta(hours=2)) is None


@pytest.mark.parametrize("before", [4000, timedelta(hours=2)])
def test_what_the_calendar_does_not_know_makes_no_round_fail(before: int | timedelta) -> None:
    """Neither a span from before it, nor a policy that is quiet since before it."""
    quiet = Policy(quiet=(Days(first=date(2000, 1, 1), last=date(2028, 12, 31)),))
    assert due(POLICY, OFFICE, CLOSES, 4000) is None
    assert due(quiet, OFFICE, CLOSES, before) is None


def test_a_day_after_the_calendar_s_end_is_no_day_of_theirs() -> None:
    """In Auckland it is 2029 before it is so in London: what goes there goes earlier."""
    closes = london("2028-12-31 17:00")
    found = due(POLICY, theirs("Mon-Fri", "Pacific/Auckland"), closes, timedelta(hours=2))
    assert found is not None
    assert local_day(found, "Pacific/Auckland") == date(2028, 12, 29)


def test_spans_before_a_deadline_stand_in_the_order_they_fall_due() -> None:
    """Working days first, the most first; then hours."""
    day, hour = timedelta(hours=20), timedelta(hours=2)
    assert sooner([1, hour, 7, day, 3]) == [7, 3, 1, day, hour]


WRITTEN = st.sampled_from(
    ["Mon-Fri 09:00-17:00", "Tue,Thu 09:30-12:00", "Sat,Sun 10:00-16:00", "Mon-Sun 18:00-24:00"]
)
ZONES = st.sampled_from([LONDON, BERLIN, NEW_YORK, "Pacific/Auckland", "Asia/Kolkata"])
BEFORE = st.integers(1, 10) | st.integers(1, 300).map(lambda hours: timedelta(hours=hours))


@given(WRITTEN, ZONES, BEFORE, st.integers(0, 20_000))
def test_whatever_falls_due_does_so_when_the_person_may_be_chased(
    written: str, zone: str, before: int | timedelta, hours: int
) -> None:
    """In any zone, at any hours, for any deadline; and never after the span it is for."""
    person, closes = theirs(written, zone), london("2026-01-05 17:00") + timedelta(hours=hours)
    found = due(POLICY, person, closes, before)
    assert found is not None
    assert may_chase(POLICY, person, found)
    if isinstance(before, timedelta):
        assert found <= closes - before
    else:
        assert local_day(found, zone) < local_day(closes, LONDON)
