"""A round from its opening on, and how far each person is: when, how many, and never what was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.story.story import NAMES, PANEL, Story

from ehsg_events.commands import rounds, workshop
from projections.collecting.by_person import tally
from projections.collecting.progress import progress
from projections.collecting.timeline import timeline

FIRST = dict.fromkeys(NAMES[:4], "2")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A round that is open, in which four of six have answered one of two items."""
    told = Story(tmp_path).opened(PANEL).round_opened()
    return told.all_answered("5.1", FIRST)


def kinds(story: Story) -> list[tuple[str, int]]:
    """What happened, and to how many."""
    return [(one.kind, one.people) for one in timeline(story.view())]


def test_an_open_round_ends_with_its_deadline_still_to_come(story: Story) -> None:
    """And begins with those who were invited, as one."""
    found = timeline(story.view())
    assert kinds(story) == [("opened", 0), ("invited", 6), ("deadline", 0)]
    assert found[-1].at == found[0].until


def test_what_happened_to_a_round_stands_in_order_with_its_reason(story: Story) -> None:
    """Moved, paused, resumed, reminded, closed, and opened again."""
    story.extended(30, "half term")
    rounds.pause_round(story.log, story.stamp(), story.assessment, "floods")
    rounds.resume_round(story.log, story.stamp(), story.assessment)
    story.round_closed()
    story.reopened(40, "they were away")
    found = timeline(story.view())
    assert [one.kind for one in found] == [
        "opened", "invited", "moved", "paused", "resumed", "closed", "reopened", "deadline",
    ]  # fmt: skip
    assert [one.because for one in found if one.because] == [
        "half term",
        "floods",
        "they were away",
    ]
    assert found[-1].at == found[-2].until
    assert [one.by for one in found if one.by] == ["coordinator"]


def test_the_newest_round_alone_is_told(story: Story) -> None:
    """With those whom it asks."""
    story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True))).round_closed().round_opened()
    assert kinds(story) == [("opened", 0), ("invited", 6), ("deadline", 0)]


def test_what_people_have_answered_adds_up_to_what_their_agencies_have(story: Story) -> None:
    """Whatever they said, and however often."""
    story.answered(NAMES[0], "5.1", "dont-know").answered(NAMES[5], "5.2", "skip")
    story.withdrawn(NAMES[1])
    situation = story.log.situation(story.assessment)
    by_person = {person: tally(situation, person) for person in NAMES}
    assert by_person[NAMES[1]] is None
    total = progress(story.view()).total
    assert total is not None
    assert sum(one.answered for one in by_person.values() if one) == total.answered == 4
    assert {one.asked for one in by_person.values() if one} == {2}


def test_nothing_is_told_of_who_is_asked_nothing(story: Story) -> None:
    """Who was released, and everybody before the first round."""
    story.released(NAMES[5])
    situation = story.log.situation(story.assessment)
    assert tally(situation, NAMES[5]) is None
    assert tally(situation, "nobody") is None


def test_nobody_learns_who_has_voted_in_a_workshop_that_is_open(story: Story) -> None:
    """Once it is closed, how many were asked and have voted is told as of any round."""
    story.round_closed()
    log, of = story.log, story.assessment
    workshop.open_workshop(log, story.stamp(), of, ["5.2"])
    workshop.attend(log, story.stamp(), of, NAMES[:2])
    workshop.put_to_the_vote(log, story.stamp(), of, "5.2")
    story.answered(NAMES[0], "5.2", "1")
    assert tally(log.situation(of), NAMES[0]) is None
    story.answered(NAMES[1], "5.2", "1").round_closed()
    assert tally(log.situation(of), NAMES[0]) == (1, 1)
