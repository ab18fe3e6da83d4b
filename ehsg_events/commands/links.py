"""Personal links to an interview: issued, revoked, and looked up.

The log holds only a link's digest. Whoever holds the link is taken for the person it was issued to,
so it is as long as a key and shown once.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from ehsg_events.events import AssessmentSignedOff, LinkIssued, LinkRevoked, SignOffWithdrawn
from ehsg_events.kernel import Recorded, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import member_of
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.streams import interview_stream, round_stream

LENGTH = 32  # random bytes in a link
RECEIPT = timedelta(days=30)  # how long after the sign-off a link shows the person's receipt
UNSIGNED = timedelta(days=90)  # how long after the close it does so without a sign-off
TOPICS = (
    LinkIssued.TOPIC,
    LinkRevoked.TOPIC,
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


def digest(token: str) -> str:
    """A link's digest, which is all that the log holds of it."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def issue(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> str:
    """Issue a person's link in the newest round; their earlier one stops working.

    Returns:
        The secret part of the link, which is stored nowhere.

    Raises:
        Refused: the person was not invited, or the round is over.
    """
    return issue_all(log, stamp, assessment, [stakeholder])[stakeholder]


def issue_all(
    log: Log, stamp: Stamp, assessment: UUID, stakeholders: Sequence[str]
) -> dict[str, str]:
    """Issue the links of several people, all or none."""
    tokens = {person: secrets.token_urlsafe(LENGTH) for person in stakeholders}

    def decide(tx: Transaction) -> None:
        round = _open_round(tx, assessment)
        for person, token in tokens.items():
            _refuse_unless_invited(tx, assessment, round, person)
            new = LinkIssued(issued_to=person, link=digest(token))
            tx.decide(round_stream(assessment, round.number), *_revoked(round, person), new)

    if tokens and log.record(stamp, decide).repeated:
        raise Refused("These links were issued before, and none is shown twice. Ask for new ones.")
    return tokens


def revoke(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> None:
    """Revoke a person's link in the newest round.

    Raises:
        Refused: they have no link.
    """

    def decide(tx: Transaction) -> None:
        member_of(tx.assessment(assessment), stakeholder)
        round = tx.newest_round(assessment)
        facts = _revoked(round, stakeholder)
        if not facts:
            raise Refused(
                f"{stakeholder} has no link in round {round.number}, so there is nothing to "
                f"revoke.",
                Way("link", "issue one", {"stakeholder": stakeholder}),
            )
        tx.decide(round_stream(assessment, round.number), *facts)

    log.record(stamp, decide)


def still_asked(reading: StateReader, assessment: UUID) -> list[str]:
    """Everybody in the newest round whom Slack does not reach and who has not finished."""
    panel, round = reading.assessment(assessment).panel, reading.newest_round(assessment)
    return [
        person
        for person, items in round.invited.items()
        if (items or round.kind == "workshop")
        and panel[person].address is None
        and not _has_finished(reading, assessment, round, person)
    ]


def _has_finished(reading: StateReader, assessment: UUID, round: Round, person: str) -> bool:
    """Whether nothing more is wanted of a person; a withdrawal in any round is for good."""
    interviews = [
        reading.read(interview_stream(assessment, number, person))
        for number in range(1, round.number + 1)
    ]
    return interviews[-1].completed or any(interview.withdrawn for interview in interviews)


def _open_round(tx: Transaction, assessment: UUID) -> Round:
    round = tx.newest_round(assessment)
    if round.closed or tx.stamp.at >= round.deadline:
        raise Refused(
            f"Round {round.number} is over, so a link would open no question.",
            Way("round open", "open the next one"),
            Way("round status", "see where this one stands"),
        )
    return round


def _refuse_unless_invited(tx: Transaction, assessment: UUID, round: Round, person: str) -> None:
    member_of(tx.assessment(assessment), person)
    if person not in round.invited:
        raise Refused(f"{person} was not invited to round {round.number}, so a link opens nothing.")


def _revoked(round: Round, person: str) -> tuple[RoundFact, ...]:
    return tuple(LinkRevoked(link=link) for link, whose in round.links.items() if whose == person)


class Links:
    """Finds whose a link is; it does not tell an unknown link from a revoked one."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[str, tuple[UUID, int, str]] = {}
        self._signed: dict[UUID, datetime] = {}
        self._seen = 0
        self._looking = threading.Lock()

    def whose(self, token: str, now: datetime) -> Holder | None:
        """Whose interview a link opens now, none if it does not work."""
        self._look()
        known = self._known.get(digest(token))
        if known is None:
            return None
        assessment, number, person = known
        round = self._log.read(round_stream(assessment, number))
        assert round is not None, "a link is issued in a round"
        ended = min(round.closed_at or round.deadline, round.deadline)
        signed = self._signed.get(assessment)
        if now >= (max(ended, signed) + RECEIPT if signed else ended + UNSIGNED):
            return None
        return Holder(assessment, number, person, over=round.closed or now >= ended)

    def _look(self) -> None:
        """Read the links issued and revoked, and the sign-offs, since the last look."""
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                self._take(self._log.all(self._seen, last, TOPICS))
                self._seen = last

    def _take(self, facts: Iterable[Recorded]) -> None:
        for recorded in facts:
            assessment, fact = recorded.stream.assessment, recorded.fact
            if isinstance(fact, LinkIssued):
                self._known[fact.link] = (assessment, recorded.stream.round or 0, fact.issued_to)
            elif isinstance(fact, LinkRevoked):
                self._known.pop(fact.link, None)
            elif isinstance(fact, AssessmentSignedOff):
                self._signed[assessment] = recorded.stamp.at
            else:
                self._signed.pop(assessment, None)
