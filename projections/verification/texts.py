"""Whether every sealed text is there and opens, or was forgotten by a fact that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from ehsg_events.events import ActionAgreed, ActionAmended, NoteGiven, WordsSetAside
from ehsg_events.kernel import Fact, Recorded, Words
from ehsg_events.log.keys import Keys, Person
from ehsg_events.log.vault import Loss, Sealed, Vault
from ehsg_events.values.places import texts_in
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


REPEATS: Mapping[type[Fact], tuple[type[Fact], ...]] = {  # facts that hold an earlier one's texts
    NoteGiven: (WordsSetAside,),
    ActionAmended: (ActionAgreed, ActionAmended),
}


class Gone(NamedTuple):
    """What was forgotten by facts: people, by assessment and pseudonym, and single texts."""

    people: frozenset[Person] = frozenset()
    texts: frozenset[UUID] = frozenset()

    def __or__(self, other: Gone) -> Gone:
        return Gone(self.people | other.people, self.texts | other.texts)


class _Held(NamedTuple):
    """The first fact that holds a text."""

    position: int
    stream: UUID
    kind: type[Fact]


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
        older: how many of them are of an earlier release, which bound them only to their stream.
        forgotten: what was forgotten by a fact.
    """

    def __init__(self, file: LogFile, keys: Keys | None) -> None:
        self._file = file
        self._vault = Vault(keys, lambda *_: True, file.holds) if keys else None
        self._left = file.sealed_ids()
        self._known: dict[UUID, _Held] = {}
        self._lost: list[_Lost] = []
        self._repeated: list[Fault] = []
        self.opened = self.older = 0
        self.forgotten = Gone()

    def look(self, recorded: Recorded) -> None:
        """Open the texts of one fact, each at the first fact that holds it."""
        self.forgotten = self.forgotten | forgotten_by(recorded)
        here = _Held(recorded.position, recorded.stream.id, type(recorded.fact))
        for field, words in texts_in(recorded.fact):
            first = self._known.setdefault(words.id, here)
            if first is here:
                self._left.discard(words.id.hex)
                self._open(recorded, field, words)
            elif first.stream != here.stream or first.kind not in REPEATS.get(here.kind, ()):
                says = (
                    f"The text `{field}` of position {here.position} is that of position "
                    f"{first.position}, so what stood there was altered."
                )
                self._repeated.append(Fault("text", here.position, says))

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
            self.older += words.bound == "stream"
        else:
            where = (words.id, recorded.position, recorded.stream.assessment)
            self._lost.append(_Lost(*where, field, loss, person))

    def _loss(self, vault: Vault, sealed: Sealed, recorded: Recorded) -> Loss | None:
        try:
            loss = vault.unseal(sealed, recorded.stream.id).loss
            if loss is None and sealed.stream != recorded.stream.id:
                return "unreadable"  # it opens here, and its row says that it belongs elsewhere
        except InvalidUnwrap:
            return "key missing"  # something stands in its place
        return loss

    def faults(self, also_forgotten: Gone) -> Iterator[Fault]:
        """The texts that were lost without being forgotten, and those that no fact knows."""
        yield from self._repeated
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
