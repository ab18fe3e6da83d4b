"""Working days, clock changes, and the way a deadline is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehsg_events.dates.calendar import (
    KNOWN_FROM,
    KNOWN_UNTIL,
    deadline_warning,
    free_day,
    local_day,
    moment,
    read_deadline,
    say,
    say_for,
    working_days,
)
from ehsg_events.kernel import Refused

LONDON = "Europe/London"
FIVE = time(17)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 4, 7), -2, date(2026, 4, 1)),  # nobody works from 3 to 6 April
        (date(2026, 4, 2), 10, date(2026, 4, 20)),  # over Easter
        (date(2026, 12, 18), 10, date(2027, 1, 6)),  # over Christmas, with a substitute day
        (date(2026, 3, 9), 20, date(2026, 4, 8)),  # 17 March is free in Northern Ireland only
        (date(2026, 5, 18), 20, date(2026, 6, 16)),  # 15 June is free in Scotland only
        (date(2026, 10, 23), -7, date(2026, 10, 14)),
        (date(2026, 10, 23), 0, date(2026, 10, 23)),
    ],
)
def test_working_days_are_those_of_england(start: date, count: int, end: date) -> None:
    """The start day is not counted; weekends and England's bank holidays are not either."""
    assert working_days(start, count) == end


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
        "2027-12-27",
        "2027-12-28",
    ],
)
def test_nobody_works_on_a_bank_holiday(day: str) -> None:
    """The statutory days of 2026 and 2027, with those given instead of a weekend's."""
    assert free_day(date.fromisoformat(day))


def test_nobody_works_from_good_friday_to_easter_monday() -> None:
    """3 to 6 April 2026: what falls due then went on Wednesday or waits for Tuesday."""
    assert all(free_day(date(2026, 4, day)) for day in range(3, 7))


days = st.dates(KNOWN_FROM + timedelta(120), KNOWN_UNTIL - timedelta(120))


@given(days, st.integers(1, 60))
def test_going_forward_and_back_again_ends_where_it_began(day: date, count: int) -> None:
    """From a working day, that is; the end is always one too."""
    end = working_days(day, count)
    assert free_day(end) is None
    if free_day(day) is None:
        assert working_days(end, -count) == day


@pytest.mark.parametrize("day", [KNOWN_FROM - timedelta(1), KNOWN_UNTIL + timedelta(1)])
def test_no_day_outside_the_calendar_is_guessed(day: date) -> None:
    """Bank holidays there are not announced yet, or are no longer known."""
    with pytest.raises(Refused, match="bank holidays are known from Thursday 1 January 2015"):
        free_day(day)


def test_counting_out_of_the_calendar_is_refused() -> None:
    """Not only asking for a day outside: counting there too."""
    with pytest.raises(Refused, match="outside the calendar"):
        working_days(KNOWN_UNTIL, 1)


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2026, 10, 23), FIVE, "2026-10-23T16:00+00:00"),  # summer time still
        (date(2026, 10, 26), FIVE, "2026-10-26T17:00+00:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30+00:00"),  # comes twice: the first
        (date(2020, 9, 30), time(23, 59), "2020-09-30T22:59+00:00"),
    ],
)
def test_a_wall_clock_is_kept_as_utc(day: date, at: time, utc: str) -> None:
    """5pm before the clocks go back is 4pm UTC, after it 5pm."""
    assert moment(day, at, LONDON) == datetime.fromisoformat(utc)


def test_a_late_evening_in_summer_is_still_the_same_day() -> None:
    """23:30 UTC in July is the next day in London."""
    assert local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), LONDON) == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-11", "2026-12-11T17:00+00:00"),
        ("2026-12-11 16:30", "2026-12-11T16:30+00:00"),
        ("11 December 2026", "2026-12-11T17:00+00:00"),
        ("Friday 11 December 2026 16:30", "2026-12-11T16:30+00:00"),
        ("Fri 11th Dec. 2026", "2026-12-11T17:00+00:00"),
        ("10 july 2026", "2026-07-10T16:00+00:00"),
        ("2026-07-10 16:30", "2026-07-10T15:30+00:00"),
        ("2026-07-10 00:00", "2026-07-09T23:00+00:00"),
        ("2026-12-11T16:30:00+02:00", "2026-12-11T14:30+00:00"),
        ("2026-10-25 01:30", "2026-10-25T00:30+00:00"),  # comes twice: the first
        ("2026-10-25 01:30+00:00", "2026-10-25T01:30+00:00"),  # the second
        ("2027-03-28 12:00", "2027-03-28T11:00+00:00"),  # the first day of summer time
        ("2027-10-31 12:00", "2027-10-31T12:00+00:00"),  # the first without
    ],
)
def test_a_deadline_is_read_in_the_zone(text: str, utc: str) -> None:
    """A day alone means the policy's hour; an offset that is written counts."""
    assert read_deadline(text, LONDON, FIVE) == datetime.fromisoformat(utc)


