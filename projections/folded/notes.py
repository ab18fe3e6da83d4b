"""The notes that stand in closed rounds."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from projections.facts.view import View
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.rounds import closed


class _Fact(NamedTuple):
    position: int
    what: str
    round: int
    stakeholder: str
    item: str
    field: str
    words: dict[str, Any]
    evidence: str | None
    note: UUID


class NoteRow(NamedTuple):
    """A note with its newest words, and the evidence given with it."""

    position: int
    round: int
    stakeholder: str
    agency: str
    peer_of: str | None
    item: str
    field: str
    words: dict[str, Any]
    evidence: str | None


@once
def gone(view: View) -> frozenset[str]:
    """Who has withdrawn, also if it was after the moment that is looked at.

    Whoever withdraws hides what they said from every reader, whichever day is asked for.
    """
    return view.source.gone()


@once
def notes(view: View) -> list[NoteRow]:
    """In the order of the log, without what was retracted and whose owner has withdrawn."""
    facts = view.facts(_Fact, ("NoteGiven", "NoteAmended", "NoteRetracted"))
    newest = {fact.note: fact.words for fact in facts if fact.what == "NoteAmended"}
    retracted = {fact.note for fact in facts if fact.what == "NoteRetracted"}
    return [
        NoteRow(
            fact.position,
            fact.round,
            fact.stakeholder,
            members(view)[fact.stakeholder].agency,
            members(view)[fact.stakeholder].peer_of,
            fact.item,
            fact.field,
            newest.get(fact.words["id"], fact.words),
            fact.evidence,
        )
        for fact in facts
        if fact.what == "NoteGiven"
        and fact.round in closed(view)
        and fact.words["id"] not in retracted
        and fact.stakeholder in members(view)
        and fact.stakeholder not in gone(view)
    ]


@once
def notes_unplaced(view: View) -> list[NoteRow]:
    """The notes by the ids of their words, which are random: this tells neither author nor time."""
    return sorted(notes(view), key=lambda note: note.words["id"])
