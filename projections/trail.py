"""The walk back: every fact in words, and for one item only those that made it what it is.

What was said in a round that is still open is hidden here as everywhere: a row shows that somebody
spoke and when. Whose row it is and of what kind stays back too, or the rows that follow an answer
would tell a score, which is asked about further, from a "don't know", which is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import JsonValue

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    AssessmentSignedOff,
    DeadlineMoved,
    DissentRecorded,
    InterviewWithdrawn,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    OutcomeAdopted,
    OutcomeModerated,
    PrioritiesChosen,
    RoundClosed,
    RoundMeasured,
    SignOffWithdrawn,
    StakeholderInvited,
)
from ehsg_events.kernel import TOPICS, Frozen, Words
from projections.log import View
from projections.place import Place
from projections.say import HIDDEN, AnyFact, says

SPOKEN = ("words", "because")  # the personal words that a walk back opens; names stay sealed


class Step(Frozen):
    """One fact on the log: when, who by pseudonym, how, what, and in words.

    `words` are the personal words that were typed, null when there are none, they were
    forgotten. `fact` holds the fact's own fields. A `hidden` fact has its position and its time,
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
    says: str
    hidden: bool
    fact: dict[str, JsonValue]


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
            case StakeholderInvited() as asked:
                return self._invited(asked, one.row["round"])
            case PrioritiesChosen(items=items):
                before, self.chosen = self.chosen, self.item in items
                return before or self.chosen
            case InterviewWithdrawn():
                return one.row["stakeholder"] in self.people
            case DeadlineMoved() | RoundClosed():
                return one.row["round"] in self.rounds
            case RoundMeasured(measures=measures):
                return any(measure.item == self.item for measure in measures)
            case AssessmentSignedOff() | SignOffWithdrawn():
                return True
            case (
                AnswerGiven() | AnswerAmended() | NoteGiven() | NoteAmended() | NoteRetracted()
                | OutcomeAdopted() | OutcomeModerated() | DissentRecorded()
            ):  # fmt: skip
                return one.item == self.item
        return False

    def _invited(self, asked: StakeholderInvited, number: int) -> bool:
        if self.item not in asked.items:
            return False
        self.people.add(asked.invited)
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
    """A fact as it is shown.

    Args:
        item: what the reader asks about; a fact on many items is told by this one.
    """
    row = one.row
    if row["hidden"]:
        return _hidden(one)
    place = Place(
        guide=view.guide,
        zone=view.state.policy.zone,
        by=row["by"],
        round=row["round"],
        stakeholder=row["stakeholder"],
        item=item,
    )
    return Step(
        position=row["position"],
        at=row["said_at"],
        who=row["by"],
        role=row["role"],
        surface=row["surface"],
        cause=row["cause"],
        what=row["what"],
        round=row["round"],
        stakeholder=row["stakeholder"],
        item=one.item,
        words=_words(view, one.fact),
        says=says(one.fact, place),
        hidden=False,
        fact=json.loads(row["fact"]),
    )


def _hidden(one: Told) -> Step:
    """A fact of an open round: that somebody answered an item shows, all else does not."""
    row = one.row
    if not _answers(one.fact):
        return Step(position=row["position"], at=row["said_at"], says=HIDDEN, hidden=True, fact={})
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
        says=f"{row['by']} answered {one.item}. {HIDDEN}",
        hidden=True,
        fact={},
    )


def _answers(fact: AnyFact) -> bool:
    return isinstance(fact, AnswerGiven | AnswerAmended)


def _words(view: View, fact: AnyFact) -> str | None:
    sealed = next((getattr(fact, name) for name in SPOKEN if hasattr(fact, name)), None)
    return view.log.read(sealed) if isinstance(sealed, Words) else None
