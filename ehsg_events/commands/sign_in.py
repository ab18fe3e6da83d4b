"""The way in to the pages: a link that works once begins a session, which lasts a working day.

The log holds digests only. Whoever holds a link or a session's secret is taken for the person it
was made for, as long as that person coordinates or reads.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.links import LENGTH, digest
from ehsg_events.events import (
    AssessmentSignedOff,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInOffered,
)
from ehsg_events.kernel import Recorded, Refused, Stamp, Way, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.email_address import read_email
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.sign_in import SignIns, may_be_asked
from ehsg_events.states.streams import sign_in_stream

LINK_LASTS = timedelta(days=1)  # how long a link waits to be used
SESSION_LASTS = timedelta(hours=12)  # a working day
KEPT_OPEN = timedelta(days=365)  # how long after its end an assessment sends links by e-mail
TOPICS = (SignInOffered.TOPIC, SignedIn.TOPIC)
OPENS_NOTHING = (
    "This link opens nothing, or nothing any more: it opens once, within a day. Ask whoever runs "
    "the assessment for a new one."
)
SHOWN_ONCE = "This made a link already, and a link is shown only once."


class Person(NamedTuple):
    """Somebody named in one assessment, by pseudonym."""

    assessment: UUID
    name: str


def offer(log: Log, stamp: Stamp, assessment: UUID, person: str) -> str:
    """Offer a coordinator or reader a link; one offered to them before stops working.

    Returns:
        The secret part of the link, which is stored nowhere.

    Raises:
        Refused: nobody coordinates or reads by that name.
    """
    saved = log.record(stamp, lambda tx: offered(tx, assessment, person))
    if saved.repeated or saved.value is None:  # what this attempt made up opens nothing
        raise Refused(SHOWN_ONCE, Way("sign-in", "make another", {"person": person}))
    return saved.value


def offered(tx: Transaction, assessment: UUID, person: str) -> str:
    """Decide that somebody is offered a link; the arguments and the result are those of `offer`."""
    state = tx.assessment(assessment)
    if not is_named(state, person):
        known = ", ".join((*state.coordinators, *state.readers))
        raise Refused(
            f"Nobody coordinates or reads as {person}, so there is nobody to sign in. Named "
            f"are: {known or 'none yet'}.",
            Way("reader name", "name a reader"),
            Way("coordinator add", "name a coordinator"),
            field="person",
        )
    token, stream = secrets.token_urlsafe(LENGTH), sign_in_stream(assessment, person)
    tx.read(stream)
    until = tx.stamp.at + LINK_LASTS
    tx.decide(stream, SignInOffered(offered_to=person, link=digest(token), until=until))
    return token


def ask(log: Log, stamp: Stamp, typed: str) -> None:
    """Ask that a link is sent to whoever has an address, in each assessment they are named in.

    Says nothing of whether there is anybody: whoever asks may not learn it. The link goes to the
    address that is kept, never to the one that was typed.

    Args:
        stamp: of somebody who has not said who they are.
        typed: the address as it was typed, whatever that is.
    """
    for person in list(_whose(log, typed, stamp.at)):
        key = f"{stamp.key}/{person.assessment}/{person.name}"
        log.record(stamp.model_copy(update={"key": key}), partial(_asked, person=person))


def _asked(tx: Transaction, person: Person) -> None:
    stream = sign_in_stream(*person)
    still_named = is_named(tx.assessment(person.assessment), person.name)
    if still_named and may_be_asked(tx.read(stream), tx.stamp.at):
        tx.decide(stream, SignInAsked(asked_for=person.name))


def _whose(log: Log, typed: str, now: datetime) -> Iterator[Person]:
    """Whoever coordinates or reads and has an address, in the assessments that are not long over.

    In one that was abandoned only if they are named in no other: there is little to do in it.
    """
    try:
        address = read_email(typed).casefold()
    except Refused:
        return
    known, given_up = list[Person](), list[Person]()
    for assessment, opened, _ in log.every_assessment():
        state = log.assessment(assessment)
        emails = {name: one.email for name, one in state.coordinators.items()}
        emails |= {name: one.email for name, one in state.readers.items()}
        found = [name for name, kept in emails.items() if _text(log, kept) == address]
        if found and now < _last_of(log, assessment, opened) + KEPT_OPEN:
            people = given_up if state.abandoned else known
            people += (Person(assessment, name) for name in found)
    yield from known or given_up


def _text(log: Log, kept: Words | None) -> str | None:
    """A kept address, in small letters: what is typed may differ in them alone."""
    text = log.text(kept)
    return text.casefold() if text else None


def _last_of(log: Log, assessment: UUID, opened: datetime) -> datetime:
    """When an assessment was opened, when its last round ends, or when it was signed off."""
    ends = [round.closed_at or round.deadline for round in log.rounds(assessment)]
    signed = [one.stamp.at for one in log.about(assessment, (AssessmentSignedOff.TOPIC,))]
    return max((opened, *ends, *signed))


def enter(log: Log, stamp: Stamp, person: Person, link: str) -> str:
    """Use a link, which works once, to begin a session.

    Returns:
        The session's secret, which is stored nowhere.

    Raises:
        Refused: the link does not work, or was used already.
    """
    session, used = secrets.token_urlsafe(LENGTH), digest(link)

    def decide(tx: Transaction) -> None:
        until = tx.read(sign_in_stream(*person)).links.get(used)
        if not _stands(until, stamp.at) or not is_named(tx.assessment(person[0]), person.name):
            raise Refused(OPENS_NOTHING)
        fact = SignedIn(link=used, door=digest(session), until=stamp.at + SESSION_LASTS)
        tx.decide(sign_in_stream(*person), fact)

    log.record(stamp, decide)
    return session


def leave(log: Log, stamp: Stamp, person: Person, session: str) -> None:
    """End a session; one that has ended stays so."""

    def decide(tx: Transaction) -> None:
        if digest(session) in tx.read(sign_in_stream(*person)).sessions:
            tx.decide(sign_in_stream(*person), SignedOut(door=digest(session)))

    log.record(stamp, decide)


def is_named(state: Assessment, person: str) -> bool:
    """Whether somebody still coordinates or reads."""
    return state.named(person) is not None


class SignInIndex:
    """Finds whose a link or a session is; if it does not work, it does not tell why."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._whose: dict[str, Person] = {}
        self._seen = 0
        self._looking = threading.Lock()

    def whose_link(self, token: str, now: datetime) -> Person | None:
        """The person whom a link would sign in now, none if it does not work."""
        person = self._named(token)
        until = self._sign_ins(person).links.get(digest(token)) if person else None
        return person if _stands(until, now) else None

    def whose_session(self, token: str, now: datetime) -> Person | None:
        """The person whose session is open now, none if it is not."""
        person = self._named(token)
        until = self._sign_ins(person).sessions.get(digest(token)) if person else None
        return person if _stands(until, now) else None

    def _named(self, token: str) -> Person | None:
        self._look()
        person = self._whose.get(digest(token))
        if person and is_named(self._log.assessment(person.assessment), person.name):
            return person
        return None

    def _sign_ins(self, person: Person) -> SignIns:
        return self._log.read(sign_in_stream(*person))

    def _look(self) -> None:
        """Read the links offered and the sessions begun since the last look."""
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                for recorded in self._log.all(self._seen, last, TOPICS):
                    self._take(recorded)
                self._seen = last

    def _take(self, recorded: Recorded) -> None:
        person = Person(recorded.stream.assessment, recorded.stream.stakeholder or "")
        if isinstance(recorded.fact, SignInOffered):
            self._whose[recorded.fact.link] = person
        elif isinstance(recorded.fact, SignedIn):
            self._whose[recorded.fact.door] = person


def _stands(until: datetime | None, now: datetime) -> bool:
    return until is not None and now < until
