"""Information requests: by when they must be answered.

Section 10 of the Freedom of Information Act 2000 gives twenty working days after the day of
receipt; a bank holiday in any part of the United Kingdom is no working day (section 10(6)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ehsg_events.dates import calendar

DAYS = 20


class Holiday(NamedTuple):
    """A weekday on which nobody works; `names` is what it is called in each part that has it."""

    day: date
    names: Mapping[str, str]

    @property
    def said(self) -> str:
        """In words; a holiday of only some parts of the country names these parts."""
        name, (*parts, last) = next(iter(self.names.values())), self.names
        some = f"{', '.join(parts)} and {last}" if parts else last
        where = "" if len(self.names) == len(calendar.PARTS) else f", in {some}"
        return f"{calendar.say_day(self.day)} ({name}{where})"


class Due(NamedTuple):
    """When a request was received, by when it must be answered, and the holidays in between."""

    received: date
    answer_by: date
    holidays: tuple[Holiday, ...]

    def sentences(self) -> Iterator[str]:
        """In words, for whoever has to answer."""
        yield (
            f"A request received on {calendar.say_day(self.received)} is to be answered by "
            f"{calendar.say_day(self.answer_by)}: that is the {DAYS}th working day after it."
        )
        if self.holidays:
            yield "Not counted, besides weekends: " + "; ".join(h.said for h in self.holidays) + "."


def due(received: date, also: calendar.Holidays = ()) -> Due:
    """By when a request received on a day must be answered.

    Args:
        also: bank holidays that were proclaimed for once.

    Raises:
        Refused: the day, or the end, is outside the years whose bank holidays are known.
    """
    calendar.free_day(received)
    end = calendar.working_days(received, DAYS, also, calendar.free_anywhere)
    return Due(received, end, tuple(_holidays(received, end, also)))


def _holidays(first: date, last: date, also: calendar.Holidays) -> Iterator[Holiday]:
    """The weekdays between two days that are a bank holiday somewhere."""
    for number in range(1, (last - first).days):
        day = first + timedelta(days=number)
        names = calendar.bank_holidays(day, also)
        if names and day.weekday() < 5:
            yield Holiday(day, names)
