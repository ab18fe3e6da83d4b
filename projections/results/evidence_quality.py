"""How good the evidence of closed rounds is, finding by finding, for the coordinator to ask about.

Words are opened and compared in memory. Neither they nor a digest of them, from which they could be
guessed, is written to any table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from ehsg_events.kernel import Frozen
from projections.facts.view import View
from projections.folded.members import members
from projections.folded.notes import NoteRow, gone, notes
from projections.folded.standing import Standing, stands_now
from projections.history.evidence_files import Noted, evidence_in, noted
from projections.results.agreed_actions import boxes_of
from projections.results.plans_in_words import planned

Shortcoming = Literal["no-evidence", "undated", "pasted", "plan"]
SHORTCOMINGS: tuple[Shortcoming, ...] = ("no-evidence", "undated", "pasted", "plan")
SHORTEST = 8  # words; a shorter paragraph is easily said twice


class _Noted(NamedTuple):
    position: int
    said_at: datetime


class Finding(Frozen):
    """One thing that evidence lacks.

    `no-evidence`: a score above the middle of its scale with no evidence of that person beside it.
    `undated`: evidence without the day it speaks of. `pasted`: a paragraph that stands in another
    note too, or twice in this one; `same_as` are the positions of those notes. `plan`: what is
    meant to come, in a box for what is so. `words` are given for the last two; `position` is that
    of the note.
    """

    item: str
    shortcoming: Shortcoming
    stakeholder: str
    agency: str
    round: int
    position: int | None = None
    words: str | None = None
    same_as: tuple[int, ...] = ()


class EvidenceQuality(Frozen):
    """How often evidence falls short and how, and each finding in the guide's order."""

    notes: int
    found: dict[str, int]
    findings: tuple[Finding, ...]


def evidence_quality(view: View, read: Collection[str] | None = None) -> EvidenceQuality:
    """Everything that evidence of closed rounds lacks.

    Args:
        read: the only items whose words are read, for reading takes time: a paragraph that was pasted
            is found among these, and a plan in these. All of them when none are given.
    """
    items = (None,) if read is None else tuple(read)
    kept = [
        row
        for item in items
        for row in noted(view, item)
        if row.field in boxes_of(view, row.item, "evidence")
    ]
    findings = [*unread(view), *_pasted(kept), *_plans(view, kept)]
    places = {item: place for place, item in enumerate(view.guide.items)}
    findings.sort(
        key=lambda finding: (
            places[finding.item],
            SHORTCOMINGS.index(finding.shortcoming),
            finding.stakeholder,
            finding.position or 0,
        )
    )
    return EvidenceQuality(
        notes=len(_as_evidence(view)),
        found={
            name: sum(finding.shortcoming == name for finding in findings) for name in SHORTCOMINGS
        },
        findings=tuple(findings),
    )


def unread(view: View) -> Iterator[Finding]:
    """What shows without reading the words: high scores without evidence, and evidence undated."""
    every = _as_evidence(view)
    given = {(note.stakeholder, note.item) for note in every}
    for row in stands_now(view):
        place, panel = (row.stakeholder, row.item), members(view)
        lacks = (
            place not in given and row.stakeholder in panel and row.stakeholder not in gone(view)
        )
        if lacks and _is_high(view, row) and boxes_of(view, row.item, "evidence"):
            yield Finding(
                item=row.item,
                shortcoming="no-evidence",
                stakeholder=row.stakeholder,
                agency=panel[row.stakeholder].agency,
                round=row.said_in,
            )
    for note in every:
        if evidence_in(note).dated is None:
            yield Finding(
                item=note.item,
                shortcoming="undated",
                stakeholder=note.stakeholder,
                agency=note.agency,
                round=note.round,
                position=note.position,
            )


def _as_evidence(view: View) -> list[NoteRow]:
    """The notes that stand where evidence was asked for."""
    return [note for note in notes(view) if note.field in boxes_of(view, note.item, "evidence")]


def _is_high(view: View, row: Standing) -> bool:
    """Whether a score stands above the middle of its scale."""
    if row.score is None or row.item not in view.guide.descriptors:
        return False
    scale = view.guide.scale_of(row.item)
    return 2 * row.score > scale.lowest + scale.highest


def _pasted(kept: Sequence[Noted]) -> Iterator[Finding]:
    places: dict[str, list[int]] = defaultdict(list)
    for row in kept:
        for plain in map(_plain, _paragraphs(row)):
            places[plain].append(row.position)
    for row in kept:
        for text in dict.fromkeys(_paragraphs(row)):
            others = list(places[_plain(text)])
            others.remove(row.position)
            if others:
                yield _finding(row, "pasted", text, others)


def _paragraphs(row: Noted) -> list[str]:
    every = [" ".join(line.split()) for line in (row.words or "").splitlines()]
    return [text for text in every if len(_plain(text).split()) >= SHORTEST]


def _plain(text: str) -> str:
    """A paragraph without what copying changes: capitals, punctuation and spaces."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _plans(view: View, kept: Sequence[Noted]) -> Iterator[Finding]:
    said = dict(view.facts(_Noted, ("NoteGiven",)))
    for row in kept:
        words = planned(row.words or "", said[row.position].astimezone(UTC).year)
        if words:
            yield _finding(row, "plan", words)


def _finding(
    row: Noted, shortcoming: Shortcoming, words: str, same_as: Sequence[int] = ()
) -> Finding:
    return Finding(
        item=row.item,
        shortcoming=shortcoming,
        stakeholder=row.stakeholder,
        agency=row.agency,
        round=row.round,
        position=row.position,
        words=words,
        same_as=tuple(same_as),
    )
