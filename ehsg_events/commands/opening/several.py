"""One person in several assessments: which they may go on to from the one they are signed in to.

An address that somebody gave is no proof: whoever coordinates one area can name anybody there by any
address, and must not come into another area by that. Two things are proof, of a session and not of a
name: the link that began it was sent to the address by letter, or it was begun from a session of the
other assessment.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from ehsg_events.commands.links import LENGTH, digest
from ehsg_events.commands.sign_in import SESSION_LASTS, Person
from ehsg_events.events import ContactChanged, SignedIn, SignInOffered
from ehsg_events.kernel import Recorded, Refused, Stamp, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import sign_in_stream

FROM = "from"  # begins the cause of a session that was begun from another, followed by which
AUDITOR = "auditor"
NOT_THERE = "You cannot go on to that assessment from here. Sign in to it by a link of its own."


class _Begun(NamedTuple):
    """How a session began: until when it lasts, by which cause, and what had offered its link."""

    until: datetime
    cause: str
    offered: Recorded | None


def others(log: Log, person: Person, session: str) -> Iterator[Person]:
    """Where else whoever holds a session coordinates, the newest assessment first.

    Args:
        session: the session's secret.
    """
    people, addresses = _proven(log, person, digest(session))
    for assessment in reversed(log.names()):
        state = log.assessment(assessment)
        for name, fact in state.coordinators.items():
            found = Person(assessment, name)
            known = found in people or _is_written_to(log, fact.email, addresses)
            if known and assessment != person.assessment and state.abandoned is None:
                yield found


def reads_too(log: Log, person: Person, session: str) -> Iterator[UUID]:
    """Where else whoever holds a session coordinates or audits: single answers are theirs there too.

    Args:
        session: the session's secret.
    """
    people, addresses = _proven(log, person, digest(session))
    for assessment in log.names():
        state = log.assessment(assessment)
        named = {name: one.email for name, one in state.coordinators.items()}
        named |= {name: one.email for name, one in state.readers.items() if one.reads_as == AUDITOR}
        if assessment != person.assessment and any(
            Person(assessment, name) in people or _is_written_to(log, email, addresses)
            for name, email in named.items()
        ):
            yield assessment


def _is_written_to(log: Log, email: Words | None, addresses: set[str]) -> bool:
    """Whether somebody is named by one of some addresses."""
    return (log.text(email) or "").casefold() in addresses


def go(log: Log, stamp: Stamp, person: Person, session: str, to: Person) -> str:
    """Begin a session in another assessment, for whoever holds one in this.

    Returns:
        The new session's secret, which is stored nowhere. It lasts as long as the first one.

    Raises:
        Refused: nothing proves that they coordinate there.
    """
    if to not in others(log, person, session):
        raise Refused(NOT_THERE)
    return follow(log, stamp, person, session, to)


def follow(log: Log, stamp: Stamp, person: Person, session: str, to: Person) -> str:
    """Begin a session in an assessment that was opened from this one; otherwise as `go`."""
    door, fresh = digest(session), secrets.token_urlsafe(LENGTH)
    cause = f"{FROM} {person.assessment} {person.name} {door}"
    begun = _begun(log, person, door)
    lasts = begun.until if begun else stamp.at

    def decide(tx: Transaction) -> None:
        if to.name not in tx.assessment(to.assessment).coordinators:
            raise Refused(NOT_THERE)
        tx.read(sign_in_stream(*to))
        until = min(lasts, tx.stamp.at + SESSION_LASTS)
        link = digest(secrets.token_urlsafe(LENGTH))  # of no link: nobody was given one
        tx.decide(sign_in_stream(*to), SignedIn(link=link, door=digest(fresh), until=until))

    # a button that is pressed twice opens the way twice: only the last answer reaches the browser
    key = f"{stamp.key} {uuid4().hex}"
    log.record(stamp.model_copy(update={"cause": cause, "key": key}), decide)
    return fresh


def _proven(log: Log, person: Person, door: str) -> tuple[set[Person], set[str]]:
    """Who a session is known to be: themselves where it came from, and the addresses they read."""
    people, addresses = {person}, set[str]()
    while begun := _begun(log, person, door):
        if begun.offered and begun.offered.stamp.role == "outbox":  # it was sent in a letter
            addresses |= _address(log, person, begun.offered.stamp.at)
        word, *came = begun.cause.split(" ")
        if word != FROM:
            break
        assessment, name, door = came
        person = Person(UUID(assessment), name)
        people.add(person)
    return people, addresses


def _begun(log: Log, person: Person, door: str) -> _Begun | None:
    """How a session of somebody began; none if there was none."""
    offers: dict[str, Recorded] = {}
    for recorded in log.facts(sign_in_stream(*person)):
        fact = recorded.fact
        if isinstance(fact, SignInOffered):
            offers[fact.link] = recorded
        elif isinstance(fact, SignedIn) and fact.door == door:
            return _Begun(fact.until, recorded.stamp.cause, offers.get(fact.link))
    return None


def _address(log: Log, person: Person, since: datetime) -> set[str]:
    """The address that somebody is written to, if it is the one that it was then."""
    named = log.assessment(person.assessment).named(person.name)
    email = log.text(named.email) if named else None
    for recorded in log.about(person.assessment, (ContactChanged.TOPIC,)):
        fact = recorded.fact
        assert isinstance(fact, ContactChanged)
        if fact.contact_of == person.name and recorded.stamp.at >= since:
            return set()
    return {email.casefold()} if email else set()
