"""An assessment copied for a rehearsal: every fact as it is, the people without name or address."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from uuid import UUID

from bots.rehearsal.guesses import Guess
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    CoordinatorNamed,
    StakeholderAdded,
    StandIn,
)
from ehsg_events.kernel import Fact, Recorded, Stream, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Transaction
from guides.model import Guide

TEAM = "T0REHEARSE"


def copy_of(log: Log, assessment: UUID, folder: Path, guess: Guess) -> Log:
    """Copy one assessment into an empty folder, with the guides of the area.

    What people typed is not copied. Who is in Slack is in an invented workspace, under an id that
    tells nothing, so that no message can reach anybody. What was answered in a round that is open
    is guessed anew: a rehearsal could tell how the panel stands before the round has closed.
    """
    if (log.folder / "guides").exists():
        shutil.copytree(log.folder / "guides", folder / "guides")
    copied = Log(folder)
    ours = [one for one in log.all() if one.stream.assessment == assessment]
    hides = _Hides(
        guide_of(log.assessment(assessment), log.folder), _still_open(log, assessment), guess
    )
    for _, together in groupby(ours, key=lambda one: one.stamp.key):
        _copy(copied, list(together), hides)
    return copied


def _still_open(log: Log, assessment: UUID) -> int | None:
    """The number of the round that is open, if one is: the newest."""
    return next((r.number for r in log.rounds(assessment) if not r.closed), None)


@dataclass(frozen=True)
class _Hides:
    """What must not be told of the answers in the round that is open."""

    guide: Guide
    open_round: int | None
    guess: Guess

    def answer(self, stream: Stream, fact: AnswerGiven | AnswerAmended) -> Fact:
        """Another answer in the place of one that is hidden still."""
        if stream.round != self.open_round or fact.item not in self.guide.descriptors:
            return fact
        value = self.guess.score(stream.stakeholder or "", self.guide, fact.item)
        levels = {level.value: level for level in self.guide.scale_of(fact.item).levels}
        found = levels.get(value)
        return fact.model_copy(
            update={
                "kind": "score" if found else value,
                "level": found.value if found else None,
                "score": found.score if found else None,
            }
        )


def _copy(copied: Log, transaction: list[Recorded], hides: _Hides) -> None:
    def decide(tx: Transaction) -> None:
        for one in transaction:
            tx.decide(one.stream, _as_copied(tx, one.stream, one.fact, hides))

    copied.record(transaction[0].stamp, decide)


def _as_copied(tx: Transaction, stream: Stream, fact: Fact, hides: _Hides) -> Fact:
    """A fact with a pseudonym for a name, an invented address for a real one, and nothing hidden."""
    match fact:
        case AnswerGiven() | AnswerAmended():
            return hides.answer(stream, fact)
        case StakeholderAdded(stakeholder=person):
            backup = fact.backup and _stand_in(tx, stream, person, fact.backup)
            return fact.model_copy(update={**_known_as(tx, stream, person, fact), "backup": backup})
        case CoordinatorNamed(coordinator=person):
            return fact.model_copy(update=_known_as(tx, stream, person, fact))
    return fact


def _known_as(
    tx: Transaction, stream: Stream, person: str, fact: StakeholderAdded | CoordinatorNamed
) -> dict[str, Words | None]:
    return {
        "name": tx.seal(person, stream, person),
        "slack": _address(tx, stream, person) if fact.slack else None,
    }


def _stand_in(tx: Transaction, stream: Stream, person: str, known: StandIn) -> StandIn:
    name = tx.seal(f"the {known.kind} of {person}", stream, person)
    slack = _address(tx, stream, person) if known.slack else None
    return StandIn(kind=known.kind, name=name, slack=slack)


def _address(tx: Transaction, stream: Stream, person: str) -> Words:
    return tx.seal(f"{TEAM}/U{len(tx.texts):04}X{tx.log.version(stream):04}", stream, person)
