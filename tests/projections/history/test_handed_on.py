"""What was handed on, in every figure: the colleague is counted, and nobody twice."""

from __future__ import annotations

from itertools import cycle

import pytest
from support.story.figures import equal
from support.story.story import Story
from support.story.telling import handed_on

from ehsg_events.commands import rounds
from projections.collecting.progress import progress
from projections.results.results import trail, why

ASKED = "SELECT stakeholder, item FROM asked WHERE theirs AND round = ? ORDER BY ALL"


def test_the_colleague_is_counted_and_not_the_one_who_handed_on(story: Story) -> None:
    """By agency and by item, as many are asked as before."""
    before = progress(story.round_opened().view())
    assert handed_on(story, "police-1") == "police-3"
    after = progress(story.view())
    assert (after.total, after.by_item) == (before.total, before.by_item)
    assert sorted(after.agencies, key=str) == sorted(before.agencies, key=str)


def test_who_keeps_what_they_answered_is_counted_beside_the_colleague(story: Story) -> None:
    """Two people, as many answers wanted."""
    story.round_opened().answered("police-1", "5.1", "3")
    handed_on(story, "police-1")
    found = progress(story.view())
    police = next(row for row in found.agencies if row.agency == "police")
    assert police.invited == 3
    assert found.total is not None
    assert (found.total.asked, found.total.answered) == (12, 1)


def test_the_walk_back_shows_who_handed_an_item_on(story: Story) -> None:
    """And not of an item they kept."""
    story.round_opened().answered("police-1", "5.1", "3")
    handed_on(story, "police-1")
    says = "police-1 handed 5.2 on to police-3."
    assert says in [step.says for step in why(story.view(), "5.2").steps]
    assert says not in [step.says for step in why(story.view(), "5.1").steps]
    assert says in [step.says for step in trail(story.view())]


@pytest.mark.parametrize(
    ("givers", "again"),
    [
        (("police-1",), ()),
        (("police-1", "police-2"), ("health-1",)),
        ((), ("police-1", "school-2")),
        (("police-1", "police-3"), ("police-4", "school-1")),  # the colleague hands it on too
    ],
)
def test_both_computations_agree_whoever_handed_on(
    story: Story, givers: tuple[str, ...], again: tuple[str, ...]
) -> None:
    """In SQL and in Python, after each of two rounds."""
    for number, people in enumerate((givers, again), start=1):
        story.round_opened()
        for person in people:
            handed_on(story, person)
        asked = story.view().ask(ASKED, number)
        for row, value in zip(asked, cycle(("0", "5", "3", "dont-know", "5")), strict=False):
            story.answered(row["stakeholder"], row["item"], value)
        story.round_closed()
        view = story.view()
        for upto in range(1, number + 1):
            equal(view, story, upto)


def test_the_walk_back_shows_that_the_round_was_paused_and_why(story: Story) -> None:
    """It explains a late answer a year later."""
    story.round_opened()
    rounds.pause_round(story.log, story.stamp(), story.assessment, "A strike")
    assert progress(story.view()).paused
    rounds.resume_round(story.log, story.stamp(), story.assessment)
    assert not progress(story.view()).paused
    steps = why(story.view(), "5.1").steps[-2:]
    assert [(step.says, step.words) for step in steps] == [
        ("Round 1 was paused, with a reason.", "A strike"),
        ("Round 1 went on.", None),
    ]
