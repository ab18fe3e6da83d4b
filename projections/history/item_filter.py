"""One item followed through the trail: which facts made it what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast
from uuid import UUID

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
from projections.facts.view import View
from projections.folded.informed import Informed, informed
from projections.folded.once import once
from projections.folded.panel_facts import ANSWERS
from projections.folded.trail import SAID, TrailRow, trail_rows
from projections.history.sentences import AnyFact

LEARNED = ("room", "earlier_round", "earlier_figures", "earlier_reasons", "end_told")
# What became of messages: most of a trail, and about no item.
MESSAGES = frozenset(topic.split(".")[1] for topic in TOPICS if topic.startswith("message."))


@dataclass(frozen=True)
class ShownRow:
    """A row of the trail that is told, and the item it is about, if any.

    `late` marks what somebody said after the round was reopened. `placed` is whether its position
    may be told: from the opening of an open round on, positions would tell how many were left out.
    `knew` is, of an answer, what its person knew of the others.
    """

    row: TrailRow
    item: str | None
    late: bool
    placed: bool
    knew: Informed | None

    @property
    def answers(self) -> bool:
        """Whether it is an answer, or another one in its place."""
        return self.row.what in ANSWERS


@dataclass(frozen=True)
class Told(ShownRow):
    """A shown row with its fact, which is stamped with all its person knew, and as it is `stored`."""

    fact: AnyFact
    stored: Mapping[str, Any]


@dataclass
class ItemFilter:
    """Follows one item through the trail, remembering who was asked about it and when."""

    item: str
    people: set[str] = field(default_factory=set)
    rounds: set[int | None] = field(default_factory=set)
    chosen: bool = False

    def may_hold(self, shown: ShownRow) -> bool:
        """Whether a row may belong to the item's history, before its fact is read."""
        return shown.item in (None, self.item) and shown.row.what not in MESSAGES

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


@once
def shown_rows(view: View) -> list[ShownRow]:
    """The trail, in order; a change to a note is about the note's item.

    A hidden fact is left out as if there were none, unless it is an answer: more is asked after a
    score than after a "don't know", so even an empty line would tell one from the other.
    Of somebody who has withdrawn only the answers are here, and that there was a dissent.
    """
    return list(_in_order(view))


def read(view: View, chosen: Iterable[ShownRow]) -> Iterator[Told]:
    """Some rows of the trail with their facts, which are read only here.

    Raises:
        Refused: a fact cannot be read.
    """
    by_position = {shown.row.position: shown for shown in chosen}
    facts, states = view.log.at([*by_position]), view.log.store.at([*by_position])
    for recorded, (position, stored) in zip(facts, states, strict=True):
        shown, state = by_position[position], json.loads(stored.state)
        yield Told(**vars(shown), fact=_learned(recorded.fact, shown), stored=state)


def _learned(fact: object, shown: ShownRow) -> AnyFact:
    """A fact; an answer stamped with all its person knew, also if it is older than that stamp."""
    if not isinstance(fact, AnswerGiven | AnswerAmended):
        return cast("AnyFact", fact)
    learned = {name: getattr(shown.knew, name) for name in LEARNED}
    exposure = fact.exposure.model_copy(update=learned)
    return fact.model_copy(update={"exposure": exposure})


def of_item(view: View, item: str) -> Iterator[Told]:
    """The trail of one item: what made it what it is."""
    wanted = ItemFilter(item)
    maybe = (shown for shown in shown_rows(view) if wanted.may_hold(shown))
    return (told for told in read(view, maybe) if wanted.holds(told))


def _in_order(view: View) -> Iterator[ShownRow]:
    changed, knew = _changed_notes(view), informed(view)
    reopened: set[int | None] = set()
    placed = True
    for row in trail_rows(view):
        if row.what == "RoundReopened":
            reopened.add(row.round)
        placed = placed and not row.hidden and view.placed(row.position) is not None
        item = changed.get(row.position, row.item)
        late = row.round in reopened and row.what in SAID
        shown = ShownRow(row, item, late, placed, knew.get(row.position))
        if shown.answers or not (row.hidden or _is_left_out(row)):
            yield shown


def _is_left_out(row: TrailRow) -> bool:
    """Whether it is left out: how much more they said would tell a score from a "don't know"."""
    return row.withdrawn and row.what != "DissentRecorded"


class _Note(NamedTuple):
    position: int
    what: str
    item: str | None
    words: dict[str, Any] | None
    note: UUID | None


def _changed_notes(view: View) -> dict[int, str | None]:
    """Which item each change to a note is about, by the change's position."""
    facts = view.facts(_Note, ("NoteGiven", "NoteAmended", "NoteRetracted"))
    given = {
        fact.words["id"]: fact.item for fact in facts if fact.what == "NoteGiven" and fact.words
    }
    return {fact.position: given.get(fact.note) for fact in facts if fact.what != "NoteGiven"}
