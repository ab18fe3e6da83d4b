"""The walk back: every fact in words, and for one item only those that made it what it is.

What was said in a round that is still open is hidden here as everywhere: a row shows that somebody
spoke and when. Whose row it is and of what kind stays back too, or the rows that follow an answer
would tell a score, which is asked about further, from a "don't know", which is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import Field, JsonValue

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    AssessmentSignedOff,
    DeadlineMoved,
    DissentRecorded,
    InterviewWithdrawn,
    ItemsHandedOn,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    OutcomeAdopted,
    OutcomeModerated,
    PrioritiesChosen,
    PrioritiesNamed,
    RoundClosed,
    RoundMeasured,
    RoundPaused,
    RoundResumed,
    SignOffWithdrawn,
    StakeholderInvited,
)
from ehsg_events.kernel import TOPICS, Frozen, Words
from projections.beside import Beside, beside
from projections.log import View
from projections.place import Place
from projections.say import HIDDEN, AnyFact, says

SPOKEN = (
    "words",
    "because",
    "colleague",
)  # the personal words that a walk back opens; names stay sealed


class Step(Frozen):
    """One fact on the log: when, who by pseudonym, how, what, and in words.

    `words` are the personal words that were typed, null when there are none, they were
    forgotten. `evidence` is what stands beside a note. `fact` holds the fact's own fields. A `hidden` fact has its position and its time,
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
    fact: dict[str, JsonValue] = Field(default_factory=dict)


class Why(Frozen):
    """Why an item stands where it stands: each step a fact on the log that is not hidden."""

    item: str
    label: str
    outcome: int | None
    outcome_level: str | None
    rule: str
    sentence: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Told:
    """A row of the trail with its fact read, and the item it is about, if any."""

    row: dict[str, Any]
    fact: AnyFact
    item: str | None


@dataclass
class Thread:
    """Follows one item through the trail, remembering who was asked about it and when."""

    item: str
    people: set[str] = field(default_factory=set)
    rounds: set[int] = field(default_factory=set)
    chosen: bool = False

    def holds(self, one: Told) -> bool:
        """Whether a fact belongs to the item's story; facts come in order.

        Of what is hidden only that the item was answered belongs to it already.
        """
        return (not one.row["hidden"] or _answers(one.fact)) and self._is_about(one)

    def _is_about(self, one: Told) -> bool:
        match one.fact:
            case PrioritiesChosen(items=items):
                before, self.chosen = self.chosen, self.item in items
                return before or self.chosen
            case PrioritiesNamed(items=items):
                return self.item in items
            case InterviewWithdrawn():
                return one.row["stakeholder"] in self.people
            case AssessmentSignedOff() | SignOffWithdrawn():
                return True
            case (
                AnswerGiven() | AnswerAmended() | NoteGiven() | NoteAmended() | NoteRetracted()
                | OutcomeAdopted() | OutcomeModerated() | DissentRecorded()
            ):  # fmt: skip
                return one.item == self.item
        return self._is_in_round(one)

    def _is_in_round(self, one: Told) -> bool:
        match one.fact:
            case StakeholderInvited(invited=person, items=items):
                return self._is_asked_of(person, items, one.row["round"])
            case ItemsHandedOn(to=person, items=items):
                return self._is_asked_of(person, items, one.row["round"])
            case DeadlineMoved() | RoundPaused() | RoundResumed() | RoundClosed():
                return one.row["round"] in self.rounds
            case RoundMeasured(measures=measures):
                return any(measure.item == self.item for measure in measures)
        return False

    def _is_asked_of(self, person: str, items: Sequence[str], number: int) -> bool:
        if self.item not in items:
            return False
        self.people.add(person)
        self.rounds.add(number)
        return True


def told(view: View) -> Iterator[Told]:
    """The trail with each fact read; a change to a note is about the note's item."""
    notes: dict[object, str] = {}
    for row in view.ask("SELECT * FROM trail ORDER BY position"):
        fact = cast("AnyFact", TOPICS[row["topic"]].model_validate_json(row["fact"]))
        item: str | None = row["item"]
        if isinstance(fact, NoteGiven):
            notes[fact.words.id] = fact.item
        if isinstance(fact, NoteAmended | NoteRetracted):
            item = notes.get(fact.note)
        yield Told(row, fact, item)


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
            says=says(one.fact, _place(view, one, item)),
            fact=json.loads(row["fact"]),
        )
    if _answers(one.fact):
        return _step(one, says=f"{row['by']} answered {one.item}. {HIDDEN}")
    return Step(position=row["position"], at=row["said_at"], says=HIDDEN, hidden=True)


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


def _place(view: View, one: Told, item: str | None) -> Place:
    return Place(
        guide=view.guide,
        zone=view.state.policy.zone,
        by=one.row["by"],
        round=one.row["round"],
        stakeholder=one.row["stakeholder"],
        item=item,
    )


def _answers(fact: AnyFact) -> bool:
    return isinstance(fact, AnswerGiven | AnswerAmended)


def _words(view: View, fact: AnyFact) -> str | None:
    sealed = next((getattr(fact, name) for name in SPOKEN if hasattr(fact, name)), None)
    return view.log.read(sealed) if isinstance(sealed, Words) else None


def _evidence(view: View, fact: AnyFact) -> Beside | None:
    kept = fact.evidence if isinstance(fact, NoteGiven) else None
    return beside(view, kept) if kept else None
