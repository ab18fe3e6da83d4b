"""People in Slack who do whatever their screen offers, by dice: what they see, and what they do."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial
from typing import Literal, NamedTuple

from pydantic import BaseModel

from bots.phrases.unclear import UNCHANGED
from bots.slack.loopback.person import Person
from bots.slack.loopback.workspace import Message
from ehsg_events.kernel import Recorded, Words
from support.slack.edge import Place

Pressed = tuple[str, Mapping[str, str]]  # a request: its body and its headers
ON = ("answer:", "next:", "start", "resume", "withdraw-yes")
ASIDE = ("review", "pause", "help", "withdraw", "3", "mmm", "resume")
WAYS_OUT = ("dont-know", "not-my-area", "skip")
PEOPLE = {  # each with their team and their pseudonym
    "U0POLICE": ("T0LOOPBACK", "police-1"),
    "U0HEALTH": ("T0LOOPBACK", "health-1"),
    "U0PARENT": ("T0CHARITY", "parents-1"),
}
NAMES_OF_ITS_OWN = {"id", "sha256", "source", "note"}  # differ in every run


class Move(NamedTuple):
    """One thing a person does: with a message they see, or with one they typed (`instead`)."""

    kind: Literal["click", "type", "edit", "delete"]
    what: str
    on: str = ""
    instead: str = ""


class Turn(NamedTuple):
    """What one person does at once, and the newest message they saw before it."""

    person: str
    moves: list[Move]
    newest: str


def name_of(message: Message) -> str:
    """The name a message of ours carries in Slack, without its assessment: the same in every run."""
    payload = (message.metadata or {})["event_payload"]
    return str(payload["message"]).partition("/")[2]


def tokens(message: Message) -> list[str]:
    """What its buttons stand for."""
    return [button["value"].split("/", 3)[3] for button in message.buttons]


# -- doing -----------------------------------------------------------------------------------------
def shows(place: Place, turn: Turn) -> bool:
    """Whether a person sees what they answer to, with the buttons they press."""
    offered = {name_of(one): tokens(one) for one in place.workspace.inbox(turn.person)}
    clicks = (move for move in turn.moves if move.kind == "click")
    return turn.newest in offered and all(m.what in offered.get(m.on, ()) for m in clicks)


def make(person: Person, move: Move) -> None:
    """Do it."""
    match move.kind:
        case "click":
            person.click(next(m for m in person.inbox if name_of(m) == move.on), move.what)
        case "type":
            person.type(move.what)
        case "edit":
            person.edit(typed(person, move.what), move.instead)
        case "delete":
            person.delete(typed(person, move.what))


def typed(person: Person, text: str) -> str:
    """The message in which a person typed something."""
    mine = person.workspace.messages[person.channel].values()
    return next(one.ts for one in mine if one.author == person.name and one.text == text)


def walk(place: Place) -> None:
    """One person goes through an interview, by whatever the newest message asks."""
    me, seen = place.person(), 0
    while not place.interview().completed:
        assert place.waits_for(partial(_has_more_than, me, seen))
        place.settles()
        newest, seen = me.inbox[-1], len(me.inbox)
        token = _on_with(tokens(newest))
        if token.startswith("next:") and not place.words():
            me.edit(me.type("Parents sit on the bord.")[0], "Parents sit on the board.")
        assert me.click(newest, token).status == 200


def _has_more_than(me: Person, seen: int) -> bool:
    return len(me.inbox) > seen


def _on_with(offered: list[str]) -> str:
    answers = [one for one in offered if one.startswith("answer:")]
    return answers[3] if answers else offered[0]


def on_screen(place: Place, name: str) -> list[Message]:
    """What stands on somebody's screen, but that a press changed nothing.

    That is said only where nothing else was about to answer them, which depends on the weather.
    """
    as_it_was = UNCHANGED["as-it-was"]
    return [one for one in place.workspace.inbox(name) if as_it_was not in one.text]


# -- choosing --------------------------------------------------------------------------------------
def next_turn(dice: random.Random, place: Place, name: str, number: int) -> Turn:
    """What a person does next on what they see: mostly on with it, sometimes something else.

    Several moves at once are such that their order says nothing: notes, or one click twice.
    """
    newest = on_screen(place, name)[-1]
    aside = dice.random()
    if aside < 0.08:
        moves = _put_right(dice, place.person(name), number)
    elif aside < 0.14:
        older = dice.choice(on_screen(place, name))
        moves = [one for one in _click(dice, place, name, older) if one.what[:5] != "next:"]
    elif aside < 0.22:
        moves = [Move("type", dice.choice(ASIDE))]
    elif dice.random() < 0.4 and any(one.startswith("next:") for one in tokens(newest)):
        notes = (f"Seen {number}.{one} by {name}" for one in range(dice.randint(1, 3)))
        moves = [Move("type", note) for note in notes]
    else:
        moves = _click(dice, place, name, newest)
    return Turn(name, moves, name_of(newest))


def _click(dice: random.Random, place: Place, name: str, message: Message) -> list[Move]:
    scored = [item for item, one in place.interview(PEOPLE[name][1]).answers.items() if one.level]
    offered = [one for one in tokens(message) if not _takes_back(one, scored)]
    offered = [one for one in offered if not one.startswith("write:")]  # it opens a form
    if not offered:
        return []
    on = [one for one in offered if one.startswith(ON)]
    chosen = dice.choice(on if on and dice.random() < 0.9 else offered)
    return [Move("click", chosen, name_of(message))] * dice.choice((1, 1, 1, 2))


def _takes_back(token: str, scored: list[str]) -> bool:
    """Whether it makes a score into none: what then stands by older words depends on the hour."""
    return any(token == f"answer:{item}:{way}" for item in scored for way in WAYS_OUT)


def _put_right(dice: random.Random, person: Person, number: int) -> list[Move]:
    """Edit or delete something typed before."""
    mine = person.workspace.messages[person.channel].values()
    notes = [one.text for one in mine if one.author == person.name and one.text[:4] == "Seen"]
    if not notes:
        return []
    text = dice.choice(notes)
    if dice.random() < 0.3:
        return [Move("delete", text)]
    return [Move("edit", text, instead=f"{text} again {number}")]


# -- what came of it -------------------------------------------------------------------------------
def said(place: Place, stakeholder: str) -> list[str]:
    """What one person's interview holds, whatever the order of what was said at once."""
    mine = (one for one in place.log.all() if one.stream.stakeholder == stakeholder)
    return sorted(_plain(place, one) for one in mine if one.stream.kind == "interview")


def _plain(place: Place, one: Recorded) -> str:
    opened = {
        name: place.log.text(value) if isinstance(value, Words) else value
        for name, value in one.fact
        if name not in NAMES_OF_ITS_OWN
    }
    body = {k: v.model_dump() if isinstance(v, BaseModel) else v for k, v in opened.items()}
    return f"{type(one.fact).__name__} {body}"


def screen(place: Place, name: str) -> list[tuple[str, list[str], list[str]]]:
    """What stands on one person's screen from us: each message by name, its lines and buttons.

    What was typed at once is listed in the order it arrived, which says nothing; whether a box for
    words says that more may be typed depends on when it was last drawn.
    """
    return sorted(_seen(one) for one in on_screen(place, name))


def _seen(message: Message) -> tuple[str, list[str], list[str]]:
    offered = tokens(message)
    box = offered and offered[0].startswith(("next:", "change:"))
    if box and "you answered" not in message.text:
        return name_of(message), [], []
    return name_of(message), sorted(message.text.splitlines()), offered
