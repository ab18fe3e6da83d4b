"""The machine: its disk, its clock, and what it knows of time."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.cli.doctor.line import Line, right, wrong
from ehsg_events.dates.calendar import KNOWN_UNTIL, UK, say_day

LEAST_FREE = 500_000_000  # bytes
BY_THE_LOG = 3  # times the log's own size: a backup, a base, and what is still to come
AHEAD = timedelta(minutes=2)  # by which the newest fact may be ahead of this clock
IN_TIME = timedelta(days=365)  # the calendar reaches at least so far ahead
SUMMER = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("UTC"))


def disk(folder: Path, log_size: int) -> Line:
    """Whether there is room for what is still to come."""
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_FREE, BY_THE_LOG * log_size)
    said = f"{free / 1e9:.1f} GB free at {folder}"
    if free < needed:
        return wrong(
            "disk", f"{said}, and {needed / 1e9:.1f} are needed. Make room, or `ehsg move`."
        )
    return right("disk", f"{said}.")


def clock(now: datetime, newest: datetime | None) -> Line:
    """Whether this clock is at or after the newest fact, and so not behind."""
    if newest is not None and newest > now + AHEAD:
        return wrong(
            "clock",
            f"It says {now:%Y-%m-%d %H:%M} UTC, and the newest fact is of {newest:%Y-%m-%d %H:%M}. "
            f"One of two clocks was wrong. Set this one by the network: timedatectl set-ntp true",
        )
    after = f", after the newest fact ({newest:%Y-%m-%d %H:%M})" if newest else ""
    return right("clock", f"It says {now:%Y-%m-%d %H:%M} UTC{after}.")


def time_zones(zone: str = UK) -> Line:
    """Whether times in the country can be said."""
    try:
        summer = SUMMER.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        summer = None
    if summer != timedelta(hours=1):
        return wrong(
            "time zones",
            f"This machine does not know {zone}. Install the time zone data: apt install tzdata",
        )
    return right("time zones", f"{zone} is known, with its summer time.")


def bank_holidays(now: datetime, until: datetime | None = None) -> Line:
    """Whether the working days of the coming year are known."""
    known = until.date() if until else KNOWN_UNTIL
    said = f"Known until {say_day(known)}"
    if known < (now + IN_TIME).date():
        return wrong(
            "bank holidays",
            f"{said}. Rounds that end later are refused. Install a newer version.",
        )
    return right("bank holidays", f"{said}.")
