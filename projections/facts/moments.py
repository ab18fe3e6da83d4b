"""The moment that somebody asks for: a position, the end of a day, or a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import RoundClosed, RoundOpened, RoundReopened
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

OPENING_AND_CLOSING = (RoundOpened.TOPIC, RoundReopened.TOPIC, RoundClosed.TOPIC)
LONGEST_NUMBER = 19  # digits; no log has more facts
BEYOND_ALL = 2**63 - 1  # beyond every position
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = len("2026-11-03")
NOT_YET = "That moment is still to come: this is how things stand now, and more may be recorded until then."
UNPLACED = (
    "Position {asked} is not told while a round takes answers: how facts lie on the log from position "
    "{first} on would tell a score from a don't know. Ask for an earlier position, or for a day or a "
    "time such as 2026-11-03 17:00; or leave the moment empty to see how things stand now."
)


class Place(NamedTuple):
    """Where a fact stands on the log, and when it was recorded, in microseconds since 1970 began."""

    position: int
    at: int


def unplaced_from(log: Log, upto: int | None = None) -> int | None:
    """The position from which on none is told, or taken: where a round was opened that is open.

    Of what is said in an open round only a part is shown. Where the rest lies, or how much it is,
    would tell a score, after which more is asked, from a "don't know". All assessments of a log share
    its positions, so it is the first open round of any of them.

    Args:
        upto: as of which position a round is open; as of now when none is given.
    """
    opened: dict[object, int] = {}
    for position, round, topic in log.store.where(OPENING_AND_CLOSING, upto):
        opened.pop(round, None)  # each round is a stream
        if topic != RoundClosed.TOPIC:
            opened[round] = position
    return min(opened.values(), default=None)


def refuse_unless_placed(log: Log, position: int) -> None:
    """Refuse a position of the log that is not told, or that there is none of.

    Raises:
        Refused: it is none that may be asked for.
    """
    first, newest = unplaced_from(log), log.store.last_position()
    if first is not None and position >= first:
        raise Refused(UNPLACED.format(asked=position, first=first))
    if position > newest:
        raise Refused(
            f"The log ends at position {newest}, so it has no position {position}. "
            f"Leave the moment empty to see how things stand now."
        )


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


def microseconds(at: datetime) -> int:
    """A time as DuckDB counts it: since 1970 began."""
    return (at - BEGINNING) // MICROSECOND


def position_at(places: Sequence[Place], log: Log, as_of: str, zone: str) -> int:
    """The position of the last fact at or before a moment.

    Facts recorded at one moment are never split: a round is closed, measured and settled at once,
    and nobody ever saw it half done.

    Args:
        places: where and when every fact of the assessment was recorded, in the log's order.

    Raises:
        Refused: there is nothing yet at that moment, or it is none.
    """
    if as_of.isdecimal() and len(as_of) < LONGEST_NUMBER:
        refuse_unless_placed(log, int(as_of))
        upto = [at for position, at in places if position <= int(as_of)][-1:]
        later = (position for position, at in places if position > int(as_of) and [at] != upto)
        beyond = next(later, BEYOND_ALL)
        before = [position for position, _ in places if position < beyond]
    else:
        until_then = microseconds(until(as_of, zone))
        before = [position for position, at in places if at <= until_then]
    if not before:
        opened = BEGINNING + places[0].at * MICROSECOND
        raise Refused(
            f"This assessment was opened at {calendar.say(opened, zone)}, so there is nothing "
            f"to show as of {as_of}. Ask for a later time or position."
        )
    return before[-1]
