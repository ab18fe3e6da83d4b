"""When a person may be chased, and when each of a round's reminders falls due for them. Pure.

A reminder goes at the policy's hour in the person's own zone, on a day on which they work: not on
a bank holiday, a quiet day or a weekday they have off. A late reminder waits for such a moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.days import DAY_NAMES
from ehsg_events.values.hours import Before, Hours
from ehsg_events.values.policy import Policy

FAR = 60  # how many days back to look for one on which a person works


class Worktime(NamedTuple):
    """The hours somebody works, and the zone they work in."""

    hours: Hours
    zone: str


def worktime(policy: Policy, hours: Hours | None = None, zone: str | None = None) -> Worktime:
    """A person's own hours and zone; the policy's where they have none."""
    return Worktime(hours or policy.hours, zone or policy.zone)


def say_worktime(theirs: Worktime) -> str:
    """When somebody works, in words: Monday to Friday, 9am to 5pm London time."""
    days = [_(DAY_NAMES[day]) for day in theirs.hours.days]
    whole = len(days) > 2 and theirs.hours.days[-1] - theirs.hours.days[0] == len(days) - 1
    *some, last = days
    listed = _("{others} and {last}", others=", ".join(some), last=last) if some else last
    named = _("{first} to {last}", first=days[0], last=last) if whole else listed
    start, ends = calendar.say_time(theirs.hours.start), theirs.hours.end
    end = _("midnight") if ends == time(0) else calendar.say_time(ends)
    city = theirs.zone.rpartition("/")[2].replace("_", " ")
    return _("{days}, {start} to {end} {city} time", days=named, start=start, end=end, city=city)


def may_chase(policy: Policy, theirs: Worktime, now: datetime) -> bool:
    """Whether somebody may be written to unasked at a time."""
    day = calendar.local_day(now, theirs.zone)
    return theirs.hours.hold(now, theirs.zone) and _is_theirs(policy, theirs, day)


def next_chance(policy: Policy, theirs: Worktime, now: datetime) -> datetime:
    """The next time at which somebody may be written to unasked; a day on, if none is known."""
    if may_chase(policy, theirs, now):
        return now
    day = calendar.local_day(now, theirs.zone)
    for _each in range(FAR):
        for at in (time(0), theirs.hours.start):
            begins = calendar.moment(day, at, theirs.zone)
            if begins > now and may_chase(policy, theirs, begins):
                return begins
        day += timedelta(days=1)
    return now + timedelta(days=1)


def next_day(policy: Policy, day: date) -> date:
    """The first working day after `day` on which people may be written to unasked.

    Raises:
        Refused: the calendar does not know one.
    """
    candidate = calendar.working_days(day, 1, policy.proclaimed)
    while not _is_theirs(policy, worktime(policy), candidate):
        candidate = calendar.working_days(candidate, 1, policy.proclaimed)
    return candidate


def due(
    policy: Policy, theirs: Worktime, deadline: datetime, before: int | timedelta
) -> datetime | None:
    """When something planned so long before a deadline falls due for one person.

    None if they work on no day before it.
    """
    if isinstance(before, timedelta):
        at = deadline - before
        return at if may_chase(policy, theirs, at) else _last_chance(policy, theirs, at)
    day = calendar.local_day(deadline, policy.zone)
    for _each in range(before):
        day = _before(day)
        while _is_known(day) and (
            calendar.free_day(day, policy.proclaimed) or _is_quiet(policy, day)
        ):
            day = _before(day)
    return _on_or_before(policy, theirs, day)


def _last_chance(policy: Policy, theirs: Worktime, at: datetime) -> datetime | None:
    """The latest moment for a reminder that is not after `at`."""
    day = calendar.local_day(at, theirs.zone)
    last = _on_or_before(policy, theirs, day)
    return last if last is None or last <= at else _on_or_before(policy, theirs, _before(day))


def _on_or_before(policy: Policy, theirs: Worktime, day: date) -> datetime | None:
    for _each in range(FAR):
        if _is_theirs(policy, theirs, day):
            return calendar.moment(day, theirs.hours.nearest(policy.reminders_at), theirs.zone)
        day = _before(day)
    return None


def _is_theirs(policy: Policy, theirs: Worktime, day: date) -> bool:
    if day.weekday() not in theirs.hours.days or not _is_known(day):
        return False
    holiday = calendar.bank_holiday(day, also=policy.proclaimed)
    return not (holiday or _is_quiet(policy, day))


def _is_known(day: date) -> bool:
    """Whether a day lies in the years whose bank holidays are known."""
    return calendar.KNOWN_FROM <= day <= calendar.KNOWN_UNTIL


def _is_quiet(policy: Policy, day: date) -> bool:
    return any(days.hold(day) for days in policy.quiet)


def _before(day: date) -> date:
    return day - timedelta(days=1)


def sooner(reminders: Sequence[Before]) -> list[Before]:
    """Spans before a deadline in the order they fall due: working days, then hours."""
    days = sorted((before for before in reminders if isinstance(before, int)), reverse=True)
    spans = sorted((before for before in reminders if isinstance(before, timedelta)), reverse=True)
    return [*days, *spans]
