"""Which facts are somebody's, as plain values: their words opened, everybody else left out.

A fact is theirs if it is of their interview, if they did it, or if it names them. What others said
in words is never shown, only where somebody should look whether it names them. Of a round that is
open nothing of what they said is here: whoever makes the copy may not see it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from ehsg_events.events import NoteAmended, NoteGiven, NoteRetracted
from ehsg_events.kernel import Frozen, Recorded, Words
from ehsg_events.log.log import Log
from ehsg_events.log.vault import Opened
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.evidence import FileKept
from ehsg_events.values.places import texts_in
from projections.facts.moments import unplaced_from
from projections.subject_access.masking import masked

REPLY = re.compile(r"round (\d+)/[^/]+/(?:vote \d+ as of )?version ")  # a message of an interview
SHORTEST = 3  # letters of a part of a name that is looked for
Look = Mapping[str, str]


class Text(Frozen):
    """A sealed text of theirs: where it stands in its fact, and what it says, or why it is lost.

    `names` are others whom it seems to name, by how often a human has to look: whose text it is may
    be given, what it says of others perhaps not.
    """

    stands_in: str
    text: str | None
    lost: str | None = None
    size: int | None = None  # of a file, whose content stands beside
    look_at: str | None = None


class OwnFact(Frozen):
    """One fact of theirs, with other people's pseudonyms taken out."""

    position: int | None
    at: str
    by: str
    role: str
    surface: str
    what: str
    round: int | None = None
    item: str | None = None
    fact: dict[str, JsonValue]
    texts: tuple[Text, ...] = ()


class Elsewhere(Frozen):
    """Words of somebody else that a human has to look at: they may be about this person."""

    position: int | None
    at: str
    what: str
    why: str


class Derived(Frozen):
    """A result that rests on an answer of theirs."""

    position: int | None
    at: str
    what: str
    item: str


