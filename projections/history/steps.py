"""The walk back: every fact in words, and for one item only those that made it what it is.

What was said in a round that is still open is hidden here as everywhere: a row shows that somebody
spoke and when. Whose row it is and of what kind stays back too, or the rows that follow an answer
would tell a score, which is asked about further, from a "don't know", which is not.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, JsonValue

from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Frozen, Words
from projections.facts.view import View
from projections.figures.names import FactContext
from projections.history.evidence_files import Beside, beside
from projections.history.item_filter import Told, answers
from projections.history.sentences import HIDDEN, AnyFact, says

LATE = "This was after the round was reopened."
SPOKEN = (
    "words",
    "because",
    "colleague",
)  # the personal words that a walk back opens; names stay sealed


class Step(Frozen):
    """One fact on the log: when, who by pseudonym, how, what, and in words.

    `words` are the personal words that were typed, null when there are none, they were
    forgotten. `evidence` is what stands beside a note. `fact` holds the fact's own fields. `late`
    is what was said after the round was reopened. A `hidden` fact has its position and its time,
    and of an answer who gave it to which item.
    """

    position: int
    at: str
    who: str | None = None
    role: str | None = None
    surface: str | None = None
    cause: str | None = None
    what: str | None = None
    round: int | None = None
    stakeholder: str | None = None
    item: str | None = None
    words: str | None = None
    evidence: Beside | None = None
    says: str
    hidden: bool
    late: bool = False
    fact: dict[str, JsonValue] = Field(default_factory=dict)


class Why(Frozen):
    """Why an item stands where it stands: each step a fact on the log that is not hidden."""

    item: str
    label: str
    outcome: int | None
    outcome_level: str | None
    rule: str
    sentence: str | None
    peers: tuple[str, ...] = ()
    steps: tuple[Step, ...]


def step(view: View, one: Told, item: str | None) -> Step:
    """A fact as it is shown; of an open round that somebody answered an item, and no more.

    Args:
        item: what the reader asks about; a fact on many items is told by this one.
    """
    row = one.row
    if not row["hidden"]:
        return _step(
            one,
            cause=row["cause"],
            words=_words(view, one.fact),
            evidence=_evidence(view, one.fact),
            says=_told(view, one, item),
            late=one.late,
            fact=json.loads(row["fact"]),
        )
    if answers(one.fact):
        return _step(one, says=f"{row['by']} answered {one.item}. {HIDDEN}")
    return Step(position=row["position"], at=row["said_at"], says=HIDDEN, hidden=True)


def _told(view: View, one: Told, item: str | None) -> str:
    said = says(one.fact, _place(view, one, item))
    return f"{said} {LATE}" if one.late else said


def _step(one: Told, **told: Any) -> Step:
    """A fact with its address and its stamp, and what else is told of it."""
    row = one.row
    return Step(
        position=row["position"],
        at=row["said_at"],
        who=row["by"],
        role=row["role"],
        surface=row["surface"],
        what=row["what"],
        round=row["round"],
        stakeholder=row["stakeholder"],
        item=one.item,
        hidden=row["hidden"],
        **told,
    )


def _place(view: View, one: Told, item: str | None) -> FactContext:
    return FactContext(
        guide=view.guide,
        zone=view.state.policy.zone,
        by=one.row["by"],
        round=one.row["round"],
        stakeholder=one.row["stakeholder"],
        item=item,
        peer_of=_peer_of(view, one.row["stakeholder"]),
    )


def _peer_of(view: View, person: str | None) -> str | None:
    member = view.state.panel.get(person or "")
    return member.peer_of if member else None


def _words(view: View, fact: AnyFact) -> str | None:
    sealed = next((getattr(fact, name) for name in SPOKEN if hasattr(fact, name)), None)
    return view.log.text(sealed) if isinstance(sealed, Words) else None


def _evidence(view: View, fact: AnyFact) -> Beside | None:
    kept = fact.evidence if isinstance(fact, NoteGiven) else None
    return beside(view, kept) if kept else None
