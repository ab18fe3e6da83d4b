"""What an input is answered with, and when a question is on the screen: pure rules."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from support.area import OPENS, words

from bots.messages.screen import Answered, answered, asks, may_be_asked
from ehsg_events.events import (
    AnswerGiven,
    InputRefused,
    InterviewPaused,
    InterviewStarted,
    NoteGiven,
)
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Fact, Recorded, Stamp
from ehsg_events.states.interview import SCORE, Interview, evolve
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.exposure import Exposure

STREAM = interview_stream(UUID(int=1), 1, "police-1")
STARTED = evolve(Interview(), InterviewStarted(notice="0" * 64))
SEEN = Exposure(guide="0" * 64, wording="0" * 64, language="en")
WAITS = Ask("5.2", SCORE)


def heard(fact: Fact, cause: str = "words") -> list[Recorded]:
    """A fact that an input led to."""
    stamp = Stamp(
        at=OPENS, by="police-1", role="stakeholder", surface="slack", cause=cause, key=str(uuid4())
    )
    return [Recorded(STREAM, 2, stamp, fact)]


ANSWER = AnswerGiven(item="5.1", kind="score", level="3", score=3, exposure=SEEN)
NOTE = NoteGiven(item="5.1", field="working-well", words=words("Parents sit on the board."))


@pytest.mark.parametrize(
    ("fact", "cause", "after", "is_told"),
    [
        (NOTE, "words", WAITS, True),
        (NOTE, "choice", WAITS, True),
        (NOTE, "window", WAITS, False),  # the window that closes says it
        (NOTE, "words", Ask("5.1", "working-well"), False),  # its own message changes
        (NOTE, "words", None, False),  # all is answered: the receipt says it
        (ANSWER, "words", WAITS, True),
        (ANSWER, "choice", WAITS, False),  # the message that was pressed changes
    ],
)
def test_what_was_said_about_another_question_than_the_one_that_waits_has_a_receipt(
    fact: Fact, cause: str, after: Ask | None, *, is_told: bool
) -> None:
    """Where nothing else on the screen would say that it was kept."""
    told = answered(heard(fact, cause), STARTED, after, after)
    assert (told is not None) is is_told
    if told is not None:
        assert told.receipt == fact


def test_a_question_that_comes_anew_is_receipt_enough() -> None:
    """The talk has gone on, so what was said is seen to be taken."""
    assert answered(heard(NOTE), STARTED, WAITS, Ask("6.1", SCORE)) is None


@pytest.mark.parametrize(
    ("state", "is_asked"),
    [
        (Interview(), False),
        (STARTED, True),
        (evolve(STARTED, ANSWER), True),
        (evolve(STARTED, InterviewPaused()), False),
        (evolve(Interview(), InputRefused(words=words("Read the notice first."))), False),
    ],
)
def test_only_a_talk_that_is_begun_and_not_interrupted_asks(
    state: Interview, *, is_asked: bool
) -> None:
    """Not before the notice was read, nor in a pause."""
    assert asks(state) is is_asked


@pytest.mark.parametrize(
    ("screen", "may"), [("withdraw", False), ("hand-on", False), ("help", True), ("review", True)]
)
def test_no_question_follows_one_that_is_put_aside(screen: str, *, may: bool) -> None:
    """Of which the answer is taken from what stands there."""
    assert may_be_asked(STARTED, Answered(screen)) is may  # type: ignore[arg-type]
    assert may_be_asked(STARTED, None)
