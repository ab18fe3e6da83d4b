"""Before a round: choosing its policy and planning its opening, each one decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from ehsg_events import due
from ehsg_events.dates import calendar
from ehsg_events.events import HolidaysCounted, OpeningCancelled, OpeningPlanned, PolicyChosen
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.policy.contradictions import contradictions
from ehsg_events.policy.holidays_file import NAME, read_holidays
from ehsg_events.rounds.lifecycle import default_deadline, refuse_unless_over
from ehsg_events.states import round as rounds
from ehsg_events.states.assessment import refuse_if_signed_off
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import assessment_stream, round_stream
from ehsg_events.values.policy import Policy
from ehsg_events.values.proclaimed import Proclaimed


def proclaimed_in(folder: Path) -> tuple[Proclaimed, ...] | None:
    """The proclaimed bank holidays that the data folder lists; none where it has no list.

    Raises:
        Refused: the list has mistakes.
    """
    file = folder / NAME
    return read_holidays(file.read_text(encoding="utf-8")) if file.is_file() else None


def with_holidays(tx: Transaction, assessment: UUID) -> Situation:
    """The situation, in which every day that the folder's list proclaims counts from now on.

    What was not counted yet is recorded, so that the log alone tells which days were. An open round
    keeps its deadline, which people were told.
    """
    situation = tx.situation(assessment)
    if situation.assessment.ended:
        return situation
    days, policy = proclaimed_in(tx.log.folder), situation.assessment.policy
    if days is not None and days != policy.proclaimed:
        chosen = policy.model_copy(update={"proclaimed": days})
        tx.decide(assessment_stream(assessment), PolicyChosen(policy=chosen))
        state = replace(situation.assessment, policy=chosen)
        situation = replace(situation, assessment=state)
    newest = situation.newest
    if newest is not None and not newest.closed and days not in (None, newest.policy.proclaimed):
        counted = HolidaysCounted(proclaimed=days or ())
        tx.decide(round_stream(assessment, newest.number), counted)
        now = rounds.evolve(newest, counted, newest.number, tx.stamp.at)
        situation = replace(situation, rounds=[*situation.rounds[:-1], now])
    return situation


def counting_holidays(tx: Transaction, assessment: UUID) -> Situation:
    """As `with_holidays`, but a list with mistakes waits until they are mended: the clock goes on."""
    try:
        return with_holidays(tx, assessment)
    except Refused:
        return tx.situation(assessment)


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
        days = proclaimed_in(log.folder) or state.policy.proclaimed
        chosen = policy.model_copy(update={"proclaimed": days})
        if chosen != state.policy:
            tx.decide(assessment_stream(assessment), PolicyChosen(policy=chosen))

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
        situation = with_holidays(tx, assessment)
        refuse_if_signed_off(situation.assessment)
        policy, newest = situation.assessment.policy, situation.newest
        refuse_unless_over(newest)
        until = deadline or default_deadline(policy, "feedback" if newest else "first", opens)
        _refuse_unless_in_order(stamp.at, opens, until, policy.zone)
        due.next_round(situation, until, opens)  # refuses what could not be opened
        planned = OpeningPlanned(round=len(situation.rounds) + 1, opens=opens, deadline=until)
        if planned != situation.assessment.opening:
            tx.decide(assessment_stream(assessment), planned)
        warnings = (
            calendar.deadline_warning(at, policy.zone, policy.proclaimed) for at in (opens, until)
        )
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
