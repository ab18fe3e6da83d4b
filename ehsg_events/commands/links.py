"""Personal links to an interview: issued, revoked, and whose one is.

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
from ehsg_events.log.reading import Reading
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import member_of
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.streams import interview_stream, round_stream

LENGTH = 32  # bytes of chance in a link
RECEIPT = timedelta(days=30)  # how long after the sign-off a link shows what became of it all
UNSIGNED = timedelta(days=90)  # how long after the close it shows what was recorded till then
TOPICS = (
    LinkIssued.TOPIC,
    LinkRevoked.TOPIC,
    AssessmentSignedOff.TOPIC,
    SignOffWithdrawn.TOPIC,
)


class Holder(NamedTuple):
    """Whose interview a link opens; once the round is over, it shows the receipt and no more.

    The receipt stands until the sign-off, and after it with what became of it all.
    """

    assessment: UUID
    round: int
    stakeholder: str
    over: bool = False


def digest(token: str) -> str:
    """What the log knows of a link."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def issue(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> str:
    """Issue a person's link in the newest round; their earlier one opens nothing any more.

    Returns:
        The link's secret end, which stands nowhere else.

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
        one = _open_round(tx, assessment)
        for person, token in tokens.items():
            _refuse_unless_invited(tx, assessment, one, person)
            new = LinkIssued(issued_to=person, link=digest(token))
            tx.decide(round_stream(assessment, one.number), *_revoked(one, person), new)

    if tokens and log.record(stamp, decide).repeated:
        raise Refused("These links were issued before, and none is shown twice. Ask for new ones.")
    return tokens


def revoke(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> None:
    """Take a person's link back, in the newest round.

    Raises:
        Refused: they have none.
    """

    def decide(tx: Transaction) -> None:
        member_of(tx.assessment(assessment), stakeholder)
        one = tx.newest_round(assessment)
        facts = _revoked(one, stakeholder)
        if not facts:
            raise Refused(
                f"{stakeholder} has no link in round {one.number}, so there is nothing to revoke.",
                Way("link", "issue one", {"stakeholder": stakeholder}),
            )
        tx.decide(round_stream(assessment, one.number), *facts)

    log.record(stamp, decide)


def still_asked(reading: Reading, assessment: UUID) -> list[str]:
    """Everybody in the newest round who is not reached by Slack and has not finished."""
    panel, one = reading.assessment(assessment).panel, reading.newest_round(assessment)
    return [
        person
        for person, items in one.invited.items()
        if (items or one.kind == "workshop")
        and panel[person].address is None
        and not _has_finished(reading, assessment, one, person)
    ]


def _has_finished(reading: Reading, assessment: UUID, one: Round, person: str) -> bool:
    """Whether nothing more is wanted; a withdrawal in any round is for good."""
    spoken = [
        reading.read(interview_stream(assessment, n, person)) for n in range(1, one.number + 1)
    ]
    return spoken[-1].completed or any(interview.withdrawn for interview in spoken)


def _open_round(tx: Transaction, assessment: UUID) -> Round:
    one = tx.newest_round(assessment)
    if one.closed or tx.stamp.at >= one.deadline:
        raise Refused(
            f"Round {one.number} is over, so a link would open no question.",
            Way("round open", "open the next one"),
            Way("round status", "see where this one stands"),
        )
    return one


def _refuse_unless_invited(tx: Transaction, assessment: UUID, one: Round, person: str) -> None:
    member_of(tx.assessment(assessment), person)
    if person not in one.invited:
        raise Refused(f"{person} was not invited to round {one.number}, so a link opens nothing.")


def _revoked(one: Round, person: str) -> tuple[RoundFact, ...]:
    return tuple(LinkRevoked(link=link) for link, whose in one.links.items() if whose == person)


class Links:
    """Finds whose a link is; an unknown link and a revoked one are the same to it."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[str, tuple[UUID, int, str]] = {}
        self._signed: dict[UUID, datetime] = {}
        self._seen = 0
        self._looking = threading.Lock()

    def whose(self, token: str, now: datetime) -> Holder | None:
        """Whose interview a link opens now, none if it opens nothing."""
        self._look()
        found = self._known.get(digest(token))
        if found is None:
            return None
        assessment, number, person = found
        one = self._log.read(round_stream(assessment, number))
        assert one is not None, "a link is issued in a round"
        ended = min(one.closed_at or one.deadline, one.deadline)
        signed = self._signed.get(assessment)
        if now >= (max(ended, signed) + RECEIPT if signed else ended + UNSIGNED):
            return None
        return Holder(assessment, number, person, over=one.closed or now >= ended)

    def _look(self) -> None:
        """Learn of the links issued and revoked, and of signatures, since the last look."""
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                self._take(self._log.all(self._seen, last, TOPICS))
                self._seen = last

    def _take(self, facts: Iterable[Recorded]) -> None:
        for one in facts:
            if isinstance(one.fact, LinkIssued):
                place = (one.stream.assessment, one.stream.round or 0, one.fact.issued_to)
                self._known[one.fact.link] = place
            elif isinstance(one.fact, LinkRevoked):
                self._known.pop(one.fact.link, None)
            elif isinstance(one.fact, AssessmentSignedOff):
                self._signed[one.stream.assessment] = one.stamp.at
            else:
                self._signed.pop(one.stream.assessment, None)
