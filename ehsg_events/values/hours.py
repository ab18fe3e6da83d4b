"""When somebody works, and spans before a deadline, read from the way people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ehsg_events.kernel import Frozen, Refused
from ehsg_events.language.catalogue import counting, ngettext

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNITS = {"hour": 3600, "minute": 60, "second": 1}
SPANS = {
    "hour": counting("{number} hour", "{number} hours"),
    "minute": counting("{number} minute", "{number} minutes"),
    "second": counting("{number} second", "{number} seconds"),
}
WORKING_DAYS = counting("{number} working day", "{number} working days")
AHEAD = re.compile(r"(\d{1,4}) (hour|minute|second)s?")
WORKS = re.compile(
    r"(?:(?P<days>[A-Za-z]{3}(?:[-,][A-Za-z]{3})*) ?)?"
    r"(?:(?P<start>\d{1,2}:\d\d)-(?P<end>\d{1,2}:\d\d))?"
)
Day = Annotated[int, Field(ge=0, le=6)]


def _on_a_clock(at: time) -> time:
    if at.tzinfo is not None:  # YAML reads a bare 17:00 as a number, which becomes one in UTC
        raise ValueError('write a time in quotes and without a zone, like "17:00"')
    return at


TimeOfDay = Annotated[time, AfterValidator(_on_a_clock)]


class Hours(Frozen):
    """The days of the week on which somebody works, Monday being 0, and from when until when.

    An `end` of midnight is the end of the day. The zone is that of whoever the hours are of.
    """

    days: Annotated[tuple[Day, ...], Field(min_length=1)] = (0, 1, 2, 3, 4)
    start: TimeOfDay = time(9)
    end: TimeOfDay = time(17)

    def hold(self, when: datetime, zone: str) -> bool:
        """Whether a moment falls within these hours; holidays are not considered."""
        local = when.astimezone(ZoneInfo(zone))
        before_end = self.end == time(0) or local.time() < self.end
        return local.weekday() in self.days and self.start <= local.time() and before_end

    def nearest(self, at: time) -> time:
        """`at` if it lies within these hours, else their start."""
        return at if self.start <= at and (self.end == time(0) or at < self.end) else self.start


class Days(Frozen):
    """Days on which nobody is chased, both ends included: `2026-10-26 to 2026-10-30`."""

    first: date
    last: date

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        if isinstance(given, str | date):
            first, _, last = str(given).partition(" to ")
            return {"first": first.strip(), "last": (last or first).strip()}
        return given

    @model_validator(mode="after")
    def _in_order(self) -> Days:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}: write the earlier day first")
        return self

    def hold(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day <= self.last


def _read_ahead(given: Any) -> Any:
    """Read `2 hours` as a span; anything else passes unchanged, for pydantic to read."""
    match = AHEAD.fullmatch(given.strip()) if isinstance(given, str) else None
    return timedelta(seconds=int(match[1]) * UNITS[match[2]]) if match else given


Before = Annotated[int | timedelta, BeforeValidator(_read_ahead)]  # working days, or a span


def say_before(before: int | timedelta) -> str:
    """How long before a deadline, in words: 3 working days, 2 hours."""
    one, many, number = _counted(before)
    return ngettext(one, many, number)


def _counted(before: int | timedelta) -> tuple[str, str, int]:
    """A span as a number of the largest unit that it is whole in."""
    if isinstance(before, int):
        return *WORKING_DAYS, before
    seconds = int(before.total_seconds())
    unit, size = next((unit, size) for unit, size in UNITS.items() if seconds % size == 0)
    return *SPANS[unit], seconds // size


def name_before(before: int | timedelta) -> str:
    """How long before a deadline, as it stands in the name of a milestone: 3, 2-hours."""
    if isinstance(before, int):
        return str(before)
    one, many, number = _counted(before)
    return (one if number == 1 else many).format(number=number).replace(" ", "-")


def read_zone(text: str) -> str:
    """Read the name of a time zone, such as `Europe/London`.

    Raises:
        Refused: there is no such zone.
    """
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(f"no time zone is {text}: write it like Europe/London") from None


def read_hours(text: str) -> Hours:
    """Read `Mon-Thu 09:00-15:00`, only the days, or only the times.

    Raises:
        Refused: the text has another form, names an unknown day or time, or spans no time.
    """
    match = WORKS.fullmatch(text.strip()) if text.strip() else None
    try:
        hours = _hours(match) if match else None
    except ValueError:
        hours = None
    if hours is None or hours.start >= hours.end != time(0):
        raise Refused(
            f"{text} is not a time when somebody works. Write it like Mon-Thu 09:00-15:00, "
            f"Mon,Wed 08:30-12:00, or 10:00-16:00."
        )
    return hours


def _hours(match: re.Match[str]) -> Hours:
    usual = Hours()
    return Hours(
        days=_read_days(match["days"]) if match["days"] else usual.days,
        start=_read_time(match["start"]) if match["start"] else usual.start,
        end=_read_end(match["end"]) if match["end"] else usual.end,
    )


def say_hours(hours: Hours) -> str:
    """Hours as they are written: Mon-Thu 09:00-15:00."""
    days = list(hours.days)
    whole = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    named = f"{DAYS[days[0]]}-{DAYS[days[-1]]}" if whole else ",".join(DAYS[day] for day in days)
    end = "24:00" if hours.end == time(0) else f"{hours.end:%H:%M}"
    return f"{named} {hours.start:%H:%M}-{end}"


def _read_days(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in text.title().split(","):
        first, _, last = part.partition("-")
        a, b = DAYS.index(first), DAYS.index(last or first)
        if a > b:
            raise ValueError(text)
        days |= set(range(a, b + 1))
    return tuple(sorted(days))


def _read_time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)


def _read_end(text: str) -> time:
    return time(0) if text == "24:00" else _read_time(text)
