"""Focus: a round's text in Prefect's page says in words where it stands, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from support.area import CLOSES, FEEDBACK, ITEMS, PANEL, Area

from bots.interview import record
from ehsg_events.commands import planning, rounds
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from flows.page import Page, pages

OPEN = """# Sefton, round 1

Open until 5pm on Friday 23 October 2026.

## What comes next

- a reminder, 7 working days before the deadline: 10am on Wednesday 14 October 2026
- a reminder, 3 working days before the deadline: 10am on Tuesday 20 October 2026
- a reminder, 1 working day before the deadline: 10am on Thursday 22 October 2026
- the close: 5pm on Friday 23 October 2026

## Who has finished

| people asked in the agency | agencies | people | finished |
|---|---:|---:|---:|
| 1 | 2 | 2 | 0 |
| 2 to 4 | 1 | 2 | 0 |
"""


def page(area: Area) -> str:
    """The text of the newest round."""
    return pages(area.log, area.id)[-1].text


def test_a_page_says_where_a_round_stands_and_what_comes_next(asked: Area) -> None:
    """The whole text, under a key that says of which assessment and round it is."""
    assert pages(asked.log, asked.id) == [Page("round-00000000-1", OPEN)]


def test_who_has_finished_is_counted_and_not_named(asked: Area) -> None:
    """Agencies are told apart by their size alone."""
    for person in ("police-1", "school-1"):
        for item in ITEMS:
            stamp = asked.stamp(by=person, role="stakeholder")
            record.answer(asked.log, stamp, asked.id, person, item, "3", None)
    assert "| 1 | 2 | 2 | 1 |\n| 2 to 4 | 1 | 2 | 1 |\n" in page(asked)
    for secret in ("Police", "Schools", "Surname", "police-1"):
        assert secret not in page(asked)


def test_reminders_at_peoples_own_hours_are_one_line(log: Log) -> None:
    """However many zones people work in, the page stays short."""
    area = Area(log)
    police, *others = PANEL
    area.open((replace(police, zone="Asia/Tokyo"), *others))
    area.open_round()
    first = "from 2am on Tuesday 20 October 2026, at people's own hours"
    assert f"- a reminder, 3 working days before the deadline: {first}\n" in page(area)


def test_a_round_that_is_planned_has_a_page(area: Area) -> None:
    """When it opens, and until when."""
    planning.plan_opening(area.log, area.stamp(), area.id, FEEDBACK, FEEDBACK + timedelta(days=7))
    opens, until = "9am on Monday 26 October 2026", "9am on Monday 2 November 2026"
    assert page(area) == f"# Sefton, round 1\n\nOpens at {opens}, until {until}.\n"


def test_a_closed_round_keeps_its_page(asked: Area) -> None:
    """It says when it closed, while the page of the next one says what comes."""
    asked.answers("5.1", police_1="0", health_1="5", school_1="0", school_2="5")
    asked.advance(CLOSES)
    assert "the feedback round opens: 9am on Monday 26 October 2026" in page(asked)
    asked.advance(FEEDBACK)
    first, second = pages(asked.log, asked.id)
    assert "Closed at 5pm on Friday 23 October 2026." in first.text
    assert "comes next" not in first.text
    assert "the close: " in second.text


def test_moderation_that_is_done_is_no_longer_to_come(log: Log) -> None:
    """The signature is."""
    area = Area(log)
    area.open(terms=usual())
    area.open_round()
    for item in ITEMS:
        area.everyone(item, "3", "3", "3", "3")
    area.advance(CLOSES)
    assert "moderation is to be done" not in page(area)
    assert "sign-off is to be done" in page(area)


def test_a_paused_round_says_so_and_gives_no_reason(asked: Area) -> None:
    """The reason is the coordinator's own words, and sealed."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "Zuleika is ill")
    assert "Paused: nobody is reminded." in page(asked)
    assert "Zuleika" not in page(asked)
