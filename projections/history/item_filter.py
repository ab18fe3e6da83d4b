"""One item followed through the trail: which facts made it what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from ehsg_events.events import (
    ActionAgreed,
    ActionAmended,
    ActionEnded,
    AnswerAmended,
    AnswerGiven,
    AssessmentSignedOff,
    DeadlineMoved,
    DissentRecorded,
    HandOnAgreed,
    InterviewWithdrawn,
    ItemsHandedOn,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    OutcomeAdopted,
    OutcomeModerated,
    OutcomeSetAside,
    PrioritiesChosen,
    PrioritiesNamed,
    RoundClosed,
    RoundMeasured,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    SignOffWithdrawn,
    StakeholderInvited,
    VoteOpened,
    VoteShown,
)
from ehsg_events.kernel import TOPICS
from ehsg_events.states.interview import InterviewFact
from projections.facts.view import View
from projections.folded.informed import Informed, informed
from projections.folded.trail import TrailRow, trail_rows
from projections.history.sentences import AnyFact

LEARNED = ("room", "earlier_round", "earlier_figures", "earlier_reasons", "end_told")


@dataclass(frozen=True)
class Told:
    """A row of the trail with its fact read, and the item it is about, if any.

    `late` marks what somebody said after the round was reopened. `placed` is whether its position
    may be told: from the opening of an open round on, positions would tell how many were left out.
    """

    row: TrailRow
    fact: AnyFact
    item: str | None
    late: bool
    placed: bool = True


@dataclass
class ItemFilter:
    """Follows one item through the trail, remembering who was asked about it and when."""

    item: str
    people: set[str] = field(default_factory=set)
    rounds: set[int | None] = field(default_factory=set)
    chosen: bool = False

    def holds(self, told: Told) -> bool:
        """Whether a fact belongs to the item's history; facts must be given in order."""
        match told.fact:
            case PrioritiesChosen(items=items):
                before, self.chosen = self.chosen, self.item in items
                return before or self.chosen
            case PrioritiesNamed(items=items) | HandOnAgreed(items=items):
                return self.item in items
            case InterviewWithdrawn():
                return told.row.stakeholder in self.people
            case AssessmentSignedOff() | SignOffWithdrawn():
                return True
            case (
                AnswerGiven() | AnswerAmended() | NoteGiven() | NoteAmended() | NoteRetracted()
                | OutcomeAdopted() | OutcomeModerated() | OutcomeSetAside() | DissentRecorded()
                | ActionAgreed() | ActionAmended() | ActionEnded()
            ):  # fmt: skip
                return told.item == self.item
        return self._is_in_round(told)

    def _is_in_round(self, told: Told) -> bool:
        match told.fact:
            case StakeholderInvited(invited=person, items=items):
                return self._is_asked_of(person, items, told.row.round)
            case ItemsHandedOn(to=person, items=items):
                return self._is_asked_of(person, items, told.row.round)
            case VoteOpened(item=item, put_to=people):
                for person in people:
                    self._is_asked_of(person, (item,), told.row.round)
                return item == self.item
            case VoteShown(item=item):
                return item == self.item
            case DeadlineMoved() | RoundPaused() | RoundResumed() | RoundClosed() | RoundReopened():
                return told.row.round in self.rounds
            case RoundMeasured(measures=measures):
                return any(measure.item == self.item for measure in measures)
        return False

    def _is_asked_of(self, person: str, items: Sequence[str], number: int | None) -> bool:
        if self.item not in items:
            return False
        self.people.add(person)
        self.rounds.add(number)
        return True


def told(view: View, *, messages: bool = True) -> Iterator[Told]:
    """The trail with each fact read; a change to a note is about the note's item.

    A hidden fact is left out as if there were none, unless it is an answer: more is asked after a
    score than after a "don't know", so even an empty line would tell one from the other.
    Of somebody who has withdrawn only the answers are here, and that there was a dissent.

    Args:
        messages: whether to include what became of messages: most of a trail, and about no item.
    """
    notes: dict[object, str] = {}
    reopened: set[int | None] = set()
    placed = True
    rows = (row for row in trail_rows(view) if messages or not row.topic.startswith("message."))
    for row in rows:
        fact = cast("AnyFact", TOPICS[row.topic].model_validate_json(row.fact))
        if isinstance(fact, AnswerGiven | AnswerAmended):
            fact = _learned(fact, informed(view)[row.position])
        item = row.item
        if isinstance(fact, NoteGiven):
            notes[fact.words.id] = fact.item
        if isinstance(fact, NoteAmended | NoteRetracted):
            item = notes.get(fact.note)
        if isinstance(fact, RoundReopened):
            reopened.add(row.round)
        placed = placed and not row.hidden and view.placed(row.position) is not None
        if row.withdrawn and not (answers(fact) or isinstance(fact, DissentRecorded)):
            continue  # how much more they said would tell a score from a "don't know"
        late = row.round in reopened and isinstance(fact, InterviewFact)
        if not row.hidden or answers(fact):
            yield Told(row, fact, item, late, placed)


def _learned(fact: AnswerGiven | AnswerAmended, knew: Informed) -> AnyFact:
    """An answer stamped with all its person knew, also if the fact is older than that stamp."""
    exposure = fact.exposure.model_copy(update={name: getattr(knew, name) for name in LEARNED})
    return fact.model_copy(update={"exposure": exposure})


def answers(fact: AnyFact) -> bool:
    """Whether a fact is an answer, or another one in its place."""
    return isinstance(fact, AnswerGiven | AnswerAmended)
