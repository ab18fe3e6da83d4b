"""Personal links: one for each person and the whole assessment, issued, revoked, and looked up.

The log holds only a link's digest; the token is sealed, so that the link can be said again. Whoever
holds the link is taken for the person it was issued to, so it is as long as a key. Links of a
single round, as they were issued once, work until their end.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from ehsg_events.events import (
    AssessmentSignedOff,
    LinkIssued,
    LinkRevoked,
    PersonalLinkIssued,
    PersonalLinkRevoked,
    PersonalLinkShown,
    SignOffWithdrawn,
)
from ehsg_events.kernel import Recorded, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import member_of
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.streams import assessment_stream, interview_stream, round_stream

LENGTH = 32  # random bytes in a link
RECEIPT = timedelta(days=30)  # how long after the sign-off a link shows the person's receipt
UNSIGNED = timedelta(days=90)  # how long after the last round it does so without a sign-off
TOPICS = (
    LinkIssued.TOPIC,
    LinkRevoked.TOPIC,
    PersonalLinkIssued.TOPIC,
    PersonalLinkRevoked.TOPIC,
    AssessmentSignedOff.TOPIC,
    SignOffWithdrawn.TOPIC,
)


class Holder(NamedTuple):
    """Whose interview a link opens; once the round is over, it only shows the receipt.

    The receipt is what the person answered; after the sign-off also what became of it.
    """

    assessment: UUID
    round: int
    stakeholder: str
    over: bool = False


Opens = tuple[UUID, int | None, str]  # assessment, its only round, and person


def digest(token: str) -> str:
    """A link's digest, which is all that the log holds of it in the clear."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def issue(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> str:
    """A person's link: the one they have, else a new one.

    Returns:
        The secret part of the link.

    Raises:
        Refused: nobody was invited yet, or not this person, or they are asked nothing more.
    """
    return issue_all(log, stamp, assessment, [stakeholder])[stakeholder]


def issue_all(
    log: Log, stamp: Stamp, assessment: UUID, stakeholders: Sequence[str]
) -> dict[str, str]:
    """The links of several people, those they have and new ones for the others, all or none."""

    def decide(tx: Transaction) -> dict[str, str]:
        _refuse_unless_invited(tx, assessment, stakeholders)
        return {person: _shown(tx, assessment, person) or _new(tx, assessment, person)
                for person in stakeholders}  # fmt: skip

    saved = log.record(stamp, decide)
    if saved.repeated:  # what this attempt made up was not recorded
        return {person: _said_again(log, assessment, person) for person in stakeholders}
    return saved.value or {}


