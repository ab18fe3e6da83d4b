"""Whoever has withdrawn is read by nobody any more, whichever day is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from support.story.story import NAMES, Story

from bots.interview.own_copy import own_copy
from ehsg_events.kernel import Refused
from projections.facts.view import View
from projections.history.evidence_files import noted
from projections.pack.pack import pack
from projections.results.results import results, trail, why

WORDS, OBJECTION, THEIRS = "We meet every week", "I never said so", "So do we"


@pytest.fixture
def withdrawn(story: Story) -> tuple[Story, int]:
    """Somebody answered alone at their level, wrote and objected, and withdraws a day later."""
    story.round_opened()
    for person, score in zip(NAMES, "153331", strict=True):
        story.answered(person, "5.1", score)
        story.answered(person, "5.2", "3")
    story.noted("police-1", "5.1", "working-well", WORDS)
    story.noted("police-2", "5.1", "working-well", THEIRS).round_closed()
    story.moderated("5.1", "3", "talked over").dissented("police-1", "5.1", OBJECTION)
    before = story.log.store.last_position()
    assert all(text in json.dumps(READ["trail"](story.view())) for text in (WORDS, OBJECTION))
    return story.withdrawn("police-1"), before


READ: dict[str, Callable[[View], object]] = {
    "trail": lambda view: [step.model_dump(mode="json") for step in trail(view)],
    "why": lambda view: why(view, "5.1").model_dump(mode="json"),
    "evidence": lambda view: [note.model_dump(mode="json") for note in noted(view)],
    "pack": lambda view: {n: c.decode(errors="replace") for n, c in pack(view).files.items()},
}


@pytest.mark.parametrize("reads", READ)
@pytest.mark.parametrize("then", [False, True], ids=["now", "as of before"])
def test_neither_words_nor_score_are_read(
    withdrawn: tuple[Story, int], reads: str, then: bool
) -> None:
    """Not now, and not by asking how it stood before they withdrew."""
    story, before = withdrawn
    view = story.view(str(before) if then else None)
    read = json.dumps(READ[reads](view))
    assert THEIRS in read, "what others said is read"
    assert WORDS not in read
    assert OBJECTION not in read


@pytest.mark.parametrize("then", [False, True], ids=["now", "as of before"])
def test_a_step_tells_that_they_answered_and_not_what(
    withdrawn: tuple[Story, int], then: bool
) -> None:
    """No level, no score, no cause; another person's step tells all of it."""
    story, before = withdrawn
    steps = trail(story.view(str(before) if then else None))
    theirs = [s for s in steps if s.stakeholder == "police-1" and s.what == "AnswerGiven"]
    others = [s for s in steps if s.stakeholder == "police-2" and s.what == "AnswerGiven"]
    assert [s.says for s in theirs] == [
        "police-1 answered 5.1. What it was is not shown: they have withdrawn.",
        "police-1 answered 5.2. What it was is not shown: they have withdrawn.",
    ]
    assert [(s.fact, s.cause, s.words) for s in theirs] == [({}, None, None)] * 2
    assert all(s.fact["score"] is not None for s in others)


def test_the_pack_has_no_fact_of_theirs_and_says_so(withdrawn: tuple[Story, int]) -> None:
    """Neither as a fact nor as a row of what stood."""
    story, before = withdrawn
    files = pack(story.view(str(before))).files
    lines = [json.loads(line) for line in files["facts.jsonl"].splitlines()]
    said = [one for one in lines if one["topic"].startswith("interview.Answer")]
    assert {one["state"]["stakeholder"] for one in said} == {*NAMES} - {"police-1"}
    assert b"police-1" not in files["models/standing.csv"]
    assert b"who have withdrawn is withheld for good" in files["README.txt"]


def test_the_figures_of_a_day_are_those_that_were_taken_then(story: Story) -> None:
    """They name nobody, and decisions rest on them."""
    story.round_opened()
    for person, score in zip(NAMES, "153331", strict=True):
        story.answered(person, "5.1", score)
    then = results(story.round_closed().view())
    before = story.log.store.last_position()
    story.withdrawn("police-1")
    assert results(story.view(str(before))) == then
    assert results(story.view()) != then


def test_nobody_else_is_given_a_copy_of_their_answers(withdrawn: tuple[Story, int]) -> None:
    """Only what is made when they ask for all that is kept about them."""
    story, _ = withdrawn
    for person, refused in (("police-2", False), ("police-1", True)):
        made = pytest.raises(Refused, match="withdrawn") if refused else nullcontext()
        with made:
            own_copy(story.log, story.assessment, person, story.stamp().at, for_others=True)
