"""A time as somebody says it: "on Thursday at 2", "tomorrow", "in two days". Pure.

What can be read in two ways is read as a working day has it; whoever said it is told what was
understood.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.language.days import DAY_NAMES, MONTHS

WITHOUT_HOUR = time(9)
PARTS = {"morning": time(9), "midday": time(12), "noon": time(12), "afternoon": time(14)}
AFTERNOON = range(1, 7)  # hours that are in the afternoon when nobody says which half of the day
NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SHORTEST = 3  # letters by which a day or a month is known
CLOCK = re.compile(
    r"\bat (\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?(?= |$)"
    r"|\b(\d{1,2})[:.](\d\d)\s*(am|pm)?(?= |$)"
    r"|\b(\d{1,2})()\s*(am|pm)(?= |$)"
)
PART = re.compile(rf"\b(?:(?:in the|at) )?({'|'.join(PARTS)})\b")
SPAN = re.compile(r"in (an?|\w+) (minute|hour|day|week)s?")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def read_time(said: str, now: datetime, zone: str) -> datetime | None:
    """The moment that words name in a zone, in whole minutes; none when they name none.

    Without an hour it is nine in the morning. The moment may have passed.
    """
    plain = " ".join(said.lower().replace(",", " ").split())
    span = SPAN.fullmatch(plain)
    if span and span[2] in ("minute", "hour"):
        count = _count(span[1])
        later = now + timedelta(**{f"{span[2]}s": count}) if count else None
        return later and later.astimezone(UTC).replace(second=0, microsecond=0)
    rest, at, is_clear = _without_hour(plain)
    if not is_clear:
        return None
    local = now.astimezone(ZoneInfo(zone))
    day = _day(rest, local, at)
    if day is None or (not rest and at is None):
        return None
    return calendar.moment(day, at or WITHOUT_HOUR, zone)


def _without_hour(plain: str) -> tuple[str, time | None, bool]:
    """The words without the hour in them, the hour if they name one, and whether it is one."""
    clock = CLOCK.search(plain)
    part = None if clock else PART.search(plain)
    named = clock or part
    rest = f"{plain[: named.start()]} {plain[named.end() :]}" if named else plain
    rest = re.sub(r"^(on|this)( the)? ", "", " ".join(rest.split()) + " ").strip()
    if clock is None:
        return rest, PARTS[part[1]] if part else None, True
    hour, minute, half = next(
        clock.group(n, n + 1, n + 2) for n in (1, 4, 7) if clock[n] is not None
    )
    at = _hour(int(hour), int(minute or 0), half)
    return rest, at, at is not None


def _hour(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour in AFTERNOON:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(rest: str, local: datetime, at: time | None) -> date | None:
    """The day that is named, none when none is known by that name."""
    today = local.date()
    named = {
        "": today,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "the day after tomorrow": today + timedelta(days=2),
        "day after tomorrow": today + timedelta(days=2),
        "next week": today + timedelta(days=7 - today.weekday()),
    }
    if rest in named:
        return named[rest]
    span = SPAN.fullmatch(rest)
    if span:
        count, days = _count(span[1]), 7 if span[2] == "week" else 1
        return today + timedelta(days=days * count) if count else None
    return _weekday(rest.removeprefix("next "), local, at) or _of_the_year(rest, today)


def _count(word: str) -> int | None:
    """A small number in words or digits."""
    if word == "an":
        return 1
    if word in NUMBERS:
        return max(1, NUMBERS.index(word))
    return int(word) if word.isdigit() and 0 < int(word) <= 366 else None


def _weekday(rest: str, local: datetime, at: time | None) -> date | None:
    """The next such day; today only for an hour that is still to come."""
    which = _known(rest, [name.lower() for name in DAY_NAMES])
    if which is None:
        return None
    ahead = (which - local.weekday()) % 7
    is_today = at is not None and local.time() < at
    return local.date() + timedelta(days=ahead if ahead or is_today else 7)


def _known(word: str, names: list[str]) -> int | None:
    """Which of some names a word is, or begins."""
    fits = [n for n, name in enumerate(names) if len(word) >= SHORTEST and name.startswith(word)]
    return fits[0] if fits else None


def _of_the_year(rest: str, today: date) -> date | None:
    """A day of a month, in the year that is said, else the next time it comes."""
    try:
        return date.fromisoformat(rest)
    except ValueError:
        pass
    if match := DAY_MONTH.fullmatch(rest):
        day, month, year = match.groups()
    elif match := MONTH_DAY.fullmatch(rest):
        month, day, year = match.groups()
    elif match := NUMERIC.fullmatch(rest):
        day, number, year = match.groups()
        month = MONTHS[int(number) - 1].lower() if 1 <= int(number) <= len(MONTHS) else ""
    else:
        return None
    which = _known(month, [name.lower() for name in MONTHS])
    return None if which is None else _in_year(int(day), which + 1, year, today)


def _in_year(day: int, month: int, year: str | None, today: date) -> date | None:
    years = [int(year)] if year else [today.year, today.year + 1]
    for each in years:
        try:
            named = date(each, month, day)
        except ValueError:
            continue
        if year or named >= today:
            return named
    return None
