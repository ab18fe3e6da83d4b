"""Until when names and words are kept, and what is done then: a list before, and a fact after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import CoordinatorRemoved, ReaderRemoved, RetentionApplied
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights.forgetting import Traces, decide_to_forget, pieces_of, traces
from ehsg_events.rounds.promised import promised
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream
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
    for assessment, *_ in log.assessments():
        state, rounds = log.assessment(assessment), log.rounds(assessment)
        keeping = promised(state.policy, [round.policy for round in rounds])
        until, then = keeping.until, keeping.then
        people = _whose(log, state, assessment, then)
        texts = sum(len(log.store.texts_of(assessment, person)) for person in people)
        over = until is not None and now.astimezone(ZoneInfo(state.policy.zone)).date() > until
        yield Kept(assessment, state.area, until, then, tuple(people), texts, over)


def apply(log: Log, stamp: Stamp, assessment: UUID) -> tuple[Kept, Traces]:
    """Do what the policy says once the time of keeping is over: forget those it names, all at once.

    Returns:
        What was kept, and what could still be found of it.

    Raises:
        Refused: the time is not over, nothing is kept any more, a round is open, or the policy
            leaves it to the coordinator.
    """
    due = next(one for one in kept(log, stamp.at) if one.assessment == assessment)
    _refuse_unless_due(due)
    pieces = [piece for person in due.people for piece in pieces_of(log, assessment, person)]

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        if any(not round.closed for round in tx.rounds(assessment)):
            raise Refused(
                "A round is open, so people are still being asked. Close it first.",
                Way("round close", "close it"),
            )
        assert due.until is not None, "it is over"
        tx.decide(stream, RetentionApplied(kept_until=due.until, then=due.then))
        if due.then == "forget-all":
            tx.decide(stream, *(CoordinatorRemoved(coordinator=one) for one in state.coordinators))
            tx.decide(stream, *(ReaderRemoved(reader=one) for one in state.readers))
        for person in due.people:
            decide_to_forget(tx, assessment, person, None, "retention")

    log.record(stamp, decide)
    log.forgotten.finish()
    return due, traces(log, pieces)


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


def _whose(log: Log, state: Assessment, assessment: UUID, then: Afterwards) -> Sequence[str]:
    """Whose names and words are destroyed when the time is over."""
    having = sorted(who for where, who in log.store.whose_texts() if where == assessment)
    if then == "forget-all":
        return having
    return [who for who in having if who in state.panel]
