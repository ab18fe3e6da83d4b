"""A time as an entry for a calendar: one that asks nobody to accept and blocks nobody's day.

Times are in UTC, without any zone's rules: those are read an hour wrong in winter by some.
"""

from __future__ import annotations

from datetime import UTC

from icalendar import Calendar, Event

from bots.mail.letter import Entry
from bots.mail.plain import lines, one_line

PRODUCT = "-//ehsg//early help self-assessment//EN"


def method(entry: Entry) -> str:
    """What a calendar is to do with an entry."""
    return "CANCEL" if entry.cancelled else "PUBLISH"


def calendar(entry: Entry) -> bytes:
    """An entry as a file, the same bytes for the same entry."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", method(entry))
    whole.add_component(_event(entry))
    written: bytes = whole.to_ical()
    return written


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(entry.id))
    event.add("sequence", entry.edition)
    event.add("dtstamp", entry.written.astimezone(UTC))
    event.add("dtstart", entry.begins.astimezone(UTC))
    event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", one_line(entry.title))
    event.add("description", "\n".join(lines(entry.says)))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
