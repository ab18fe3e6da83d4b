"""Before a round: choosing its policy and planning its opening, each one decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ehsg_events import due
from ehsg_events.dates import calendar
from ehsg_events.events import OpeningCancelled, OpeningPlanned, PolicyChosen
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.policy.contradictions import contradictions
from ehsg_events.rounds.lifecycle import default_deadline, refuse_unless_over
from ehsg_events.states.assessment import refuse_if_signed_off
from ehsg_events.states.streams import assessment_stream, round_stream
from ehsg_events.values.policy import Policy


def choose_policy(log: Log, stamp: Stamp, assessment: UUID, policy: Policy) -> None:
    """Choose the policy of the rounds to come; an open round keeps its own.

    Raises:
        Refused: the policy contradicts itself.
    """

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        refuse_if_signed_off(state)
        wrong = list(contradictions(policy))
        if wrong:
            raise Refused("\n".join(wrong))
        if policy != state.policy:
            tx.decide(assessment_stream(assessment), PolicyChosen(policy=policy))

    log.record(stamp, decide)


def plan_opening(
    log: Log, stamp: Stamp, assessment: UUID, opens: datetime, deadline: datetime | None
) -> list[str]:
    """Plan when the next round opens by itself, and its deadline.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: the newest round is open, nothing is left to ask, or the times do not follow each
            other.
    """

    def decide(tx: Transaction) -> list[str]:
        situation = tx.situation(assessment)
        refuse_if_signed_off(situation.assessment)
        policy, newest = situation.assessment.policy, situation.newest
        refuse_unless_over(newest)
        until = deadline or default_deadline(policy, "feedback" if newest else "first", opens)
        _refuse_unless_in_order(stamp.at, opens, until, policy.zone)
        due.next_round(situation, until, opens)  # refuses what could not be opened
        planned = OpeningPlanned(round=len(situation.rounds) + 1, opens=opens, deadline=until)
        if planned != situation.assessment.opening:
            tx.decide(assessment_stream(assessment), planned)
        warnings = (calendar.deadline_warning(at, policy.zone) for at in (opens, until))
        return [warning for warning in warnings if warning]

    return log.record(stamp, decide).value or []


def _refuse_unless_in_order(now: datetime, opens: datetime, until: datetime, zone: str) -> None:
    begin, end = calendar.say(opens, zone), calendar.say(until, zone)
    if opens <= now:
        raise Refused(
            f"{begin} has passed, so no round can open then. Plan a time after "
            f"{calendar.say(now, zone)}.",
            Way("round open", "open it now"),
            field="opens",
        )
    if until <= opens:
        raise Refused(
            f"The round would close at {end}, before it opens at {begin}. Choose a later deadline.",
            field="deadline",
        )


def cancel_opening(log: Log, stamp: Stamp, assessment: UUID) -> None:
    """Cancel a planned opening."""

    def decide(tx: Transaction) -> None:
        opening = tx.assessment(assessment).opening
        if opening is None or tx.read(round_stream(assessment, opening.round)) is not None:
            raise Refused("No opening is planned, so there is nothing to cancel.")
        tx.decide(assessment_stream(assessment), OpeningCancelled(round=opening.round))

    log.record(stamp, decide)
