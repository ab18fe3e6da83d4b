"""What became of what somebody said: their own score, what may be shown of the others', the outcome."""

from __future__ import annotations

from support.story.story import NAMES, Story

from ehsg_events.agreement.fates import Fate, fates
from ehsg_events.states.interview import Answer


def became(story: Story, person: str) -> list[Fate]:
    """What became of a person's answers."""
    now = story.log.situation(story.assessment)
    return list(fates(now, person))


def answered(story: Story, item: str, *levels: str) -> None:
    """The panel answers, in its order."""
    for person, level in zip(NAMES, levels, strict=False):
        story.answered(person, item, level)


def test_nothing_of_the_others_is_known_here(story: Story) -> None:
    """The middle score is for whoever tells it to look up, by what the board is told."""
    story.round_opened()
    answered(story, "5.1", "2", "3", "3", "3", "3")
    story.round_closed()
    (first,) = became(story, "police-1")
    assert (first.item, first.mine, first.middle) == ("5.1", Answer("score", "2", 2), None)


def test_what_one_did_not_answer_is_not_among_it(story: Story) -> None:
    """Don't know is an answer, and it has its outcome too."""
    story.round_opened()
    answered(story, "5.1", "3", "3", "3", "3", "3", "dont-know")
    story.round_closed()
    (mine,) = became(story, NAMES[-1])
    assert (mine.mine, mine.level) == (Answer("dont-know"), "3")


def test_a_moderated_outcome_has_its_reason_and_an_adopted_one_has_none(story: Story) -> None:
    """And a dissent is told to its author as theirs."""
    story.round_opened()
    answered(story, "5.1", "0", "0", "0", "5", "5", "5")
    answered(story, "5.2", "3", "3", "3", "3", "3", "3")
    story.round_closed().round_opened().round_closed()
    story.moderated("5.1", "3", "nobody could call it more").dissented("police-1", "5.1", "it is 0")
    moderated, adopted = became(story, "police-1")
    assert story.log.text(moderated.because) == "nobody could call it more"
    assert (adopted.level, adopted.because, adopted.dissent) == ("3", None, "none")
    assert moderated.dissent == "mine"
    assert became(story, "health-1")[0].dissent == "others"
