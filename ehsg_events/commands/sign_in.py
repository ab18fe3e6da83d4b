"""The way in to the pages: a link that works once begins a session, which lasts a working day.

The log holds digests only. Whoever holds a link or a session's secret is taken for the person it
was made for, as long as that person coordinates or reads.
"""

from __future__ import annotations

import secrets
import threading
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.links import LENGTH, digest
from ehsg_events.events import SignedIn, SignedOut, SignInOffered
from ehsg_events.kernel import Recorded, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.sign_in import SignIns
from ehsg_events.states.streams import sign_in_stream

LINK_LASTS = timedelta(days=1)  # how long a link waits to be used
SESSION_LASTS = timedelta(hours=12)  # a working day
TOPICS = (SignInOffered.TOPIC, SignedIn.TOPIC)
OPENS_NOTHING = (
    "This link opens nothing, or nothing any more: it opens once, within a day. Ask whoever runs "
    "the assessment for a new one."
)


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
    token = secrets.token_urlsafe(LENGTH)

    def decide(tx: Transaction) -> None:
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
        tx.read(sign_in_stream(assessment, person))
        until = stamp.at + LINK_LASTS
        fact = SignInOffered(offered_to=person, link=digest(token), until=until)
        tx.decide(sign_in_stream(assessment, person), fact)

    log.record(stamp, decide)
    return token


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
    return person in state.coordinators or person in state.readers


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
