"""The walk back: every fact in words, and for one item only those that made it what it is.

What was said in a round that is still open is hidden here as everywhere: a step shows that there is
a fact, and when it was recorded. Who acted and the kind of fact are hidden too, but for answers.
Otherwise the steps after an answer would tell a score, after which more is asked, from a "don't
know", after which nothing is.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, JsonValue

from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Frozen, Words
from ehsg_events.log.vault import Loss, Opened
from ehsg_events.values.exposure import Exposure
from projections.facts.view import View
from projections.figures.names import FactContext
from projections.history.evidence_files import Beside, beside
from projections.history.item_filter import Told, answers
from projections.history.sentences import HIDDEN, says

LATE = "This was after the round was reopened."
SPOKEN = (
    "words",
    "because",
    "colleague",
)  # the fields whose words a walk back opens; names stay sealed


class Step(Frozen):
    """One fact on the log: when, who by pseudonym, how, what, and in words.

    `words` are the personal words that were typed, null when there are none or they cannot be read;
    `lost` says why. `evidence` is what stands beside a note, `exposure` what the person knew of the others
    when they answered. `fact` holds the fact's own fields. `late` marks what was said after the
    round was reopened. A `hidden` fact has only its position and its
    time; if it is an answer, also who gave it to which item.
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
    lost: Loss | None = None
    evidence: Beside | None = None
    exposure: Exposure | None = None
    says: str
    hidden: bool
    late: bool = False
    fact: dict[str, JsonValue] = Field(default_factory=dict)


class Why(Frozen):
    """Why an item stands where it stands: each step is a fact on the log."""

    item: str
    label: str
    outcome: int | None
    outcome_level: str | None
    rule: str
    sentence: str | None
    peers: tuple[str, ...] = ()
    steps: tuple[Step, ...]


def step(view: View, told: Told, item: str | None) -> Step:
    """A fact as it is shown; if it is hidden, at most who answered which item.

    Args:
        item: what the reader asks about; a fact about several items is put in words for this one.
    """
    row = told.row
    if not row["hidden"]:
        words = _words(view, told)
        return _step(
            told,
            cause=row["cause"],
            words=words.text if words else None,
            lost=words.loss if words else None,
            evidence=_evidence(view, told),
            exposure=getattr(told.fact, "exposure", None),
            says=_sentence(view, told, item),
            late=told.late,
            fact=json.loads(row["fact"]),
        )
    if answers(told.fact):
        return _step(told, says=f"{row['by']} answered {told.item}. {HIDDEN}")
    return Step(position=row["position"], at=row["said_at"], says=HIDDEN, hidden=True)


def _sentence(view: View, told: Told, item: str | None) -> str:
    sentence = says(told.fact, _context(view, told, item))
    return f"{sentence} {LATE}" if told.late else sentence


def _step(told: Told, **fields: Any) -> Step:
    """A step with the fact's address and stamp, and further fields."""
    row = told.row
    return Step(
        position=row["position"],
        at=row["said_at"],
        who=row["by"],
        role=row["role"],
        surface=row["surface"],
        what=row["what"],
        round=row["round"],
        stakeholder=row["stakeholder"],
        item=told.item,
        hidden=row["hidden"],
        **fields,
    )


def _context(view: View, told: Told, item: str | None) -> FactContext:
    return FactContext(
        guide=view.guide,
        zone=view.state.policy.zone,
        by=told.row["by"],
        round=told.row["round"],
        stakeholder=told.row["stakeholder"],
        item=item,
        peer_of=_peer_of(view, told.row["stakeholder"]),
    )


def _peer_of(view: View, person: str | None) -> str | None:
    member = view.state.panel.get(person or "")
    return member.peer_of if member else None


def _words(view: View, told: Told) -> Opened | None:
    sealed = next((getattr(told.fact, name) for name in SPOKEN if hasattr(told.fact, name)), None)
    return view.opened(sealed, told.row["position"]) if isinstance(sealed, Words) else None


def _evidence(view: View, told: Told) -> Beside | None:
    kept = told.fact.evidence if isinstance(told.fact, NoteGiven) else None
    return beside(view, kept, told.row["position"]) if kept else None
