"""Somebody asks for no reminders, or wants them again: on their page, or with one click from a letter.

Everything else is still said to them: a new deadline, what became of their answers, and the reminder
that they ask for themselves afterwards.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from ehsg_events.commands.links import Holder, Links, digest
from ehsg_events.events import (
    PersonalLinkIssued,
    RemindersStopped,
    RemindersWanted,
    ReminderUnwished,
)
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import member_of
from ehsg_events.states.streams import assessment_stream, interview_stream
from ehsg_events.values.stop_token import stop_token

Decide = Callable[[Log, Stamp, UUID, str], None]  # of whose reminders, in which assessment


def stop(log: Log, stamp: Stamp, assessment: UUID, person: str) -> None:
    """Remind somebody no more, also not at the time they had asked for; once said is enough.

    Raises:
        Refused: nobody has this pseudonym.
    """

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        member_of(state, person)
        if person not in state.unreminded:
            tx.decide(assessment_stream(assessment), RemindersStopped(stopped_for=person))
            _take_back_the_wish(tx, assessment, person)

    log.record(stamp, decide)


def _take_back_the_wish(tx: Transaction, assessment: UUID, person: str) -> None:
    for round in tx.rounds(assessment)[-1:]:
        stream = interview_stream(assessment, round.number, person)
        if person in round.invited and not round.closed and tx.read(stream).remind_at:
            tx.decide(stream, ReminderUnwished())


def want(log: Log, stamp: Stamp, assessment: UUID, person: str) -> None:
    """Remind somebody again who had asked for no reminders."""

    def decide(tx: Transaction) -> None:
        if person in tx.assessment(assessment).unreminded:
            tx.decide(assessment_stream(assessment), RemindersWanted(wanted_by=person))

    log.record(stamp, decide)


class StopTokens:
    """Finds whose reminders a token stops, as long as their link opens something.

    The log holds no such token: each is derived from a sealed link, when one is first asked for.
    """

    def __init__(self, log: Log, links: Links) -> None:
        self._log, self._links = log, links
        self._link_of: dict[str, str] = {}  # by the digest of each token the digest of its link
        self._seen = 0
        self._looking = threading.Lock()

    def whose(self, token: str, now: datetime) -> Holder | None:
        """Whose reminders a token stops now, none if it does not work."""
        self._look()
        link = self._link_of.get(digest(token))
        return self._links.opened_by(link, now) if link else None

    def _look(self) -> None:
        """Read the links issued since the last look."""
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                for recorded in self._log.all(self._seen, last, (PersonalLinkIssued.TOPIC,)):
                    assert isinstance(recorded.fact, PersonalLinkIssued)
                    self._take(recorded.fact)
                self._seen = last

    def _take(self, issued: PersonalLinkIssued) -> None:
        """Take up a link; that of somebody who was forgotten cannot be read any more."""
        link = self._log.text(issued.token)
        if link is not None:
            self._link_of[digest(stop_token(link))] = issued.link
