"""What a feedback round shows of the others' reasons: a few, without names, both ends heard. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from statistics import median
from typing import NamedTuple

from ehsg_events.interview.notes import PRIVATE
from ehsg_events.kernel import Words
from ehsg_events.states.interview import REASON_FIELD, Interview, Note
from ehsg_events.values.exposure import Reasons
from ehsg_events.values.measure import Measure
from guides.model import Guide

MOST_REASONS = 3
MOST_READ = 60  # people whose reasons are looked through for one reader, so that it takes no time


class Voice(NamedTuple):
    """A score that stands, and what its owner typed for it."""

    score: int
    said: tuple[Words, ...]


def drawn(reader: str, people: Iterable[str]) -> list[str]:
    """Of many people some by lot, each reader others, and for the same reader always the same."""

    def lot(person: str) -> bytes:
        return hashlib.sha256(f"{reader}|{person}".encode()).digest()

    return sorted(people, key=lot)[:MOST_READ]


def voice(guide: Guide, item: str, rounds: Sequence[Interview]) -> Voice | None:
    """What one person stands by on a descriptor and why; none where either is missing.

    Args:
        rounds: the person's interviews in all rounds before, oldest first.
    """
    told = [one.answers[item] for one in rounds if item in one.answers]
    stands = next((one for one in reversed(told) if one.kind != "skip"), None)
    said = next(filter(None, (_said(guide, item, one) for one in reversed(rounds))), None)
    if said is None or stands is None or stands.score is None:
        return None
    return Voice(stands.score, said)


def _said(guide: Guide, item: str, interview: Interview) -> tuple[Words, ...]:
    """What was typed in one interview as evidence or reason, and may be quoted."""
    boxes = {box.id for box in guide.section_of(item).fields if box.kind == "evidence"}
    boxes.add(REASON_FIELD.id)
    notes = (one for one in interview.notes.values() if one.item == item and one.field in boxes)
    return tuple(one.words for one in notes if _may_be_quoted(one))


def _may_be_quoted(note: Note) -> bool:
    """Not what was written privately, nor what came with a file: its words may be the file's name."""
    private = note.source is not None and note.source.startswith(PRIVATE)
    return not private and (note.evidence is None or note.evidence.file is None)


def chosen(mine: int | None, voices: Iterable[Voice]) -> Reasons | None:
    """A few reasons: one of each score before a second of any, the furthest from mine first.

    They stand in the order of their ids, which follows neither the panel nor the scores.
    """
    every = sorted(voices, key=lambda one: one.said[0].id)
    if not every:
        return None
    here = median(one.score for one in every) if mine is None else mine
    turns: Mapping[int, count[int]] = {one.score: count() for one in every}
    ranked = sorted((next(turns[one.score]), -abs(one.score - here), one.said[0].id, one.said)
                    for one in every)  # fmt: skip
    few = (said for *_, said in ranked[:MOST_REASONS])
    shown = tuple(sorted(few, key=lambda said: said[0].id))
    ids = "|".join(str(words.id) for said in shown for words in said)
    return Reasons(shown, hashlib.sha256(ids.encode()).hexdigest())


SEEN_FROM = (5, 3)  # a group's figures are shown from this many people, of this many agencies


def may_be_seen(measure: Measure) -> bool:
    """Whether a group is large and mixed enough for its figures to be shown."""
    return measure.n >= SEEN_FROM[0] and measure.agencies >= SEEN_FROM[1]
