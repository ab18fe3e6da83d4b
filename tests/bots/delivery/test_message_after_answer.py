"""What a question's message says once it was answered, and which way back it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.area import sitting, words

from bots import phrases
from bots.delivery.answered import plain, shown
from bots.delivery.withheld import Withheld
from bots.interview import prompts
from bots.interview.talk import Prompt, Talk
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.states.interview import SCORE, Answer, Interview

SCORED, WELL = Ask("5.1", SCORE), Ask("5.1", "working-well")
ANSWERED = Interview(started=True, answers={"5.1": Answer("score", "3", 3)}, named=("5.1",))


def talk(state: Interview = ANSWERED, *, closed: bool = False) -> Talk:
    """Somebody who has scored 5.1."""
    return Talk(sitting(closed=closed), state, "Sefton", "Police", "", lambda _: "")


def tokens(said: Prompt | Withheld) -> list[str]:
    """What its buttons stand for."""
    assert isinstance(said, Prompt), said
    return [choice.token for choice in said.choices]


@pytest.mark.parametrize(
    ("ask", "back"), [(SCORED, "change:5.1"), (WHICH_FIRST, f"change:{WHICH_FIRST.item}")]
)
def test_while_a_round_is_open_every_answer_has_a_way_to_change_it(ask: Ask, back: str) -> None:
    """Also what was named to be worked on first; after the close none has."""
    assert tokens(shown(talk(), ask)) == [back]
    assert tokens(shown(talk(closed=True), ask)) == []


def test_words_can_be_added_under_a_box_that_was_left_empty() -> None:
    """Without asking its score again."""
    gone_on = replace(ANSWERED, finished=frozenset({SCORED, WELL}))
    said = shown(talk(gone_on), WELL)
    assert "change:5.1:working-well" in tokens(said)
    assert isinstance(said, Prompt)
    assert phrases.ADD_WORDS in [choice.label for choice in said.choices]


@pytest.mark.parametrize(
    "before", [{"screen": "help"}, {"refusal": words("What?")}, {"stopped": "safeguarding"}]
)
def test_a_question_that_is_put_again_says_nothing_of_what_came_before_it(
    before: dict[str, Any],
) -> None:
    """Neither the screen that was asked for nor why words were not taken."""
    interrupted = talk(replace(ANSWERED, **before))
    assert prompts.screen(interrupted) != prompts.screen(talk())
    assert prompts.screen(plain(interrupted)) == prompts.screen(talk())