@dataclass(frozen=True)
class Gathering:
    """Everything that is kept about one person in one assessment."""

    log: Log
    assessment: UUID
    person: str

    @cached_property
    def state(self) -> Assessment:
        """The assessment as it stands."""
        return self.log.assessment(self.assessment)

    @cached_property
    def every(self) -> list[Recorded]:
        """Every fact of the assessment."""
        return [*self.log.about(self.assessment)]

    @cached_property
    def open_rounds(self) -> frozenset[int]:
        """The rounds of which nothing that was said may be seen by whoever makes the copy."""
        rounds = self.log.rounds(self.assessment)
        return frozenset(round.number for round in rounds if not round.closed)

    @cached_property
    def _unplaced_from(self) -> int | None:
        return unplaced_from(self.log)

    def placed(self, position: int) -> int | None:
        """A fact's position as it may be told while a round takes answers."""
        first = self._unplaced_from
        return position if first is None or position < first else None

    @cached_property
    def hides(self) -> bool:
        """Whether anything of theirs is left out because its round is open."""
        return any(self._is_theirs(one) and self._is_hidden(one) for one in self.every)

    def facts(self) -> Iterator[OwnFact]:
        """Every fact of theirs in order, but for those of an open round."""
        for recorded in self.every:
            if self._is_theirs(recorded) and not self._is_hidden(recorded):
                yield self._own(recorded)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files they handed in, each by its fact's position and its kind."""
        for recorded in self.every:
            kept = getattr(getattr(recorded.fact, "evidence", None), "file", None)
            mine = self._is_theirs(recorded) and not self._is_hidden(recorded)
            if mine and isinstance(kept, FileKept):
                opened = self._opened(kept.content, recorded)
                if opened.content is not None and opened.person == self.person:
                    yield f"file-{recorded.position}.{kept.ending}", opened.content

    def elsewhere(self) -> Iterator[Elsewhere]:
        """Where a human has to look: others' words in facts about them, or with their name."""
        for recorded in self.every:
            if self._is_hidden(recorded):
                continue
            about = self._is_theirs(recorded)
            for _, words in texts_in(recorded.fact):
                opened = self._opened(words, recorded)
                if opened.person in (None, self.person):
                    continue
                named = named_in(opened.text or "", self.names)
                if about or named:
                    yield Elsewhere(
                        position=self.placed(recorded.position),
                        at=recorded.stamp.at.isoformat(),
                        what=type(recorded.fact).__name__,
                        why="it holds their name" if named else "it stands in a fact about them",
                    )

    def derived(self) -> Iterator[Derived]:
        """The measures and outcomes of what they gave an answer to."""
        answered: set[str] = set()
        for recorded in self.every:
            mine = (
                recorded.stream.kind == "interview" and recorded.stream.stakeholder == self.person
            )
            fact, what = recorded.fact, type(recorded.fact).__name__
            if mine and what in ("AnswerGiven", "AnswerAmended"):
                answered.add(str(getattr(fact, "item", "")))
            items = [recorded.stream.item] if recorded.stream.kind == "outcome" else []
            if what == "RoundMeasured" and self.person not in getattr(fact, "without", ()):
                items = [measure.item for measure in getattr(fact, "measures", ())]
            for item in items:
                if item in answered and what in RESULTS:
                    at = recorded.stamp.at.isoformat()
                    yield Derived(
                        position=self.placed(recorded.position), at=at, what=what, item=str(item)
                    )

    @cached_property
    def names(self) -> frozenset[str]:
        """The parts of their name, and their pseudonym."""
        member = self.state.panel.get(self.person)
        named = self.state.coordinators.get(self.person) or self.state.readers.get(self.person)
        known = self.log.text(member.name if member else named.name if named else None)
        return parts_of(known) | {self.person.casefold()}

    @cached_property
    def others(self) -> frozenset[str]:
        """Everybody else's pseudonym, but for the coordinators', who acted on what is theirs."""
        return frozenset({*self.state.panel, *self.state.readers} - {self.person})

    @cached_property
    def names_of_others(self) -> frozenset[str]:
        """The parts of everybody else's name that are no part of theirs."""
        members = (m for who, m in self.state.panel.items() if who != self.person)
        return frozenset().union(*(parts_of(self.log.text(m.name)) for m in members)) - self.names

    # -- one fact ------------------------------------------------------------------------------
    def _is_theirs(self, recorded: Recorded) -> bool:
        if recorded.stream.stakeholder == self.person:
            return True
        stamp = recorded.stamp.model_dump(mode="json")
        who = {value for name, value in stamp.items() if name not in ("cause", "key")}
        return self.person in who or self.person in strings(recorded.fact.model_dump(mode="json"))

    def _is_hidden(self, recorded: Recorded) -> bool:
        """Whether a fact is of what somebody says in an open round."""
        stream = recorded.stream
        reply = REPLY.match(stream.message or "")
        number = stream.round if stream.kind == "interview" else int(reply[1]) if reply else None
        return number in self.open_rounds

    def _own(self, recorded: Recorded) -> OwnFact:
        stamp, stream = recorded.stamp, recorded.stream
        return OwnFact(
            position=self.placed(recorded.position),
            at=stamp.at.isoformat(),
            by=masked(stamp.by, self.others),
            role=stamp.role,
            surface=stamp.surface,
            what=type(recorded.fact).__name__,
            round=stream.round,
            item=self._item_of(recorded),
            fact=masked(recorded.fact.model_dump(mode="json"), self.others),
            texts=tuple(self._texts(recorded)),
        )

    @cached_property
    def _item_of_note(self) -> dict[UUID, str]:
        """The item of every note, for what changes it."""
        facts = (recorded.fact for recorded in self.every)
        return {fact.words.id: fact.item for fact in facts if isinstance(fact, NoteGiven)}

    def _item_of(self, recorded: Recorded) -> str | None:
        """The item that a fact is about, if it is about one."""
        fact = recorded.fact
        if isinstance(fact, NoteAmended | NoteRetracted):
            return self._item_of_note.get(fact.note)
        return getattr(fact, "item", None) or recorded.stream.item

    def _texts(self, recorded: Recorded) -> Iterator[Text]:
        """Their own texts in a fact; whoever else's is left out."""
        for place, words in texts_in(recorded.fact):
            opened = self._opened(words, recorded)
            if opened.person not in (None, self.person):
                continue
            if place.endswith("content"):
                size = len(opened.content) if opened.content is not None else None
                yield Text(stands_in=place, text=None, lost=opened.loss, size=size)
                continue
            text = opened.text
            yield Text(
                stands_in=place, text=text, lost=opened.loss, look_at=self._look(place, text)
            )

    def _look(self, place: str, text: str | None) -> str | None:
        """Why a human looks at a text of theirs before it is given away."""
        if place.startswith("backup") or place == "colleague":
            return "it names somebody else"
        return "it may name somebody else" if named_in(text or "", self.names_of_others) else None

    def _opened(self, words: Words, recorded: Recorded) -> Opened:
        return self.log.opened(words, recorded.stream.id)


RESULTS = ("RoundMeasured", "OutcomeAdopted", "OutcomeModerated", "OutcomeSetAside")


def strings(value: Any) -> Iterator[str]:
    """Every text in a value made of JSON."""
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)


def parts_of(name: str | None) -> frozenset[str]:
    """The parts of a name that are long enough to be told from other words."""
    return frozenset(part for part in re.findall(r"\w+", (name or "").casefold())
                     if len(part) >= SHORTEST)  # fmt: skip


def named_in(text: str, names: Collection[str]) -> bool:
    """Whether a text holds any part of a name as a word of its own."""
    words = {*re.findall(r"[\w-]+", text.casefold()), *re.findall(r"\w+", text.casefold())}
    return not words.isdisjoint(names)
