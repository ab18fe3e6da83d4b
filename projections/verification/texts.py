"""Whether every sealed text is there and opens, or was forgotten by a fact that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from pydantic import BaseModel

from ehsg_events.kernel import Recorded, Words
from ehsg_events.log.keys import Keys, Person
from ehsg_events.log.vault import Loss, Sealed, Vault
from projections.verification.fault import Fault
from projections.verification.log_file import LogFile

FORGOTTEN = "Forgotten"  # how the name of a fact ends that says somebody was forgotten
WHOM = ("forgotten", "stakeholder", "person")  # the fields of such a fact that say who
SAYS: Mapping[Loss, str] = {
    "text missing": "is missing, and no fact says that it was forgotten",
    "key missing": "cannot be opened, because the key of {person} is missing and no fact says "
    "that it was forgotten",
    "unreadable": "is not the one that was recorded, or was moved to another place",
}


class Gone(NamedTuple):
    """What was forgotten by facts: people, by assessment and pseudonym, and single texts."""

    people: frozenset[Person] = frozenset()
    texts: frozenset[UUID] = frozenset()

    def __or__(self, other: Gone) -> Gone:
        return Gone(self.people | other.people, self.texts | other.texts)


class _Lost(NamedTuple):
    words: UUID
    position: int
    assessment: UUID
    field: str
    loss: Loss
    person: str


class Texts:
    """Opens every text that a fact holds.

    Attributes:
        opened: how many were opened.
        forgotten: what was forgotten by a fact.
    """

    def __init__(self, file: LogFile, keys: Keys | None) -> None:
        self._file = file
        self._vault = Vault(keys, lambda *_: True) if keys else None
        self._left = file.sealed_ids()
        self._known: set[UUID] = set()
        self._lost: list[_Lost] = []
        self.opened = 0
        self.forgotten = Gone()

    def look(self, recorded: Recorded) -> None:
        """Open the texts of one fact, each at the first fact that holds it."""
        self.forgotten = self.forgotten | forgotten_by(recorded)
        for field, words in words_in(recorded.fact):
            if words.id not in self._known:
                self._known.add(words.id)
                self._left.discard(words.id.hex)
                self._open(recorded, field, words)

    def _open(self, recorded: Recorded, field: str, words: Words) -> None:
        sealed = self._file.sealed(words)
        loss: Loss | None = None
        person = sealed.person if sealed else _whose(recorded)
        if sealed is None:
            loss = "text missing"
        elif self._vault is not None:
            loss = self._loss(self._vault, sealed, recorded)
        if loss is None:
            self.opened += 1
        else:
            where = (words.id, recorded.position, recorded.stream.assessment)
            self._lost.append(_Lost(*where, field, loss, person))

    def _loss(self, vault: Vault, sealed: Sealed, recorded: Recorded) -> Loss | None:
        try:
            loss = vault.unseal(sealed, recorded.stream.id).loss
            if loss == "unreadable":  # words that were carried over stay bound to their own stream
                return vault.unseal(sealed).loss
            if loss is None and sealed.stream != recorded.stream.id:
                return "unreadable"  # it opens here, and its row says that it belongs elsewhere
        except InvalidUnwrap:
            return "key missing"  # something stands in its place
        return loss

    def faults(self, also_forgotten: Gone) -> Iterator[Fault]:
        """The texts that were lost without being forgotten, and those that no fact knows."""
        gone = self.forgotten | also_forgotten
        for lost in self._lost:
            by_fact = lost.words in gone.texts or (lost.assessment, lost.person) in gone.people
            if lost.loss == "unreadable" or not by_fact:
                said = SAYS[lost.loss].format(person=lost.person)
                says = f"The text `{lost.field}` of position {lost.position} {said}."
                yield Fault("text", lost.position, says)
        for name in sorted(self._left):
            says = f"The sealed text {name} belongs to no fact: the fact that held it is missing."
            yield Fault("text", None, says)


def forgotten_by(recorded: Recorded) -> Gone:
    """Whoever was forgotten, and which texts were, if that is what a fact says."""
    if not recorded.fact.TOPIC.split(".")[1].endswith(FORGOTTEN):
        return Gone()
    held = [getattr(recorded.fact, name) for name in type(recorded.fact).model_fields]
    named = {getattr(recorded.fact, name, None) for name in WHOM} | {recorded.stream.stakeholder}
    texts = {one for value in held if isinstance(value, tuple) for one in value}
    return Gone(
        frozenset((recorded.stream.assessment, name) for name in named if name),
        frozenset(one for one in texts if isinstance(one, UUID)),
    )


def _whose(recorded: Recorded) -> str:
    """Whose words a fact holds, as far as it says; their row would know better."""
    named = (
        getattr(recorded.fact, name, None) for name in ("stakeholder", "coordinator", "reader")
    )
    return next(filter(None, named), None) or recorded.stream.stakeholder or recorded.stamp.by


def words_in(held: Any, name: str = "") -> Iterator[tuple[str, Words]]:
    """All words in a fact, with the names of the fields they stand in."""
    match held:
        case Words():
            yield name, held
        case BaseModel():
            for field in type(held).model_fields:
                yield from words_in(getattr(held, field), f"{name}.{field}".lstrip("."))
        case tuple() | list():
            for one in held:
                yield from words_in(one, name)
        case dict():
            for one in held.values():
                yield from words_in(one, name)
