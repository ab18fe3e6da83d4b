"""Letters to everybody whom nothing else reaches, for the coordinator to send herself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from bots.delivery.recipients import silent
from bots.delivery.withheld import Withheld
from bots.interview.record import talk_of
from bots.interview.talk import Talk
from bots.mail.compose import Composer
from bots.mail.letter import Letter
from bots.messages.owed import Kind, name_of, stand_in_of
from bots.messages.promise import Promise
from bots.phrases.by_hand import without_a_letter
from bots.phrases.letters import wording
from bots.web_settings import Settings as Web
from ehsg_events.commands.telling import links_to_tell, matter
from ehsg_events.dates import calendar
from ehsg_events.events import ItemsHandedOn, Matter
from ehsg_events.kernel import Stamp, Surface, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.reminders import tellings
from ehsg_events.reminders.still_due import Subject, Telling
from ehsg_events.states.situation import Situation
from guides import library

KINDS: dict[Subject, Kind] = {  # which letter tells it
    "invitation": "notice",
    "new-round": "notice",
    "reopening": "reopened",
    "extension": "moved",
    "reminder": "reminder",
    "declined": "declined",
    "release": "released",
    "close": "closed",
    "agreed-on": "agreed-on",
    "lapsed": "lapsed",
    "outcome": "became",
    "stand-in": "stand-in-told",
}
WITHOUT_A_LETTER: tuple[Subject, ...] = ("workshop", "silence")  # she talks to them herself


class HandLetter(NamedTuple):
    """A letter that the coordinator sends: to whom, about what, and until when it asks something."""

    person: str
    of: Matter
    name: str
    letter: Letter
    deadline: str

    @property
    def named(self) -> str:
        """What it is called, beside the others."""
        return f"{self.person}-{self.of}"


class Due(NamedTuple):
    """The letters that wait, and what else waits for her that no letter says."""

    letters: list[HandLetter]
    notes: list[str]


def letters_by_hand(
    log: Log, stamp: Stamp, assessment: UUID, writable: Collection[Surface], web: Web
) -> Due:
    """Every letter that waits for the coordinator to send it; whoever has no link is issued one.

    Args:
        writable: the surfaces that are set up to write to people.
        web: where personal links lead.
    """

    def decide(tx: Transaction) -> Due:
        situation = tx.situation(assessment)
        if situation.newest is None:
            return Due([], [])
        facts = log.about(assessment, tellings.topics(situation, writable))
        waits = tellings.by_hand(facts, situation, stamp.at, writable)
        told = [one for one in waits if one.of not in WITHOUT_A_LETTER]
        writing = _Writing(log, tx, assessment, situation, Composer(web, answers_to=""))
        others = Counter(one.of for one in waits if one.of in WITHOUT_A_LETTER)
        return Due(list(writing.all(told)), [without_a_letter(of, n) for of, n in others.items()])

    return log.record(stamp, decide).value or Due([], [])


@dataclass(frozen=True)
class _Writing:
    """Writes letters in one transaction."""

    log: Log
    tx: Transaction
    assessment: UUID
    situation: Situation
    compose: Composer

    def all(self, told: list[Telling]) -> Iterator[HandLetter]:
        """A letter for everything that is to be told."""
        asked = dict.fromkeys(one.person for one in told if one.of != "stand-in")
        links = links_to_tell(self.tx, self.assessment, asked)
        for telling in told:
            if telling.of == "stand-in":
                yield from self._to_a_stand_in(telling)
            else:
                yield self._to_a_person(telling, links[telling.person])

    def _to_a_person(self, telling: Telling, token: str) -> HandLetter:
        person = telling.person
        talk = talk_of(self.tx, self.assessment, person, self.tx.stamp.at, telling.round)[1]
        promise = self._promise(telling, _kind(telling.of, talk), person)
        until = "" if talk.sitting.closed or promise.kind == "released" else talk.sitting.deadline
        with speaking(talk.language):
            letter = self.compose.to_a_person(self.tx, promise, talk, token)
            return self._of(telling, letter, self.situation.assessment.panel[person].name, until)

    def _to_a_stand_in(self, telling: Telling) -> Iterator[HandLetter]:
        state = self.situation.assessment
        backup = state.panel[telling.person].backup
        promise = self._promise(telling, "stand-in-told", stand_in_of(telling.person))
        promise = replace(promise, about=(telling.person,))
        said = silent(self.log, self.tx, promise)
        if backup is None or isinstance(said, Withheld):
            return
        guide = library.guide(state.guide, self.log.folder).guide
        letter = self.compose.to_a_stand_in(self.tx, promise, state, said, guide)
        round = self.situation.rounds[telling.round - 1]
        until = calendar.say(round.deadline, round.policy.zone)
        yield self._of(telling, letter, backup.name, until)

    def _of(self, telling: Telling, letter: Letter, name: Words, until: str) -> HandLetter:
        seen = (_(wording.BY_HAND),) if letter.link else ()
        sent_by_her = replace(letter, closing=(*seen, *letter.closing), automatic=False)
        called = self.tx.text(name) or ""
        return HandLetter(telling.person, matter(telling.of), called, sent_by_her, until)

    def _promise(self, telling: Telling, kind: Kind, to: str) -> Promise:
        """What would be promised, if a message could say it."""
        place = (self.assessment, telling.round, to)
        what = "notice" if kind == "notice" else f"by hand {telling.of} {telling.since.isoformat()}"
        deadline = self.situation.rounds[telling.round - 1].deadline
        return Promise(*place, name_of(place, what), kind, telling.cause, deadline, telling.since)


def _kind(of: Subject, talk: Talk) -> Kind:
    """Which letter tells somebody something, as they stand."""
    if of == "handing-over":
        return "handed-on" if isinstance(talk.sitting.decided, ItemsHandedOn) else "taken-over"
    if of == "link":
        return "reminder" if talk.interview.started else "notice"
    return KINDS[of]
