"""Until when names and words are kept, and what is done then: a list before, and a fact after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import (
    CoordinatorRemoved,
    ReaderRemoved,
    RetentionAnnounced,
    RetentionApplied,
)
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights.forgetting import Traces, decide_to_forget, pieces_of, traces
from ehsg_events.rights.retention_hold import GO_ON, HELD, standing
from ehsg_events.rounds.promised import promised
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.keeping import Keeping
from ehsg_events.values.policy import Afterwards


class Kept(NamedTuple):
    """What is kept of one assessment, and until when.

    `texts` are the sealed texts that would be destroyed now, `people` those whose they are.
    """

    assessment: UUID
    area: str
    until: date | None
    then: Afterwards
    people: tuple[str, ...]
    texts: int
    is_over: bool


def kept(log: Log, now: datetime) -> Iterator[Kept]:
    """What is kept of each assessment, the oldest first."""
    return (kept_of(log, assessment, now) for assessment, *_ in log.every_assessment())


def kept_of(log: Log, assessment: UUID, now: datetime) -> Kept:
    """What is kept of one assessment."""
    state, keeping = log.assessment(assessment), keeping_of(log, assessment)
    people, until = whose(log, assessment), keeping.until
    texts = sum(len(log.store.texts_of(assessment, person)) for person in people)
    over = is_past(log, assessment, now)
    return Kept(assessment, state.area, until, keeping.then, people, texts, over)


def keeping_of(log: StateReader, assessment: UUID) -> Keeping:
    """Until when names and words of an assessment are kept, by all that was said of it."""
    told = [round.policy for round in log.rounds(assessment)]
    return promised(log.assessment(assessment).policy, told)


def whose(log: Log, assessment: UUID) -> tuple[str, ...]:
    """Whose names and words are destroyed when the time is over, as far as they are there still."""
    panel, then = log.assessment(assessment).panel, keeping_of(log, assessment).then
    having = sorted(who for where, who in log.store.whose_texts() if where == assessment)
    return tuple(who for who in having if then == "forget-all" or who in panel)


def is_past(log: StateReader, assessment: UUID, now: datetime) -> bool:
    """Whether the last day on which names and words are kept is over where the assessment is."""
    until = keeping_of(log, assessment).until
    return until is not None and day_of(log.assessment(assessment), now) > until


def day_of(state: Assessment, now: datetime) -> date:
    """Which day it is where the assessment is."""
    return now.astimezone(ZoneInfo(state.policy.zone)).date()


def apply(
    log: Log, stamp: Stamp, assessment: UUID, announced: RetentionAnnounced | None = None
) -> tuple[Kept, Traces]:
    """Do what the policy says once the time of keeping is over: forget those it names, all at once.

    Args:
        announced: what was announced, if it is done by itself.

    Returns:
        What was kept, and what could still be found of it.

    Raises:
        Refused: the time is not over, nothing is kept any more, a round is open, it is held, the
            policy leaves it to the coordinator, or what was announced does not stand any more.
    """
    due = kept_of(log, assessment, stamp.at)
    _refuse_unless_due(due)
    pieces = [piece for person in due.people for piece in pieces_of(log, assessment, person)]

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        if any(not round.closed for round in tx.rounds(assessment)):
            raise Refused(
                "A round is open, so people are still being asked. Close it first.",
                Way("round close", "close it"),
            )
        _refuse_unless_as_announced(tx, assessment, due, announced)
        assert due.until is not None, "it is over"
        chosen = announced.chosen if announced else None
        tx.decide(stream, RetentionApplied(kept_until=due.until, then=due.then, chosen=chosen))
        if due.then == "forget-all":
            tx.decide(stream, *(CoordinatorRemoved(coordinator=one) for one in state.coordinators))
            tx.decide(stream, *(ReaderRemoved(reader=one) for one in state.readers))
        for person in due.people:
            decide_to_forget(tx, assessment, person, None, "retention")

    log.record(stamp, decide)
    log.forgotten.finish()
    return due, traces(log, pieces)


def is_over(log: StateReader, assessment: UUID) -> bool:
    """Whether an assessment is over: abandoned, or signed off with no round open or planned."""
    state = log.assessment(assessment)
    if state.abandoned is not None:
        return True
    closed = all(round.closed for round in log.rounds(assessment))
    return state.signed_off is not None and state.opening is None and closed


def _refuse_unless_as_announced(
    tx: Transaction, assessment: UUID, due: Kept, announced: RetentionAnnounced | None
) -> None:
    """Refuse while it is on hold, and of what is done by itself all but what was announced."""
    stands = standing(tx.log, assessment)
    if stands.held:
        raise Refused(HELD, GO_ON)
    if announced is None:
        return
    more = {*due.people} - {*announced.people}
    if stands.announced != announced or more or not is_over(tx, assessment):
        raise Refused("What was announced does not stand any more.")


def _refuse_unless_due(due: Kept) -> None:
    if due.until is None:
        raise Refused(
            "The policy says no day until which names and words are kept. Choose one that does.",
            Way("policy choose", "choose one"),
        )
    if not due.is_over:
        raise Refused(
            f"Names and words are kept until {calendar.say_day(due.until)}, as everybody was told. "
            f"Somebody who asks can be forgotten before.",
            Way("forget", "forget one"),
        )
    if due.then == "review":
        raise Refused(
            "The policy leaves it to the coordinator what is done then. Forget people one by one, "
            "or choose a policy that says what is done.",
            Way("forget", "forget one"),
            Way("policy choose", "choose one"),
        )
    if not due.people:
        raise Refused("Nothing is kept any more that the policy says is to be destroyed.")
