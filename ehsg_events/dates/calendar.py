"""Working days, in England and in the whole country, and how a deadline is said.

The library `holidays` knows the bank holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ehsg_events.dates.written_days import in_figures
from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.days import DAY_NAMES, MONTHS
from ehsg_events.values.proclaimed import Proclaimed

if TYPE_CHECKING:
    from holidays import HolidayBase

KNOWN_FROM, KNOWN_UNTIL = date(2015, 1, 1), date(2028, 12, 31)  # bank holidays announced so far
Holidays = Sequence[Proclaimed]
UK = "Europe/London"
ENGLAND = "England"
PARTS = {ENGLAND: "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@cache
def _bank_holidays(part: str) -> HolidayBase:
    import holidays  # a large library, and most commands count no days

    years = range(KNOWN_FROM.year, KNOWN_UNTIL.year + 1)
    return holidays.country_holidays("GB", subdiv=PARTS[part], years=years)


def free_day(day: date, also: Holidays = ()) -> str | None:
    """Why a day is no working day: a bank holiday's name, Saturday or Sunday; none if it is one.

    Args:
        also: bank holidays that were proclaimed for once.

    Raises:
        Refused: the day is outside the years whose bank holidays are known.
    """
    return bank_holiday(day, also=also) or _weekend(day)


def _weekend(day: date) -> str | None:
    return "a " + day.strftime("%A") if day.weekday() >= 5 else None


def free_anywhere(day: date, also: Holidays = ()) -> str | None:
    """As `free_day`, but a bank holiday in any part of the country counts.

    Raises:
        Refused: the day is outside the years whose bank holidays are known.
    """
    return next(iter(bank_holidays(day, also).values()), None) or _weekend(day)


def bank_holidays(day: date, also: Holidays = ()) -> dict[str, str]:
    """The name of the bank holiday on a day, in each part of the country that has one.

    Raises:
        Refused: the day is outside the years whose bank holidays are known.
    """
    names = {part: bank_holiday(day, part, also) for part in PARTS}
    return {part: name for part, name in names.items() if name}


def bank_holiday(day: date, part: str = ENGLAND, also: Holidays = ()) -> str | None:
    """The name of the bank holiday on a day, if it is one.

    Raises:
        Refused: the day is outside the years whose bank holidays are known.
    """
    if not KNOWN_FROM <= day <= KNOWN_UNTIL:
        raise Refused(
            f"{say_day(day)} is outside the calendar: bank holidays are known from "
            f"{say_day(KNOWN_FROM)} to {say_day(KNOWN_UNTIL)}. Choose a day in between."
        )
    holiday: str | None = _bank_holidays(part).get(day)
    once = (proclaimed for proclaimed in also if proclaimed.day == day)
    return holiday or next((each.name for each in once if part in each.nations), None)


def working_days(
    start: date,
    count: int,
    also: Holidays = (),
    free: Callable[[date, Holidays], str | None] = free_day,
) -> date:
    """The day `count` working days after `start` (before it, when negative).

    The start day itself is not counted; `free` says on which days nobody works, of which `also` are
    bank holidays that were proclaimed for once.
    """
    day, step = start, timedelta(days=1 if count >= 0 else -1)
    for _each in range(abs(count)):
        day += step
        while free(day, also):
            day += step
    return day


def moment(day: date, at: time, zone: str) -> datetime:
    """A wall-clock time in a zone as UTC; a time that comes twice means the first of the two."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(when: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return when.astimezone(ZoneInfo(zone)).date()


def read_day(text: str) -> date:
    """Read `2026-12-11` or `11 December 2026`, a day from which working days can be counted.

    Raises:
        Refused: it is no day, or is outside the calendar.
    """
    day = read_any_day(text)
    free_day(day)
    return day


def read_any_day(text: str) -> date:
    """Read `2029-12-11` or `11 December 2029`, however far away it is.

    Raises:
        Refused: it is no day.
    """
    try:
        return date.fromisoformat(in_figures(text))
    except ValueError:
        raise Refused(f"{text} is not a day. Write it as 2026-12-11 or 11 December 2026.") from None


