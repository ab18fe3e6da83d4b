"""The moment that somebody asks for: a position, the end of a day, or a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

DAY = len("2026-11-03")
NOT_YET = "That moment is still to come: this is how things stand now, and more may be recorded until then."


def until(text: str, zone: str) -> datetime:
    """The moment that a text means: the last one of a day, or a time.

    Args:
        zone: of the day, and of a time that names none.

    Raises:
        Refused: it is neither a day nor a time.
    """
    try:
        if len(text) == DAY:
            after = date.fromisoformat(text) + timedelta(days=1)
            midnight = datetime.combine(after, time(), ZoneInfo(zone)).astimezone(UTC)
            return midnight - timedelta(microseconds=1)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Refused(
            f"{text} is neither a log position nor a time. Write a position such as 127, a day "
            f"such as 2026-11-03, or a time such as 2026-11-03T17:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def hold(log: Log, as_of: str | None, zone: str, now: datetime) -> str | None:
    """Let a moment that is asked for by time show the same for ever; called before it is shown.

    Returns:
        What is to be said of the moment, if anything is: it comes twice, or is still to come.

    Raises:
        Refused: it is no moment.
    """
    if as_of is None or as_of.isdecimal():
        return None
    moment = until(as_of, zone)
    log.raise_watermark(moment, now)
    if moment > now:
        return NOT_YET
    typed = None if len(as_of) == DAY else datetime.fromisoformat(as_of)
    return calendar.wall_time_note(typed, zone) if typed and typed.tzinfo is None else None
