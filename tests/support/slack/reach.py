"""Every prompt there can be, at its longest: of every guide, in every language, with long notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID

from bots import phrases
from bots.delivery.answered import shown
from bots.delivery.compose import FURTHER, naming_the_area
from bots.interview import prompts
from bots.interview.questions import question, words
from bots.interview.receipts import receipt
from bots.interview.talk import Became, Prompt, Talk
from bots.interview.typed_words import not_understood
from bots.messages.reminded import Nudge, Reminded
from bots.phrases.nudges import NOT_SENT
from bots.phrases.unclear import UNCHANGED
from bots.slack.block_kit.blocks import Address
from bots.slack.note_window import note_window
from ehsg_events.agreement.fates import Fate
from ehsg_events.dates.worktime import Worktime
from ehsg_events.events import (
    ChangeQueried,
    Concern,
    HandOnDeclined,
    ItemsHandedOn,
    NoteGiven,
    NothingChanged,
    Screen,
    WordsLeftOut,
    WordsSetAside,
)
from ehsg_events.interview.others_reasons import MOST_REASONS
from ehsg_events.interview.questions import Ask, boxes
from ehsg_events.kernel import Words
from ehsg_events.policy.rules_file import usual
from ehsg_events.states.interview import SCORE, Answer, Interview, Sitting
from ehsg_events.values.beside import Aside, Note
from ehsg_events.values.evidence import Evidence, FileKept
from ehsg_events.values.exposure import Figures, Reasons
from ehsg_events.values.filled_in import Cell
from ehsg_events.values.hours import Hours
from guides import library
from guides.base import LONGEST
from guides.model import Guide

HERE = Address(UUID(int=0), 9999, "p" * 40)
DEADLINE = "12:30pm on Wednesday 30 September 2026"
LONG = ("long words " * LONGEST)[:LONGEST]  # as long as an area's note can be
ROWS = 10  # of a table that an area filled in
SPOKEN = {
    1: ("evidence " * 400)[:3000],  # what fills the box of a window
    2: ("minutes " * 40)[:300],
    3: "f" * 251 + ".pdf",
    5: "evidence " * 9,
    4: "A colleague, their work and how to reach them. " * 20,
}
SCREENS: tuple[Screen, ...] = (
    "review", "help", "why", "nudges", "who-sees", "withdraw", "hand-on", "what-waits",
)  # fmt: skip
CONCERNS: tuple[Concern, ...] = ("safeguarding", "nhs-number", "child")
SOURCE = f"private-{'f' * 64}"


def spoken(number: int) -> Words:
    """Words that stand for a text of `SPOKEN`."""
    return Words(id=UUID(int=number), sha256="")


REMINDED = Reminded(
    usual().policy,
    Worktime(Hours(), "America/Argentina/ComodRivadavia"),
    tuple(
        Nudge(f"remind-{days}", datetime(2026, 9, 30, 11, 30, tzinfo=UTC), "not-sent", rule=rule)
        for days in range(10)
        for rule in NOT_SENT
    ),
)
EVIDENCE = Evidence(
    kind="file",
    origin=spoken(2),
    dated=date(2026, 9, 30),
    file=FileKept(content=spoken(3), name=spoken(3), ending="pdf", size=1, sha256=""),
)


def talks() -> Iterator[Talk]:
    """A talk about everything a guide asks, for each guide, language and kind of round."""
    for name in library.names():
        for language in library.languages(name):
            shown = library.wording(name, language)
            for kind in ("first", "feedback"):
                yield _talk(shown.guide, kind)


def _talk(guide: Guide, kind: Literal["first", "feedback"]) -> Talk:
    items = tuple(guide.items)
    answers = {item: _answer(guide, item) for item in items}
    sitting = Sitting(
        guide,
        "",
        items,
        kind,
        closed=False,
        deadline=DEADLINE,
        safeguarding=LONG,
        previous=answers,
        figures={item: _figures(guide, item) for item in guide.descriptors},
        reasons=dict.fromkeys(guide.descriptors, Reasons(((spoken(1),),) * MOST_REASONS, "")),
        local_notes=dict.fromkeys(items, LONG),
        terms={term.id: spoken(1) for term in guide.local_terms},
        tables={
            table.id: (tuple(Cell(column=c.id, words=spoken(5)) for c in table.columns),) * ROWS
            for table in guide.local_tables
        },
    )
    state = Interview(started=True, answers=answers, hand_on=spoken(4))
    notes = {
        UUID(int=1000 + number): Note(
            ask.item, ask.field, spoken(5 if number else 1), SOURCE, EVIDENCE
        )
        for number, ask in enumerate(asks(sitting, state))
    }
    was = dict.fromkeys(items, Answer("dont-know"))
    everything = replace(state, notes=notes, changed=frozenset(items), before=was)
    fates = tuple(
        Fate(item, _answer(guide, item), 2.5, _answer(guide, item).level, spoken(4), "mine")
        for item in guide.descriptors
    )
    return Talk(
        sitting, everything, "A" * 60, "An agency of some length", "A role", read,
        stand_in="manager",
        reasons_shown=True,
        became=lambda: Became(fates, items[:6]),
        reminded=lambda: REMINDED,
    )  # fmt: skip


def read(words: Words | None) -> str | None:
    """The text that words stand for."""
    return SPOKEN.get(words.id.int) if words else None


def asks(sitting: Sitting, state: Interview) -> Iterator[Ask]:
    """Every question for words of a sitting."""
    for item in sitting.items:
        yield from (Ask(item, box.id) for box in boxes(state, sitting, item))


def _answer(guide: Guide, item: str) -> Answer:
    if item in guide.numbers:
        return Answer("number", number=123456789.5)
    if item not in guide.descriptors:
        return Answer("text")
    level = max(guide.scale_of(item).levels, key=lambda one: len(one.label))
    return Answer("score", level.value, level.score)


def _figures(guide: Guide, item: str) -> Figures:
    return Figures(1, tuple(20 for _ in guide.scale_of(item).levels), 12, "")


def _reminder(talk: Talk) -> str:
    guide, items = talk.sitting.guide, talk.sitting.items
    return phrases.reminder(
        guide, talk.area, items, len(items), DEADLINE, started=False, again=False
    )


# -- what can be said ------------------------------------------------------------------------------
def said(talk: Talk) -> Iterator[Prompt]:
    """Every prompt a talk can come to, as it is said in a chat: with its area."""
    return (naming_the_area(prompt, talk.area) for prompt in _said(talk))


def _said(talk: Talk) -> Iterator[Prompt]:
    yield from _receipts(talk)
    yield prompts.notice(talk)
    yield Prompt("reminder", _reminder(talk), FURTHER)
    for item in talk.sitting.items:
        if talk.sitting.has_value(item):
            yield question(talk, Ask(item, SCORE))
            yield from _taken(shown(talk, Ask(item, SCORE)))
            yield Prompt("problem", not_understood(Ask(item, SCORE), talk.sitting))
    for ask in asks(talk.sitting, talk.interview):
        at = replace(talk, interview=replace(talk.interview, focus=ask.item))
        yield words(at, ask)
        yield from _taken(shown(talk, ask))
    yield from _screens(talk)


def _receipts(talk: Talk) -> Iterator[Prompt]:
    """Every receipt, of every item that it can be about."""
    for item in (None, *talk.sitting.items):
        yield from (receipt(talk, NothingChanged(why=w, item=item)) for w in UNCHANGED)
    for item in talk.sitting.guide.descriptors:
        for level in talk.sitting.guide.scale_of(item).levels:
            yield receipt(talk, ChangeQueried(item=item, value=level.value))
        aside = WordsSetAside(item=item, words=spoken(1))
        waits = {aside.words.id: Aside(item, aside.words, SOURCE)}
        yield receipt(replace(talk, interview=replace(talk.interview, aside=waits)), aside)
        yield receipt(talk, NoteGiven(item=item, field="working-well", words=spoken(1)))
    yield receipt(talk, WordsLeftOut(set_aside=spoken(1).id))


def _taken(prompt: object) -> Iterator[Prompt]:
    if isinstance(prompt, Prompt):
        yield prompt


def _screens(talk: Talk) -> Iterator[Prompt]:
    state, sitting = talk.interview, talk.sitting
    over = frozenset(
        (item, field)
        for item in sitting.items
        for field in (SCORE, *(box.id for box in boxes(state, sitting, item)))
    )
    named = tuple(sitting.items[:3])
    states = [
        *(replace(state, screen=screen) for screen in SCREENS),
        *(replace(state, screen=screen, answers={}) for screen in SCREENS),
        *(replace(state, screen="beside", screen_about=item) for item in sitting.items),
        *(replace(state, stopped=concern) for concern in CONCERNS),
        replace(state, screen="handed-on"),
        replace(state, withdrawn=True),
        replace(state, paused=True),
        replace(state, finished=over, named=()),
        replace(state, finished=over | {("priorities", "priorities")}, named=named),
        replace(state, refusal=spoken(4)),
    ]
    for one in states:
        yield prompts.screen(replace(talk, interview=one))
    for decision in (
        HandOnDeclined(declined_to="a", because=spoken(4)),
        ItemsHandedOn(handed_on_by="a", to="b", items=named),
    ):
        decided = replace(sitting, decided=decision)
        told = replace(state, screen="handed-on")
        yield prompts.screen(replace(talk, interview=told, sitting=decided))
    yield prompts.screen(replace(talk, sitting=replace(sitting, closed=True)))
    yield prompts.screen(replace(talk, sitting=replace(sitting, closed=True, signed_off=True)))
    yield prompts.screen(replace(talk, sitting=replace(sitting, items=())))


def windows(talk: Talk) -> Iterator[dict[str, object]]:
    """Every window words can be written in, new ones and those edited."""
    for ask in asks(talk.sitting, talk.interview):
        for source in ("", f":{SOURCE}"):
            yield note_window(talk, HERE, f"write:{ask.item}:{ask.field}{source}")
