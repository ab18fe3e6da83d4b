"""When somebody works, as people write it, and as it is written back."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from ehsg_events.kernel import Refused
from ehsg_events.values.hours import (
    Before,
    Days,
    Hours,
    name_before,
    read_hours,
    say_before,
    say_hours,
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mon-Thu 09:00-15:00", "Mon-Thu 09:00-15:00"),
        ("mon-thu 9:00-15:00", "Mon-Thu 09:00-15:00"),
        ("Wed,Mon 08:30-12:00", "Mon,Wed 08:30-12:00"),
        ("Mon-Tue,Thu", "Mon,Tue,Thu 09:00-17:00"),
        ("10:00-16:00", "Mon-Fri 10:00-16:00"),
        ("Sat", "Sat 09:00-17:00"),
        ("Mon-Sun 18:00-24:00", "Mon-Sun 18:00-24:00"),
    ],
)
def test_hours_are_read_as_people_write_them_and_said_in_one_way(written: str, said: str) -> None:
    """What was said can be read again."""
    assert say_hours(read_hours(written)) == said
    assert read_hours(said) == read_hours(written)


@pytest.mark.parametrize(
    "written",
    [
        "", "now and then", "Mon-Foo", "Fri-Mon", "17:00-09:00", "09:00-09:00", "09:00",
        "24:00-24:00", "9-17", "25:00-26:00", "Mon 09:00-15:60", "Montag 09:00-15:00",
    ],
)  # fmt: skip
def test_what_is_no_time_to_work_is_refused_with_an_example(written: str) -> None:
    """It is not guessed what was meant."""
    with pytest.raises(Refused, match=r"Write it like Mon-Thu 09:00-15:00"):
        read_hours(written)


def test_quiet_days_hold_both_their_ends() -> None:
    """And one day may stand alone, as YAML reads it too."""
    week = Days.model_validate("2026-10-26 to 2026-10-30")
    assert [week.hold(date(2026, 10, day)) for day in (25, 26, 30, 31)] == [0, 1, 1, 0]
    assert Days.model_validate(date(2026, 10, 26)) == Days.model_validate("2026-10-26")


def test_quiet_days_in_the_wrong_order_are_refused() -> None:
    """The sentence says which to write first."""
    with pytest.raises(ValidationError, match="write the earlier day first"):
        Days.model_validate("2026-10-30 to 2026-10-26")


@pytest.mark.parametrize(
    ("written", "said", "name"),
    [
        (3, "3 working days", "3"),
        (1, "1 working day", "1"),
        ("2 hours", "2 hours", "2-hours"),
        ("1 hour", "1 hour", "1-hour"),
        ("90 minutes", "90 minutes", "90-minutes"),
        ("120 minutes", "2 hours", "2-hours"),
    ],
)
def test_how_long_before_is_read_said_and_named(written: object, said: str, name: str) -> None:
    """Working days are counted; hours are hours."""
    before: int | timedelta = TypeAdapter(Before).validate_python(written)
    assert (say_before(before), name_before(before)) == (said, name)


def test_a_time_outside_the_hours_becomes_their_beginning() -> None:
    """One inside them stays."""
    hours = Hours(start=time(10), end=time(0))
    assert [hours.nearest(time(hour)) for hour in (9, 10, 23)] == [time(10), time(10), time(23)]
