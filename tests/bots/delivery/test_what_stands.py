"""What the log says that a message shows and asks, so that words can be understood by it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from bots.delivery.claims import delivered
from bots.delivery.withheld import Withheld
from bots.interview.talk import Prompt, PromptKind
from bots.messages.owed import Kind
from bots.messages.promise import Promise
from bots.messages.screen import Answered
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.states.interview import SCORE

SCORED, WELL = Ask("5.1", SCORE), Ask("5.1", "working-well")
GONE = Withheld("overtaken")


def promise(kind: Kind, ask: Ask | None = None, answered: Answered | None = None) -> Promise:
    """A message to somebody."""
    until = datetime(2026, 10, 23, 16, tzinfo=UTC)
    return Promise(
        UUID(int=1), 1, "police-1", "name", kind, "cause", until, until, ask, answered=answered
    )


@pytest.mark.parametrize(
    ("shows", "asks"),
    [
        ("question", True),
        ("words", True),
        ("priorities", True),
        ("noted", False),
        ("review", False),
        ("done", False),
        ("waiting", False),
    ],
)
def test_only_what_waits_for_an_answer_asks(shows: PromptKind, *, asks: bool) -> None:
    """Words typed under a message that shows an answer are not of its question."""
    stands = delivered(promise("shown", WELL), Prompt(shows, "5.1"), "1.2")
    assert stands.shows == shows
    assert (stands.asks_item, stands.asks_field) == (WELL if asks else (None, None))


@pytest.mark.parametrize(
    ("message", "shows", "asks"),
    [
        (promise("screen", SCORED), "question", SCORED),
        (promise("screen", WELL), "words", WELL),
        (promise("screen", WHICH_FIRST), "priorities", WHICH_FIRST),
        (promise("notice"), "notice", None),
        (promise("reply", answered=Answered("help")), "help", None),
        (promise("reply", answered=Answered("question")), "unchanged", None),
    ],
)
def test_what_a_dead_process_sent_is_told_by_what_was_promised(
    message: Promise, shows: str, asks: Ask | None
) -> None:
    """It is withheld now and stands there all the same."""
    stands = delivered(message, GONE, "1.2")
    assert stands.shows == shows
    assert (stands.asks_item, stands.asks_field) == (asks or (None, None))


def test_of_other_messages_of_a_dead_process_nothing_is_told() -> None:
    """A reminder, for one: nobody knows which it was."""
    stands = delivered(promise("reminder"), GONE, "1.2")
    assert (stands.shows, stands.asks_item) == (None, None)