def replace(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> str:
    """A new link for a person; every earlier one opens nothing from now on.

    Returns:
        The secret part of the link.

    Raises:
        Refused: as for `issue`.
    """

    def decide(tx: Transaction) -> str:
        _refuse_unless_invited(tx, assessment, [stakeholder])
        revoke_all(tx, assessment, stakeholder)
        return _new(tx, assessment, stakeholder)

    saved = log.record(stamp, decide)
    if saved.repeated or saved.value is None:
        return _said_again(log, assessment, stakeholder)
    return saved.value


def revoke(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> None:
    """Revoke a person's links.

    Raises:
        Refused: they have none.
    """

    def decide(tx: Transaction) -> None:
        member_of(tx.assessment(assessment), stakeholder)
        if not revoke_all(tx, assessment, stakeholder):
            raise Refused(
                f"{stakeholder} has no link, so there is nothing to revoke.",
                Way("link", "issue one", {"stakeholder": stakeholder}),
            )

    log.record(stamp, decide)


def known(reading: StateReader, assessment: UUID, person: str) -> str | None:
    """The secret part of a person's link, none if they have none or it was forgotten."""
    issued = reading.assessment(assessment).links.get(person)
    return reading.text(issued.token) if issued else None


def for_letter(tx: Transaction, assessment: UUID, person: str) -> str:
    """A person's link as a letter says it: the one they have, else a new one."""
    return known(tx, assessment, person) or _new(tx, assessment, person)


def _shown(tx: Transaction, assessment: UUID, person: str) -> str | None:
    """A person's link, with the fact that a coordinator was given it: its person is told."""
    token = known(tx, assessment, person)
    if token and tx.stamp.role == "coordinator":
        tx.decide(assessment_stream(assessment), PersonalLinkShown(shown_for=person))
    return token


def _said_again(log: Log, assessment: UUID, person: str) -> str:
    token = known(log, assessment, person)
    if token is None:
        raise Refused(f"{person} has no link any more.", Way("link", "issue one"))
    return token


def _new(tx: Transaction, assessment: UUID, person: str) -> str:
    token, stream = secrets.token_urlsafe(LENGTH), assessment_stream(assessment)
    sealed = tx.seal(token, stream, person)
    tx.decide(stream, PersonalLinkIssued(issued_to=person, link=digest(token), token=sealed))
    return token


def _refuse_unless_invited(tx: Transaction, assessment: UUID, people: Sequence[str]) -> None:
    """Refuse links for people who were never asked, or are asked nothing more."""
    state, rounds = tx.assessment(assessment), tx.rounds(assessment)
    for person in people:
        member_of(state, person)
        if not rounds:
            raise Refused(
                "No round was opened yet, so a link would open no question.",
                Way("round open", "open the first"),
            )
        if person in state.released:
            raise Refused(f"{person} was released and is asked nothing, so a link opens nothing.")
        if not any(person in round.invited for round in rounds):
            raise Refused(f"{person} is asked in no round, so a link opens nothing.")
        if any(tx.read(interview_stream(assessment, r.number, person)).withdrawn for r in rounds):
            raise Refused(f"{person} has withdrawn and is asked nothing, so a link opens nothing.")


def revoke_all(tx: Transaction, assessment: UUID, person: str) -> bool:
    """Revoke whatever links a person has; whether there was any."""
    issued = tx.assessment(assessment).links.get(person)
    if issued:
        tx.decide(assessment_stream(assessment), PersonalLinkRevoked(link=issued.link))
    old = [(round, _revoked(round, person)) for round in tx.rounds(assessment)]
    for round, facts in old:
        tx.decide(round_stream(assessment, round.number), *facts)
    return issued is not None or any(facts for _, facts in old)


def _revoked(round: Round, person: str) -> tuple[RoundFact, ...]:
    return tuple(LinkRevoked(link=link) for link, whose in round.links.items() if whose == person)


def opens_now(reading: StateReader, assessment: UUID, person: str, now: datetime) -> int | None:
    """The number of the round that asks a person something now, none if none does."""
    for round in reversed(reading.rounds(assessment)):
        is_open = not round.closed and (now < round.deadline)
        asks = round.kind == "workshop" or bool(round.invited.get(person))
        if is_open and person in round.invited and person not in round.released and asks:
            return round.number
    return None


class Links:
    """Finds whose a link is; it does not tell an unknown link from a revoked one."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[str, Opens] = {}
        self._revoked: dict[str, Opens] = {}
        self._signed: dict[UUID, datetime] = {}
        self._seen = 0
        self._looking = threading.Lock()

    def whose(self, token: str, now: datetime) -> Holder | None:
        """Whose interview a link opens now, none if it does not work.

        A link for the whole assessment opens the newest round that its person was invited to.
        """
        return self.opened_by(digest(token), now)

    def opened_by(self, link: str, now: datetime) -> Holder | None:
        """Whose interview the link of a digest opens now, none if it does not work."""
        self._look()
        opens = self._known.get(link)
        return self.holder(*opens, now) if opens else None

    def holder(
        self, assessment: UUID, number: int | None, person: str, now: datetime
    ) -> Holder | None:
        """What a link of a person would open now, none if it would open nothing.

        Args:
            number: of the only round that it is for; none if it is for the whole assessment.
        """
        rounds = self._log.rounds(assessment)
        mine = [r for r in rounds if number in (None, r.number) and person in r.invited]
        if not mine:
            return None
        last = rounds[-1] if number is None else mine[-1]
        if self._is_too_old(assessment, last, now):
            return None
        round = mine[-1]
        over = round.closed or now >= _ended(round)
        return Holder(assessment, round.number, person, over=over)

    def former(self, token: str, now: datetime) -> tuple[UUID, str] | None:
        """Whose link opens nothing any more: it was revoked, or its time is over.

        Returns:
            The assessment and the person, none if it works or never did.
        """
        self._look()
        link = digest(token)
        opens = self._revoked.get(link) or self._known.get(link)
        if opens is None or self.opened_by(link, now):
            return None
        return opens[0], opens[2]

    def _is_too_old(self, assessment: UUID, last: Round, now: datetime) -> bool:
        """Whether even the receipt is shown no more."""
        ended, signed = _ended(last), self._signed.get(assessment)
        return now >= (max(ended, signed) + RECEIPT if signed else ended + UNSIGNED)

    def _look(self) -> None:
        """Read the links issued and revoked, and the sign-offs, since the last look."""
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                self._take(self._log.all(self._seen, last, TOPICS))
                self._seen = last

    def _take(self, facts: Iterable[Recorded]) -> None:
        for recorded in facts:
            assessment = recorded.stream.assessment
            match recorded.fact:
                case LinkIssued(link=link, issued_to=person):
                    self._known[link] = (assessment, recorded.stream.round or 0, person)
                case PersonalLinkIssued(link=link, issued_to=person):
                    self._known[link] = (assessment, None, person)
                case LinkRevoked(link=link) | PersonalLinkRevoked(link=link):
                    if link in self._known:
                        self._revoked[link] = self._known.pop(link)
                case AssessmentSignedOff():
                    self._signed[assessment] = recorded.stamp.at
                case _:
                    self._signed.pop(assessment, None)


def _ended(round: Round) -> datetime:
    """When a round ended, or will."""
    return min(round.closed_at or round.deadline, round.deadline)
