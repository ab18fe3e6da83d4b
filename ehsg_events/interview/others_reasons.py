"""Which of the others' reasons a feedback round shows: a few, nameless, from both ends. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from statistics import median
from typing import NamedTuple

from ehsg_events.interview.notes import PRIVATE
from ehsg_events.kernel import Words
from ehsg_events.states.interview import REASON_FIELD, Interview
from ehsg_events.values.beside import Note
from ehsg_events.values.exposure import Reasons
from guides.model import Guide

MOST_REASONS = 3
MOST_READ = 60  # people whose reasons are looked through for one reader, which bounds the time


class Voice(NamedTuple):
    """One person's standing score, and what they typed as its reason."""

    score: int
    said: tuple[Words, ...]


def drawn(reader: str, people: Iterable[str]) -> list[str]:
    """At most `MOST_READ` people by lot: for one reader always the same, for another others."""

    def lot(person: str) -> bytes:
        return hashlib.sha256(f"{reader}|{person}".encode()).digest()

    return sorted(people, key=lot)[:MOST_READ]


def voice(guide: Guide, item: str, rounds: Sequence[Interview]) -> Voice | None:
    """One person's standing score on a descriptor and its reason; none if either is missing.

    Args:
        rounds: the person's interviews in all earlier rounds, oldest first.
    """
    answers = [interview.answers[item] for interview in rounds if item in interview.answers]
    stands = next((answer for answer in reversed(answers) if answer.kind != "skip"), None)
    reason = next(
        filter(None, (_reason(guide, item, interview) for interview in reversed(rounds))), None
    )
    if reason is None or stands is None or stands.score is None:
        return None
    return Voice(stands.score, reason)


def _reason(guide: Guide, item: str, interview: Interview) -> tuple[Words, ...]:
    """What was typed in one interview as evidence or reason and may be quoted."""
    boxes = {box.id for box in guide.section_of(item).fields if box.kind == "evidence"}
    boxes.add(REASON_FIELD.id)
    notes = (note for note in interview.notes.values() if note.item == item and note.field in boxes)
    return tuple(note.words for note in notes if _may_be_quoted(note))


def _may_be_quoted(note: Note) -> bool:
    """Whether a note was not private, and had no file: its words may be the file's name."""
    private = note.source is not None and note.source.startswith(PRIVATE)
    return not private and (note.evidence is None or note.evidence.file is None)


def chosen(mine: int | None, voices: Iterable[Voice]) -> Reasons | None:
    """A few reasons: one for each score before a second for any, the furthest from mine first.

    They come in the order of their ids, which gives away neither the people nor the scores.

    Args:
        mine: the reader's own score; the middle score takes the place of a missing one.
    """
    every = sorted(voices, key=lambda other: other.said[0].id)
    if not every:
        return None
    centre = median(other.score for other in every) if mine is None else mine
    turns: Mapping[int, count[int]] = {other.score: count() for other in every}
    ranked = sorted(
        (next(turns[other.score]), -abs(other.score - centre), other.said[0].id, other.said)
        for other in every
    )
    few = (messages for *_, messages in ranked[:MOST_REASONS])
    shown = tuple(sorted(few, key=lambda messages: messages[0].id))
    ids = "|".join(str(words.id) for messages in shown for words in messages)
    return Reasons(shown, hashlib.sha256(ids.encode()).hexdigest())
