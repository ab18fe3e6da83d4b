"""Names and words that are destroyed by themselves: announced first, and done once that has stood.

Only where the policy says so, only once the assessment is over, and only what was announced.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from ehsg_events.events import AssessmentOpened, PolicyChosen, RetentionAnnounced, TermsChosen
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights import retention
from ehsg_events.rights.forgetting import Traces
from ehsg_events.rights.retention import Kept, day_of, is_over, keeping_of, whose
from ehsg_events.rights.retention_hold import standing
from ehsg_events.states.streams import assessment_stream

NOTICE = timedelta(days=14)  # that an announcement stands, besides the day it is made on
A_DAY = timedelta(days=1)


class Destroyed(NamedTuple):
    """What was kept until now, and what could still be found of it."""

    due: Kept
    traces: Traces


def advance(log: Log, stamp: Stamp, assessment: UUID) -> RetentionAnnounced | Destroyed | None:
    """Announce what will be destroyed by itself, or destroy it once that has stood.

    Returns:
        What is announced, or what was destroyed now; nothing where nothing is to be.
    """
    foreseen = _foreseen(log, stamp, assessment)
    if foreseen is None:
        return None
    stands = standing(log, assessment).announced
    if stands is None or not _covers(stands, foreseen):
        _announce(log, stamp, assessment, foreseen)
        return foreseen
    if day_of(log.assessment(assessment), stamp.at) < stands.destroyed_from:
        return stands
    try:
        return Destroyed(*retention.apply(log, stamp, assessment, stands))
    except Refused:  # somebody decided otherwise meanwhile; the next look tells
        return None


def _foreseen(log: Log, stamp: Stamp, assessment: UUID) -> RetentionAnnounced | None:
    """What is to be destroyed by itself, as it would be announced now; nothing before its time."""
    state, keeping = log.assessment(assessment), keeping_of(log, assessment)
    today, until = day_of(state, stamp.at), keeping.until
    by_itself = state.policy.destroyed == "by-itself" and keeping.then != "review"
    if until is None or not by_itself or today < until - NOTICE:
        return None
    if standing(log, assessment).held or not is_over(log, assessment):
        return None
    people = whose(log, assessment)
    if not people:
        return None
    return RetentionAnnounced(
        kept_until=until,
        then=keeping.then,
        people=people,
        destroyed_from=max(until, today + NOTICE) + A_DAY,
        chosen=_chosen(log, assessment),
    )


def _covers(stands: RetentionAnnounced, foreseen: RetentionAnnounced) -> bool:
    """Whether everything that is to be destroyed was announced; else it is announced anew.

    So is what was announced for a later day than it would be now, by a clock that was ahead.
    """
    same = (stands.kept_until, stands.then) == (foreseen.kept_until, foreseen.then)
    by_then = stands.destroyed_from <= foreseen.destroyed_from
    return same and by_then and {*foreseen.people} <= {*stands.people}


def _announce(log: Log, stamp: Stamp, assessment: UUID, foreseen: RetentionAnnounced) -> None:
    def decide(tx: Transaction) -> None:
        tx.assessment(assessment)
        stands, held = standing(log, assessment)
        if not held and (stands is None or not _covers(stands, foreseen)):
            tx.decide(assessment_stream(assessment), foreseen)

    log.record(stamp, decide)


def _chosen(log: Log, assessment: UUID) -> date:
    """When the policy was chosen that holds now."""
    choosing = (AssessmentOpened.TOPIC, TermsChosen.TOPIC, PolicyChosen.TOPIC)
    *_, last = log.about(assessment, choosing)
    return day_of(log.assessment(assessment), last.stamp.at)