def read_deadline(text: str, zone: str, at: time) -> datetime:
    """Read `2026-12-11` or `2026-12-11 16:30` as a time in the zone; without a time it is `at`.

    The month may stand in words, as in `Friday 11 December 2026 16:30`.

    Raises:
        Refused: the text is no such time, names a time the clocks skip, or is outside the calendar.
    """
    text, typed = in_figures(text), text
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"{typed} is not a date. Write it as 2026-12-11, or 2026-12-11 16:30 with a time; the day "
            f"may be in words, as in 11 December 2026."
        ) from None
    free_day(wall.date())
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    meant = wall.time() if len(text) > len("2026-12-11") else at
    deadline = moment(wall.date(), meant, zone)
    if deadline.astimezone(ZoneInfo(zone)).time() != meant:
        raise Refused(
            f"{say_time(meant)} on {say_day(wall.date())} does not exist in {zone}: the clocks go "
            f"forward past it. Choose another time."
        )
    return deadline


def say_day(day: date) -> str:
    """A day in words: Friday 23 October 2026."""
    return f"{_(DAY_NAMES[day.weekday()])} {say_date(day)}"


def say_date(day: date) -> str:
    """A day in words without its weekday: 23 October 2026."""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def say(when: datetime, zone: str) -> str:
    """A moment in words: 5pm on Friday 23 October 2026; in an hour that comes twice, 1:30am GMT."""
    local = when.astimezone(ZoneInfo(zone))
    at = say_time(local.time())
    return _at(f"{at} {local:%Z}" if comes_twice(when, zone) else at, local.date())


def say_wall(local: datetime) -> str:
    """A time and day as a clock shows them, in words; its zone is said beside it."""
    return _at(say_time(local.time()), local.date())


def _at(time: str, day: date) -> str:
    return _("{time} on {day}", time=time, day=say_day(day))


def say_for(when: datetime, zone: str, theirs: str) -> str:
    """A moment in the words of a zone, and what the clock of somebody elsewhere says then."""
    local, there = when.astimezone(ZoneInfo(zone)), when.astimezone(ZoneInfo(theirs))
    if local.replace(tzinfo=None) == there.replace(tzinfo=None):
        return say(when, zone)
    city = zone.rpartition("/")[2].replace("_", " ")
    named = _("UK time") if zone == UK else _("{city} time", city=city)
    at = say_time(there.time())
    beside = at if local.date() == there.date() else _at(at, there.date())
    said = _(
        "{time} {named} ({beside} where you work)",
        time=say_time(local.time()),
        named=named,
        beside=beside,
    )
    return _at(said, local.date())


def say_time(at: time) -> str:
    """A time of day in words: 5pm, 9:30am, midday."""
    if at == time(12):
        return _("midday")  # 12pm is read either way
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def deadline_warning(deadline: datetime, zone: str, also: Holidays = ()) -> str | None:
    """A warning if nobody works on the day of a deadline, or if its hour comes twice."""
    warnings = (_day_off(local_day(deadline, zone), also), _twice(deadline, zone))
    return " ".join(sentence for sentence in warnings if sentence) or None


def _day_off(day: date, also: Holidays) -> str | None:
    free = free_day(day, also)
    if free is None:
        return None
    before, after = working_days(day, -1, also), working_days(day, 1, also)
    return (
        f"{say_day(day)} is not a working day ({free}). People will answer later than you hope; "
        f"the working days beside it are {say_day(before)} and {say_day(after)}."
    )


def comes_twice(when: datetime, zone: str) -> bool:
    """Whether the clocks of a zone show the time of a moment twice, because they go back."""
    local = when.astimezone(ZoneInfo(zone))
    other = local.replace(fold=1 - local.fold)
    return local.utcoffset() != other.utcoffset() and _exists(local) and _exists(other)


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(fold=0) == local.replace(fold=0)


def _twice(when: datetime, zone: str) -> str | None:
    if not comes_twice(when, zone):
        return None
    local = when.astimezone(ZoneInfo(zone))
    which = "second" if local.fold else "first"
    return f"{say_wall(local)} comes twice, because the clocks go back: the {which} is meant."


def wall_time_note(wall: datetime, zone: str) -> str | None:
    """What is to be said of a time without a zone that the clocks of a zone show twice, or never."""
    local = wall.replace(tzinfo=ZoneInfo(zone))
    if not _exists(local):
        return (
            f"{say_time(wall.time())} on {say_day(wall.date())} does not exist in {zone}, because "
            f"the clocks go forward: {say(local.astimezone(UTC), zone)} is meant."
        )
    if not comes_twice(local, zone):
        return None
    times = [local.replace(fold=fold).isoformat(timespec="minutes") for fold in (0, 1)]
    return f"{_twice(local, zone)} The first is {times[0]}, the second {times[1]}."