def test_a_day_of_another_weekday_is_refused() -> None:
    """One of the two was meant."""
    with pytest.raises(Refused, match="11 December 2026 is a Friday"):
        read_deadline("Thursday 11 December 2026", LONDON, FIVE)


@pytest.mark.parametrize("text", ["31 November 2026", "11 Decembre 2026", "11 ma 2026", "Someday"])
def test_what_is_no_day_in_words_is_refused_as_it_was_typed(text: str) -> None:
    """Neither guessed nor changed."""
    with pytest.raises(Refused, match=f"{text} is not a date"):
        read_deadline(text, LONDON, FIVE)


@pytest.mark.parametrize("text", ["01/02/2026", "tomorrow", "", "2026-13-01", "2026-12-11 25:00"])
def test_what_is_not_a_date_is_refused_with_the_way_to_write_one(text: str) -> None:
    """01/02/2026 is two days, depending on the reader."""
    with pytest.raises(Refused, match="Write it as 2026-12-11, or 2026-12-11 16:30"):
        read_deadline(text, LONDON, FIVE)


@pytest.mark.parametrize(("text", "at"), [("2026-03-29 01:30", FIVE), ("2026-03-29", time(1, 30))])
def test_a_time_the_clocks_skip_is_refused(text: str, at: time) -> None:
    """01:30 on 29 March 2026 does not exist in London, though the policy closes rounds then."""
    with pytest.raises(Refused, match="1:30am on Sunday 29 March 2026 does not exist in Europe"):
        read_deadline(text, LONDON, at)


def test_a_round_of_30_september_2020_closes_at_the_end_of_that_day() -> None:
    """A minute before midnight, in summer time."""
    closes = read_deadline("2020-09-30", LONDON, time(23, 59))
    assert closes == datetime(2020, 9, 30, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "which"), [("2026-10-25 01:30", "first"), ("2026-10-25 01:30+00:00", "second")]
)
def test_of_a_time_that_comes_twice_it_is_said_which_is_meant(text: str, which: str) -> None:
    """Without an offset the first."""
    warning = deadline_warning(read_deadline(text, LONDON, FIVE), LONDON)
    assert warning
    assert warning.endswith(
        f"1:30am on Sunday 25 October 2026 comes twice, because the clocks go back: the {which} "
        f"is meant."
    )


@pytest.mark.parametrize("text", ["0001-01-01 00:00+05:00", "9999-12-31", "2030-01-07"])
def test_a_deadline_outside_the_calendar_is_refused(text: str) -> None:
    """However far outside, and whatever the offset."""
    with pytest.raises(Refused, match="outside the calendar"):
        read_deadline(text, LONDON, FIVE)


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        ("2026-10-23T16:00+00:00", "5pm on Friday 23 October 2026"),
        ("2026-10-26T17:05+00:00", "5:05pm on Monday 26 October 2026"),
        ("2026-12-11T00:00+00:00", "12am on Friday 11 December 2026"),
        ("2026-12-11T12:00+00:00", "midday on Friday 11 December 2026"),
    ],
)
def test_a_moment_is_said_as_people_say_it(utc: str, said: str) -> None:
    """In the zone's own time, with the weekday and the month in words."""
    assert say(datetime.fromisoformat(utc), LONDON) == said


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 25), "Friday 25 December 2026 is not a working day (Christmas Day)"),
        (date(2026, 10, 24), "Saturday 24 October 2026 is not a working day (a Saturday)"),
    ],
)
def test_a_deadline_on_a_day_off_is_warned_of(day: date, why: str) -> None:
    """With the working days beside it."""
    warning = deadline_warning(moment(day, FIVE, LONDON), LONDON)
    assert warning
    assert warning.startswith(why)
    assert "the working days beside it are" in warning


def test_a_deadline_on_a_working_day_needs_no_warning() -> None:
    """Friday 23 October 2026 is one."""
    assert deadline_warning(moment(date(2026, 10, 23), FIVE, LONDON), LONDON) is None


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("Europe/London", "5pm on Friday 11 December 2026"),
        ("Africa/Accra", "5pm on Friday 11 December 2026"),
        ("America/New_York", "5pm UK time (midday where you work) on Friday 11 December 2026"),
        ("Asia/Tokyo", "5pm UK time (2am on Saturday 12 December 2026 where you work) on Friday"),
    ],
)
def test_a_deadline_names_its_zone_to_whoever_has_another_clock(theirs: str, said: str) -> None:
    """Nobody whose clock shows the same hour is told anything of zones."""
    deadline = moment(date(2026, 12, 11), FIVE, LONDON)
    assert say_for(deadline, LONDON, theirs).startswith(said)


def test_a_zone_other_than_the_countrys_is_named_by_its_city() -> None:
    """As it is in a policy's sentences."""
    deadline = moment(date(2026, 12, 11), FIVE, "Europe/Dublin")
    assert say_for(deadline, "America/New_York", "Europe/Dublin").startswith("midday New York time")
