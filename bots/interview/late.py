"""Words that answer what stood on a person's screen when they typed, whatever stands there now.

Pure. A chat delivers words late, out of order and again; a page and a terminal do not, and say
nothing of what stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bots.interview import typed_words
from bots.interview.talk import Talk
from bots.interview.typed_words import Meant
from ehsg_events.interview import answers, unclear
from ehsg_events.interview.questions import WHICH_FIRST, Ask, boxes
from ehsg_events.interview.refusals import Facts, refuse_if_over
from ehsg_events.states.interview import SCORE, WITH_WORDS

OF_ITS_SCREEN = ("back", "pause", "next", "first", "withdraw-yes")  # act on what stands


@dataclass(frozen=True)
class Stood:
    """What stood on a person's screen when they typed.

    `ask` is the question that was put to them last, none when none was or all were answered;
    `screen` is the kind of the newest message of all; `at` is when they typed. It is `in_doubt`
    where a newer question was sent and nobody knows whether it stood there already, and
    `is_answered` where the question had become its answer and no other stood there yet. It
    `may_be_answered` where it was changed and nobody knows whether the change stood there.
    """

    at: datetime
    ask: Ask | None = None
    screen: str = ""
    in_doubt: bool = False
    is_answered: bool = False
    may_be_answered: bool = False


def understood(talk: Talk, text: str, stood: Stood) -> Meant | None:
    """What words stood for when they were typed; a withdrawal is always asked about."""
    confirms = stood.screen == "withdraw"
    sure = typed_words.whether_sure(text) if confirms else None
    meant = Meant(sure) if sure else typed_words.meant(text, stood.ask, talk.sitting)
    asks_first = meant is not None and meant.token == "withdraw-yes" and not confirms  # noqa: S105 - no password
    return Meant("withdraw") if asks_first else meant


def is_current(talk: Talk, stood: Stood) -> bool:
    """Whether the question that stood then is the one that waits now."""
    if stood.in_doubt or stood.is_answered:
        return False
    return stood.ask == (talk.ask if talk.interview.started else None)


def instead(talk: Talk, token: str, stood: Stood) -> Facts | None:
    """What is recorded instead of an act that came too late; none where it can be carried out."""
    match token.split(":"):
        case ["withdraw-yes"]:
            still = talk.interview.screen == "withdraw"
            return None if still else unclear.nothing("moved-on")
        case ["answer", item, value]:
            return _answer(talk, item, value, stood)
        case [act, *_] if act in OF_ITS_SCREEN and not is_current(talk, stood):
            refuse_if_over(talk.interview, talk.sitting)
            return unclear.nothing("moved-on")
    return None


def _answer(talk: Talk, item: str, value: str, stood: Stood) -> Facts | None:
    """Ask whether an answer is meant that is unclear, or was given anew since; none if it is."""
    state, sitting = talk.interview, talk.sitting
    of_the_screen = stood.ask is not None and stood.ask.item == item
    crossed = stood.in_doubt and of_the_screen
    if item not in sitting.items or (item not in state.answers and not crossed):
        return None
    answered = talk.answered_at(item)
    since = answered is not None and answered >= stood.at  # at once: a click came after it
    if not since and (is_current(talk, stood) or not of_the_screen):
        return None  # asked again, or named by its number
    new = answers.meant(sitting, item, value)
    if new == state.answers.get(item):
        return unclear.nothing("as-it-was", item)
    return unclear.query_change(state, sitting, item, new)


def field_of(talk: Talk, stood: Stood) -> Ask | None:
    """The field under which words are kept: the one that stood, if it still takes them."""
    ask, state, sitting = stood.ask, talk.interview, talk.sitting
    if stood.in_doubt or stood.is_answered:
        return None
    if ask is None or ask == WHICH_FIRST or ask.field == SCORE:
        return None
    answer = state.answers.get(ask.item)
    is_open = answer is None or answer.kind in WITH_WORDS
    known = ask.item in sitting.items and any(
        box.id == ask.field for box in boxes(state, sitting, ask.item)
    )
    return ask if is_open and known else None


def may_be_placed(talk: Talk, stood: Stood) -> bool:
    """Whether the item that stood has fields under which words may belong."""
    ask = stood.ask
    if ask is None or ask == WHICH_FIRST or ask.item not in talk.sitting.items:
        return False
    return bool(boxes(talk.interview, talk.sitting, ask.item))
