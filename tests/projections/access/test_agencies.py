"""An agency is named beside words only where its name leaves three people or more to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.story.story import Story, member

from projections.access.agencies import Agencies, named, parties
from projections.report.model import Entry
from projections.report.report import report
from projections.tables.report import report_book

PANEL = [
    *(member(f"police-{n}", "Police", ["6.1"]) for n in range(3)),
    member("police-3", "Police", ["5.1"]),
    *(member(f"health-{n}", "Health", ["5.1", "6.1"]) for n in range(3)),
    *(member(f"school-{n}", f"School {n}", ["6.1"]) for n in range(3)),
]


@pytest.fixture(params=["3", "dont-know"])
def story(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Story]:
    """Everybody answered what they were asked, and one of the police wrote under each item.

    What one of the police answered changes no name in any test: a name that hung on it would tell.
    """
    with Story(tmp_path) as told:
        told.opened(PANEL).round_opened()
        for person in PANEL:
            for item in person.items:
                told.answered(person.id, item, "3")
        told.answered("police-1", "6.1", request.param)
        told.noted("police-3", "5.1", "working-well", "Officers are never told")
        told.noted("police-0", "6.1", "working-well", "We train together")
        told.noted("school-0", "6.1", "working-well", "We do too")
        yield told.round_closed()


def voices(story: Story, item: str) -> set[tuple[str, str]]:
    """What was said of an item, and by whom."""
    entries = {e.item: e for part in report(story.view()).parts for e in part.entries}
    entry: Entry = entries[item]
    return {(voice.agency, voice.words) for box in entry.boxes for voice in box.voices}


def test_an_agency_is_counted_among_those_who_answered_the_item(story: Story) -> None:
    """Four police answered something, but one of them alone answered 5.1."""
    assert voices(story, "5.1") == {("one of the agencies asked", "Officers are never told")}
    assert voices(story, "6.1") == {
        ("Police", "We train together"),
        ("another agency", "We do too"),
    }
    rows = next(t for t in report_book(story.view()).tables if t.name == "evidence").rows
    assert ("5.1", "Police") not in {(row[0], row[2]) for row in rows}


def test_who_was_asked_is_told_by_name_and_the_others_by_their_number(story: Story) -> None:
    """As many agencies as were asked of that item, whatever they answered."""
    agencies = Agencies(story.view())
    assert agencies.asked("6.1") == "Police, Health and 3 others"
    assert agencies.asked("5.1") == "2 agencies"
    assert agencies.asked("9.1") is None


@pytest.mark.parametrize(
    ("answered", "large"),
    [
        ({"a": 3, "b": 3}, {"a", "b"}),
        ({"a": 3, "b": 2, "c": 1}, {"a"}),
        ({"a": 3, "b": 1}, set()),
        ({"a": 5, "b": 3, "c": 2}, {"a"}),
        ({"a": 5, "b": 3, "c": 0}, {"a", "b"}),
        ({"a": 2, "b": 2}, set()),
    ],
)
def test_nobody_named_and_nobody_left_is_fewer_than_three(
    answered: dict[str, int], large: set[str]
) -> None:
    """Else the words of "another agency" would be of one or two people."""
    assert named(answered) == large


def test_the_smaller_agencies_are_one_line_with_their_number(story: Story) -> None:
    """Whoever reads it learns how many there are, not which."""
    assert [(p.agency, p.invited, p.answered) for p in parties(story.view())] == [
        ("Police", "4", "4"),
        ("Health", "3", "3"),
        ("3 other agencies", "3", "3"),
    ]
