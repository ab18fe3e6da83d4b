"""Next steps and actions as they are told: nothing of an open round, and whose score is low."""

from __future__ import annotations

from datetime import date

from support.story.story import NAMES, Story
from support.story.telling import planned

from projections.results.actions import Plan, plans
from projections.results.results import why

TODAY = date(2026, 11, 2)


def told(story: Story, item: str) -> Plan:
    """What is told of one descriptor."""
    return next(one for one in plans(story.view(), TODAY).descriptors if one.item == item)


def test_what_was_typed_in_an_open_round_is_neither_counted_nor_shown(story: Story) -> None:
    """Nor is it told whose score is low; that an action was agreed is."""
    story.round_opened().all_answered("5.1", dict.fromkeys(NAMES, "1"))
    story.noted("police-1", "5.1", "prioritising-next", "Train all leads")
    story.noted("police-1", "5.1", "working-well", "We ask 40 families a year")
    planned(story, "5.1", "Train all leads")
    found = told(story, "5.1")
    assert (found.score, found.low, found.typed, found.evidence) == (None, False, 0, ())
    assert [one.words for one in found.actions] == ["Train all leads"]
    found = told(story.round_closed(), "5.1")
    assert (found.score, found.low, found.typed, found.unfollowed) == (1, True, 1, 0)
    assert [row.words for row in found.evidence] == ["We ask 40 families a year"]


def test_next_steps_are_missed_where_the_score_is_low_or_it_is_a_priority(story: Story) -> None:
    """Of other descriptors they are shown and not added up."""
    story.round_opened().all_answered("5.1", dict.fromkeys(NAMES, "1"))
    story.all_answered("5.2", dict.fromkeys(NAMES, "4"))
    for item in ("5.1", "5.2"):
        story.noted("police-1", item, "prioritising-next", "Go on")
    story.round_closed()
    assert plans(story.view(), TODAY).unfollowed == 1
    assert plans(story.chose("5.2").view(), TODAY).unfollowed == 2


def test_an_actions_walk_back_is_that_of_its_descriptor(story: Story) -> None:
    """It stands at the end of what made the score."""
    planned(story.round_opened(), "5.1", "Train all leads")
    step = why(story.view(), "5.1").steps[-1]
    assert step.words == "Train all leads"
    assert step.says.startswith("Action 1 for 5.1 Family engagement was agreed")
    assert "ActionAgreed" not in [one.what for one in why(story.view(), "5.2").steps]
