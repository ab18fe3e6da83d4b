"""An assessment copied for a rehearsal: every fact, but people without their name or address."""

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
    StakeholderCorrected,
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

    What people typed is not copied. People in Slack get an invented address, so that no message can
    reach anybody. Answers of a round that is still open are replaced by guesses: otherwise the
    rehearsal would reveal how the panel stands before the round has closed.
    """
    if (log.folder / "guides").exists():
        shutil.copytree(log.folder / "guides", folder / "guides")
    copied = Log(folder)
    disguise = _Disguise(
        guide_of(log.assessment(assessment), log.folder), _still_open(log, assessment), guess
    )
    for _, transaction in groupby(log.about(assessment), key=lambda recorded: recorded.stamp.key):
        _copy(copied, list(transaction), disguise)
    return copied


def _still_open(log: Log, assessment: UUID) -> int | None:
    """The number of the round that is open, if one is: the newest."""
    return next((round.number for round in log.rounds(assessment) if not round.closed), None)


@dataclass(frozen=True)
class _Disguise:
    """Replaces answers of the open round, which nobody may see yet."""

    guide: Guide
    open_round: int | None
    guess: Guess

    def answer(self, stream: Stream, fact: AnswerGiven | AnswerAmended) -> Fact:
        """The same fact, or a guessed answer in the place of a hidden one."""
        if stream.round != self.open_round or fact.item not in self.guide.descriptors:
            return fact
        value = self.guess.score(stream.stakeholder or "", self.guide, fact.item)
        levels = {level.value: level for level in self.guide.scale_of(fact.item).levels}
        guessed = levels.get(value)
        return fact.model_copy(
            update={
                "kind": "score" if guessed else value,
                "level": guessed.value if guessed else None,
                "score": guessed.score if guessed else None,
            }
        )


def _copy(copied: Log, transaction: list[Recorded], disguise: _Disguise) -> None:
    def decide(tx: Transaction) -> None:
        for recorded in transaction:
            tx.decide(recorded.stream, _as_copied(tx, recorded.stream, recorded.fact, disguise))

    copied.record(transaction[0].stamp, decide)


def _as_copied(tx: Transaction, stream: Stream, fact: Fact, disguise: _Disguise) -> Fact:
    """A fact with a pseudonym for a name, an invented address, and no hidden answer."""
    match fact:
        case AnswerGiven() | AnswerAmended():
            return disguise.answer(stream, fact)
        case StakeholderAdded(stakeholder=person):
            backup = fact.backup and _stand_in(tx, stream, person, fact.backup)
            return fact.model_copy(update={**_known_as(tx, stream, person, fact), "backup": backup})
        case StakeholderCorrected(corrected=person) if fact.name or fact.slack:
            disguised = _known_as(tx, stream, person, fact)
            return fact.model_copy(update={k: v for k, v in disguised.items() if getattr(fact, k)})
        case CoordinatorNamed(coordinator=person):
            return fact.model_copy(update=_known_as(tx, stream, person, fact))
    return fact


def _known_as(
    tx: Transaction,
    stream: Stream,
    person: str,
    fact: StakeholderAdded | StakeholderCorrected | CoordinatorNamed,
) -> dict[str, Words | None]:
    return {
        "name": tx.seal(person, stream, person),
        "slack": _address(tx, stream, person) if fact.slack else None,
    }


def _stand_in(tx: Transaction, stream: Stream, person: str, backup: StandIn) -> StandIn:
    name = tx.seal(f"the {backup.kind} of {person}", stream, person)
    slack = _address(tx, stream, person) if backup.slack else None
    return StandIn(kind=backup.kind, name=name, slack=slack)


def _address(tx: Transaction, stream: Stream, person: str) -> Words:
    return tx.seal(f"{TEAM}/U{len(tx.texts):04}X{tx.log.version(stream):04}", stream, person)
