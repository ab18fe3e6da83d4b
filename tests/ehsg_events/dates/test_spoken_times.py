"""A time as somebody says it is the time they mean, or none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ehsg_events.dates import calendar
from ehsg_events.dates.spoken_times import read_time

LONDON, PARIS = "Europe/London", "Europe/Paris"
MONDAY = datetime(2026, 11, 30, 10, 20, 35, tzinfo=UTC)  # in London the clock says the same


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("on thursday at 2", "2pm on Thursday 3 December 2026"),
        ("on Thursday at 2pm", "2pm on Thursday 3 December 2026"),
        ("thursday", "9am on Thursday 3 December 2026"),
        ("next thu at 10:15", "10:15am on Thursday 3 December 2026"),
        ("on Thursday afternoon", "2pm on Thursday 3 December 2026"),
        ("tomorrow", "9am on Tuesday 1 December 2026"),
        ("tomorrow at 8", "8am on Tuesday 1 December 2026"),
        ("tomorrow at noon", "midday on Tuesday 1 December 2026"),
        ("on 3 December", "9am on Thursday 3 December 2026"),
        ("on the 3rd of December at 4.30", "4:30pm on Thursday 3 December 2026"),
        ("on December 3 at 16:30", "4:30pm on Thursday 3 December 2026"),
        ("on 3/12", "9am on Thursday 3 December 2026"),
        ("on 2026-12-03", "9am on Thursday 3 December 2026"),
        ("on 3 January", "9am on Sunday 3 January 2027"),
        ("in two days", "9am on Wednesday 2 December 2026"),
        ("in 2 days at 11am", "11am on Wednesday 2 December 2026"),
        ("in a week", "9am on Monday 7 December 2026"),
        ("next week", "9am on Monday 7 December 2026"),
        ("in an hour", "11:20am on Monday 30 November 2026"),
        ("at 14:30", "2:30pm on Monday 30 November 2026"),
        ("today at 5", "5pm on Monday 30 November 2026"),
        ("at 9", "9am on Monday 30 November 2026"),  # it has passed, which whoever asks is told
        ("on monday at 2", "2pm on Monday 30 November 2026"),  # that is still to come
        ("on monday at 9", "9am on Monday 7 December 2026"),
        ("on monday", "9am on Monday 7 December 2026"),
    ],
)
def test_a_time_that_is_said_is_the_next_such_time(said: str, meant: str) -> None:
    """An hour alone is one of a working day; without an hour it is nine in the morning."""
    at = read_time(said, MONDAY, LONDON)
    assert at is not None
    assert calendar.say(at, LONDON) == meant
    assert (at.second, at.microsecond) == (0, 0)


@pytest.mark.parametrize(
    "said",
    ["", "later", "soon", "on 31 February", "at 25", "at 13pm", "on thirstday", "in no days",
     "in 0 days", "in 999 days", "on 3/13", "on 3 dec 2026 please do", "at 2:75", "why we meet"],
)  # fmt: skip
def test_what_names_no_time_is_none(said: str) -> None:
    """Nothing is guessed."""
    assert read_time(said, MONDAY, LONDON) is None


def test_the_time_is_one_of_the_persons_own_zone() -> None:
    """Two in Paris is one in London; a day begins there an hour sooner."""
    assert read_time("on thursday at 2", MONDAY, PARIS) == datetime(2026, 12, 3, 13, tzinfo=UTC)
    night = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert read_time("tomorrow", night, PARIS) == datetime(2026, 12, 2, 8, tzinfo=UTC)
