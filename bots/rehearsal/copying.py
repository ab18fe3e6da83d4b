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
    ContactChanged,
    CoordinatorNamed,
    ReaderNamed,
    StakeholderAdded,
    StakeholderCorrected,
    StandIn,
)
from ehsg_events.kernel import Fact, Frozen, Recorded, Stream, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Transaction
from guides.model import Guide

TEAM = "T0REHEARSE"
PERSONAL = {"name", "slack", "email", "backup"}


def copy_of(log: Log, assessment: UUID, folder: Path, guess: Guess) -> Log:
    """Copy one assessment into an empty folder, with the guides of the area.

    What people typed is not copied. People get invented addresses, so that no message can
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
        case StakeholderCorrected(corrected=person) if PERSONAL & fact.model_fields_set:
            disguised = _known_as(tx, stream, person, fact)
            kept = {k: v for k, v in disguised.items() if getattr(fact, k)}
            backup = fact.backup and _stand_in(tx, stream, person, fact.backup)
            return fact.model_copy(update={**kept, "backup": backup})
        case CoordinatorNamed(coordinator=person) | ReaderNamed(reader=person):
            return fact.model_copy(update=_known_as(tx, stream, person, fact))
        case ContactChanged(contact_of=person):
            return fact.model_copy(update=_addresses(tx, stream, person, fact))
    return fact


def _known_as(
    tx: Transaction,
    stream: Stream,
    person: str,
    fact: StakeholderAdded | StakeholderCorrected | CoordinatorNamed | ReaderNamed,
) -> dict[str, Words | None]:
    return {"name": tx.seal(person, stream, person), **_addresses(tx, stream, person, fact)}


def _stand_in(tx: Transaction, stream: Stream, person: str, backup: StandIn) -> StandIn:
    name = tx.seal(f"the {backup.kind} of {person}", stream, person)
    addresses = _addresses(tx, stream, person, backup)
    return StandIn(kind=backup.kind, name=name, **addresses)


def _addresses(
    tx: Transaction, stream: Stream, person: str, fact: Frozen
) -> dict[str, Words | None]:
    """Invented addresses, where the fact has one: nobody is written to in a rehearsal."""
    number = f"{len(tx.texts):04}X{tx.log.version(stream):04}"
    invented = {"slack": f"{TEAM}/U{number}", "email": f"{number.lower()}@rehearsal.invalid"}
    return {
        name: tx.seal(text, stream, person) if getattr(fact, name) else None
        for name, text in invented.items()
        if name in type(fact).model_fields
    }
