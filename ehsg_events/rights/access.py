"""Somebody is given a copy of everything that is kept about them."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import SubjectAccessGiven
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream


def give(log: Log, stamp: Stamp, assessment: UUID, person: str) -> None:
    """Record that a copy is made; one of a log that can only be read is not recorded.

    Raises:
        Refused: nobody is known by this pseudonym.
    """
    refuse_unless_known(log.assessment(assessment), person)

    def decide(tx: Transaction) -> None:
        tx.assessment(assessment)
        tx.decide(assessment_stream(assessment), SubjectAccessGiven(given_to=person))

    if not log.store.read_only:
        log.record(stamp, decide)


def refuse_unless_known(state: Assessment, person: str) -> None:
    """Refuse a pseudonym of nobody."""
    if person not in {*state.panel, *state.coordinators, *state.readers, *state.forgotten}:
        raise Refused(
            f"Nothing is kept about anybody called {person}.",
            Way("panel", "see who is on the panel"),
        )
