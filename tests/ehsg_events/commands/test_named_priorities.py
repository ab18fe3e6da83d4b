"""What people would have worked on first: counted once the round is closed, hidden until then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.story import Story, member, printed
from support.story.telling import gave_a_file, named_first

from ehsg_events.events import HandOnAsked
from ehsg_events.interview import notes
from projections.report.report import report
from projections.results.results import named_first as most_named
from projections.results.results import results, trail

ITEMS = ("5.1", "5.2", "5.3", "5.4")
PEOPLE = (("police-1", "police"), ("police-2", "police"), ("health-1", "health"))


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Story]:
    """Three people of two agencies with four items, so that there is something to choose."""
    with Story(tmp_path) as told:
        yield told.opened([member(person, agency, ITEMS) for person, agency in PEOPLE])


def all_named(story: Story) -> Story:
    """Three people have named what should be worked on first."""
    story.round_opened()
    for person, item in product(("police-1", "police-2", "health-1"), ITEMS):
        story.answered(person, item, "3")
    named_first(named_first(story, "police-1", "5.2", "5.1"), "police-2", "5.2")
    return named_first(named_first(story, "health-1", "5.1"), "health-1", "5.1", "5.2")


def test_what_people_would_work_on_first_is_counted_most_named_first(wide: Story) -> None:
    """By their newest choice: people, then agencies."""
    found = most_named(results(all_named(wide).round_closed().view()))
    assert [(one.item, one.named_by, one.named_by_agencies) for one in found] == [
        ("5.2", 3, 2),
        ("5.1", 2, 2),
    ]
    assert "What people would work on first" in printed(wide.view())
    assert "5.2" in next(s.says for s in trail(wide.view()) if s.what == "PrioritiesNamed")


def test_what_few_would_work_on_first_is_not_reported(wide: Story) -> None:
    """Three people or more, and not how many: two reports must not tell of one person."""
    found = report(all_named(wide).round_closed().view())
    assert found.named_first == ("5.2 One Lead Practitioner",)


def test_what_people_would_work_on_first_is_hidden_until_the_close(wide: Story) -> None:
    """And what those have named who withdrew is not counted."""
    all_named(wide)
    assert most_named(results(wide.view())) == []
    assert "would work on" not in printed(wide.view())
    wide.withdrawn("police-1").withdrawn("police-2").round_closed()
    found = most_named(results(wide.view()))
    assert [(one.item, one.named_by) for one in found] == [("5.1", 1), ("5.2", 1)]


def test_what_is_said_beside_the_answers_leaves_no_trace_in_an_open_round(wide: Story) -> None:
    """A worry, whom they would ask, evidence: the trail is as if nothing had been said."""
    before = trail(all_named(wide).view())
    wide.said("police-1", lambda _, now, at: notes.stop(now, at, "safeguarding"))
    wide.said(
        "police-1",
        lambda tx, *_: (HandOnAsked(colleague=wide.sealed(tx, "police-1", "Bo")),),
    )
    gave_a_file(wide, "police-1")
    assert trail(wide.view()) == before
    told = [step.says for step in trail(wide.round_closed().view())]
    assert "police-1 wrote something that was not kept: a worry about somebody's safety." in told
    assert "police-1 asked to hand the questions on to a colleague." in told


def test_the_command_lists_what_people_would_work_on_first_below_the_results(
    wide: Story, tmp_path: Path
) -> None:
    """In words; for programs it stands beside each descriptor."""
    all_named(wide).round_closed()
    listed = ehsg(tmp_path, "results").out.partition("What people would work on first:\n")[2]
    assert listed.splitlines()[0].endswith("One Lead Practitioner: 3 people of 2 agencies")
    rows = {row["item"]: row for row in ehsg(tmp_path, "results", "--json").document}
    assert [rows[item]["named_by"] for item in ITEMS] == [2, 3, None, None]
