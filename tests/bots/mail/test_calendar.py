"""A time for a calendar: right in winter and in summer, whoever reads it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from support.mail.letters import AT, DEADLINE, ENTRY

from bots.mail.calendar import calendar
from bots.mail.letter import Entry

LONDON = ZoneInfo("Europe/London")
DAYS = {
    "winter": (datetime(2026, 12, 11, 17, tzinfo=LONDON), "20261211T170000Z"),
    "summer": (datetime(2027, 7, 2, 17, tzinfo=LONDON), "20270702T160000Z"),
}


def fields(entry: Entry) -> dict[str, str]:
    """The lines of a file, read by hand: unfolded as RFC 5545 says, each name with its value."""
    unfolded = calendar(entry).decode().replace("\r\n ", "")
    pairs = [line.split(":", 1) for line in unfolded.strip().split("\r\n")]
    return {name: value for name, value in pairs if name not in ("BEGIN", "END")}


def until(ends: datetime) -> Entry:
    """An entry for a deadline."""
    return ENTRY._replace(begins=ends - timedelta(minutes=15), ends=ends)


@pytest.mark.parametrize("season", DAYS)
def test_five_in_london_is_five_in_london(season: str) -> None:
    """It is written in UTC, and without a zone's rules, which some read an hour wrong."""
    ends, written = DAYS[season]
    found = fields(until(ends))
    assert found["DTEND"] == written
    assert "TZID" not in calendar(until(ends)).decode()
    assert b"VTIMEZONE" not in calendar(until(ends))
    (event,) = Calendar.from_ical(calendar(until(ends))).walk("VEVENT")
    begins, ended = event.decoded("DTSTART"), event.decoded("DTEND")
    assert ended.astimezone(LONDON) == ends
    assert ended - begins == timedelta(minutes=15)


def test_an_entry_says_which_edition_of_which_it_is_and_when_it_was_decided() -> None:
    """So that a newer one takes its place; nobody's day is blocked, and nobody is to accept it."""
    found = fields(ENTRY)
    assert found["UID"] == str(ENTRY.id)
    assert (found["SEQUENCE"], found["DTSTAMP"]) == ("2", "20261127T090000Z")
    assert (found["METHOD"], found["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["DESCRIPTION"] == (
        r"By 5pm on Friday 11 December 2026.\nYour link is in the letter."
    )
    assert not {"ORGANIZER", "ATTENDEE"} & set(found)


def test_an_entry_that_no_longer_stands_is_taken_out_again() -> None:
    """Under the id under which it was put in."""
    found = fields(ENTRY._replace(cancelled=True, edition=3))
    assert (found["METHOD"], found["STATUS"], found["UID"]) == (
        "CANCEL",
        "CANCELLED",
        str(ENTRY.id),
    )


def test_the_same_entry_is_the_same_to_the_byte() -> None:
    """Nothing in it is the moment of writing."""
    assert calendar(ENTRY) == calendar(until(DEADLINE)._replace(written=AT))


@given(title=st.text(), says=st.text())
def test_whatever_it_says_no_line_of_it_is_another_field(title: str, says: str) -> None:
    """Commas, breaks and letters of any alphabet come back as they were."""
    content = calendar(ENTRY._replace(title=title, says=says))
    assert {line.split(b":")[0].split(b";")[0] for line in re.split(rb"\r\n(?! )", content)} == {
        *(b"BEGIN", b"END", b"VERSION", b"PRODID", b"METHOD", b"UID", b"SEQUENCE", b"DTSTAMP"),
        *(b"DTSTART", b"DTEND", b"SUMMARY", b"DESCRIPTION", b"STATUS", b"TRANSP", b""),
    }
    assert max(map(len, content.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    if title.isprintable():
        assert str(event["SUMMARY"]) == " ".join(title.split())
