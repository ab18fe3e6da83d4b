"""A copy of one person's own answers and words, for themselves: every round, nothing of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from bots import phrases
from bots.interview.record import talk_of
from bots.interview.talk import Talk
from bots.phrases import receipts as said
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Way
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking, spoken
from ehsg_events.log.log import Log
from ehsg_events.values.beside import Note
from projections.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Prose,
    Words,
)


def own_copy(
    log: Log, assessment: UUID, stakeholder: str, at: datetime, *, for_others: bool = False
) -> Document:
    """Everything that somebody has said in an assessment, as a document.

    Args:
        for_others: whether somebody else makes it for them, who may not see what they say in a
            round that is open.

    Raises:
        Refused: no round has asked them, or none that somebody else may see is closed.
    """
    rounds = list(enumerate(log.rounds(assessment), start=1))
    asked = [n for n, round in rounds if stakeholder in round.invited]
    if for_others:
        closed = [n for n in asked if rounds[n - 1][1].closed]
        if asked and not closed:
            raise Refused(
                said.ONLY_THEIRS.format(stakeholder),
                Way("link", "say the one they have", {"stakeholder": stakeholder}),
            )
        asked = closed
    numbers = asked or [1]  # whoever is in no round is refused as anywhere
    talks = {n: talk_of(log, assessment, stakeholder, at, n)[1] for n in numbers}
    with speaking(talks[numbers[-1]].language):
        return _document(talks, at, log.assessment(assessment).policy.zone)


def _document(talks: Mapping[int, Talk], at: datetime, zone: str) -> Document:
    """What somebody said in each round that asked them, the newest last."""
    newest = talks[max(talks)]
    told = {n: tuple(_said(talk)) for n, talk in talks.items()}
    several = sum(map(bool, told.values())) > 1
    blocks = [
        block for n, own in told.items() if own for block in (_round(n if several else None), *own)
    ]
    return Document(
        language=spoken(),
        title=_(said.COPY_TITLE),
        subtitle=said.as_they_stood(newest.area, calendar.say(at, zone)),
        state=_(said.COPY_OF_WITHDRAWN) if newest.interview.withdrawn else None,
        blocks=tuple(blocks) or (Prose(text=_(said.NOTHING_SAID)),),
        at=at,
    )


def _round(number: int | None) -> Block:
    """The heading over a round, or over all that was said if it was said in one."""
    return Heading(level=2, text=said.round_of(number) if number else _(said.COPY_TITLE))


def _said(talk: Talk) -> Iterator[Block]:
    state, guide = talk.interview, talk.sitting.guide
    for item, answer in state.answers.items():
        asked = guide.items[item]
        yield Heading(level=3, text=phrases.title(asked))
        yield Prose(text=asked.statement)
        words = said.answer_alone(item, answer, guide)
        yield Pairs(rows=(Pair(term=_(said.YOUR_ANSWER), told=Prose(text=words)),))
        yield from _noted(talk, item)
    aside = [talk.shown(words.words) or "" for words in state.aside.values()]
    if aside:
        yield Heading(level=3, text=_(said.NOT_PLACED))
        yield Bullets(rows=tuple(Words(text=text) for text in aside))
    if state.named:
        yield Prose(text=phrases.named(state.named))


def _noted(talk: Talk, item: str) -> Iterator[Block]:
    notes = tuple(_words(talk, n) for n in talk.interview.notes.values() if n.item == item)
    if notes:
        yield Heading(level=4, text=_(said.YOUR_WORDS))
        yield Bullets(rows=notes)


def _words(talk: Talk, note: Note) -> Words:
    evidence = note.evidence
    text = talk.shown(note.words) or ""
    if evidence is None:
        return Words(text=text)
    file = talk.read(evidence.file.name) if evidence.file else None
    day = calendar.say_day(evidence.dated) if evidence.dated else None
    beside = ", ".join(part for part in (day, said.file_named(file) if file else None) if part)
    return Words(
        text=text,
        source=talk.read(evidence.origin) if evidence.origin else None,
        beside=beside or None,
    )
