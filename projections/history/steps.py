"""The walk back: every fact in words, and for one item only those that made it what it is.

What was said in a round that is still open is hidden here as everywhere: of an answer a step shows
that it was given, by whom to what and when; the other hidden facts are left out, and no step from
the round's opening on has a position. Otherwise what follows an answer, or how many places lie
between two steps, would tell a score, after which more is asked, from a "don't know", after which
nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field, JsonValue

from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Frozen, Words
from ehsg_events.log.vault import Loss, Opened
from ehsg_events.values.exposure import Exposure
from projections.facts.view import View
from projections.figures.names import FactContext
from projections.history.evidence_files import Beside, beside, words_beside
from projections.history.item_filter import Told
from projections.history.sentences import HIDDEN, says

WITHDRAWN = "What it was is not shown: they have withdrawn."
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
    round was reopened. `on_behalf_of` is for whom `who` acted. A `hidden` step is an answer of which
    only is told who gave it, when and to which item; of somebody who has withdrawn a step has neither
    words nor the fact. `position` is null from the opening of a round on, until it is closed.
    """

    position: int | None = None
    at: str
    who: str | None = None
    role: str | None = None
    on_behalf_of: str | None = None
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
    """A fact as it is shown; if it is hidden, who answered which item and no more.

    Args:
        item: what the reader asks about; a fact about several items is put in words for this one.
    """
    row = told.row
    if row.withdrawn and not row.hidden:
        return _step(told, says=_of_somebody_gone(told))
    if not row.hidden:
        words = _words(view, told)
        return _step(
            told,
            cause=told.stored["cause"] if row.cause_told else None,
            words=words.text if words else None,
            lost=words.loss if words else None,
            evidence=_evidence(view, told),
            exposure=getattr(told.fact, "exposure", None),
            says=_sentence(view, told, item),
            late=told.late,
            fact=told.stored["fact"],
        )
    who = _context(view, told, item).person
    return _step(told, says=f"{who} answered {told.item}. {HIDDEN}")


def whose_words(steps: Iterable[Step]) -> frozenset[str]:
    """Whose words stand in some steps, apart from the coordinators' own."""
    spoken = (step for step in steps if step.words is not None or step.evidence is not None)
    said = (step.stakeholder or step.fact.get("dissenter") for step in spoken)
    return frozenset(str(person) for person in said if person)


def _of_somebody_gone(told: Told) -> str:
    """That somebody who has withdrawn answered or objected, and nothing of what it was."""
    who = told.row.stakeholder or getattr(told.fact, "dissenter", "")
    what = f"answered {told.item}" if told.answers else f"dissented on {told.item}"
    return f"{who} {what}. {WITHDRAWN}"


def _sentence(view: View, told: Told, item: str | None) -> str:
    sentence = says(told.fact, _context(view, told, item))
    acted_for = told.stored.get("on_behalf_of")
    if acted_for and not told.row.stakeholder:
        sentence += f" {told.row.by} did this on behalf of {acted_for}."
    return f"{sentence} {LATE}" if told.late else sentence


def _step(told: Told, **fields: Any) -> Step:
    """A step with the fact's address and stamp, and further fields."""
    row = told.row
    return Step(
        position=row.position if told.placed else None,
        at=told.stored["at"],
        who=row.by,
        role=told.stored["role"],
        on_behalf_of=told.stored.get("on_behalf_of"),
        surface=told.stored["surface"],
        what=row.what,
        round=row.round,
        stakeholder=row.stakeholder,
        item=told.item,
        hidden=row.hidden or row.withdrawn,
        **fields,
    )


def _context(view: View, told: Told, item: str | None) -> FactContext:
    return FactContext(
        guide=view.guide,
        zone=view.state.policy.zone,
        by=told.row.by,
        round=told.row.round,
        stakeholder=told.row.stakeholder,
        item=item,
        peer_of=_peer_of(view, told.row.stakeholder),
    )


def _peer_of(view: View, person: str | None) -> str | None:
    member = view.state.panel.get(person or "")
    return member.peer_of if member else None


def _words(view: View, told: Told) -> Opened | None:
    fact, position = told.fact, told.row.position
    if isinstance(fact, NoteGiven):
        file = fact.evidence.file if fact.evidence else None
        return words_beside(view, fact.words, file, position)
    sealed = next((getattr(fact, name) for name in SPOKEN if hasattr(fact, name)), None)
    return view.opened(sealed, position) if isinstance(sealed, Words) else None


def _evidence(view: View, told: Told) -> Beside | None:
    kept = told.fact.evidence if isinstance(told.fact, NoteGiven) else None
    return beside(view, kept, told.row.position) if kept else None
