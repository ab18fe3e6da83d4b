"""An assessment's rounds: open, move, pause, resume, close and reopen them, and do what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ehsg_events import due
from ehsg_events.agreement.withdrawals import ROUND, measured_anew
from ehsg_events.commands import hand_over
from ehsg_events.commands.outcomes import closes_so_far, reason
from ehsg_events.commands.planning import counting_holidays, with_holidays
from ehsg_events.commands.sitting import undecided
from ehsg_events.commands.telling import given_in, given_now
from ehsg_events.dates import calendar
from ehsg_events.events import (
    OutcomeSetAside,
    RoundOpened,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Stream, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.reminders import unreached
from ehsg_events.reminders.given import Given
from ehsg_events.reminders.reminders import rule_against, unfinished
from ehsg_events.rounds import lifecycle, milestones
from ehsg_events.states import assessment as assessments
from ehsg_events.states.interview import Interview
from ehsg_events.states.round import Round, RoundFact, evolve
from ehsg_events.states.situation import Situation, over
from ehsg_events.states.streams import assessment_stream, outcome_stream, round_stream


def open_round(log: Log, stamp: Stamp, assessment: UUID, deadline: datetime | None) -> list[str]:
    """Open the first round, or the feedback round after it, and invite the panel.

    Args:
        deadline: with a zone; if none, the policy's.

    Returns:
        Warnings, in sentences.
    """

    def decide(tx: Transaction) -> list[str]:
        situation = with_holidays(tx, assessment)
        assessments.refuse_if_signed_off(situation.assessment)
        facts = due.next_round(situation, deadline, stamp.at)
        opened = facts[0]
        assert isinstance(opened, RoundOpened), "a round's first fact is that it was opened"
        number = len(situation.rounds) + 1
        tx.decide(round_stream(assessment, number), *facts)
        return _opening_warnings(facts, number, stamp.at)

    return log.record(stamp, decide).value or []


def _opening_warnings(facts: Sequence[RoundFact], number: int, at: datetime) -> list[str]:
    """Warnings about the new round's deadline, and about one that leaves no time for reminders."""
    state: Round | None = None
    for fact in facts:
        state = evolve(state, fact, number, at)
    assert state is not None, "a round's first fact is that it was opened"
    deadline = _warned(state)
    return [sentence for sentence in (deadline, milestones.thin(state)) if sentence]


def _warned(round: Round) -> str | None:
    """A warning about a round's deadline."""
    policy = round.policy
    return calendar.deadline_warning(round.deadline, policy.zone, policy.proclaimed)


def close_round(log: Log, stamp: Stamp, assessment: UUID, *, ask: bool = False) -> None:
    """Close the newest round and measure it; one that was closed but not measured is measured.

    Args:
        ask: refuse, if something in the round waits for the coordinator's decision.
    """

    def decide(tx: Transaction) -> None:
        newest = tx.newest_round(assessment)
        if newest.closed and newest.measured is None:
            return
        if ask and not newest.closed:
            _refuse_if_undecided([*hand_over.asked(log, assessment)])
        tx.decide(round_stream(assessment, newest.number), *lifecycle.close(newest))

    log.record(stamp, decide)
    advance(log, stamp.model_copy(update={"key": stamp.key + "/measure"}), assessment)


def _refuse_if_undecided(waiting: Sequence[hand_over.Request]) -> None:
    if not waiting:
        return
    who = ", ".join(request.stakeholder for request in waiting)
    raise Refused(
        f"{who} asked that a colleague answers instead, and you have not decided. Decide first, or "
        f"close the round all the same: then it waits for the next round, and ends if none asks "
        f"them.",
        Way("hand-on list", "see who asks for what"),
        field="all_the_same",
    )


def advance(log: Log, stamp: Stamp, assessment: UUID) -> list[int]:
    """Do everything that is due by the stamp's time, step by step, each step recorded once.

    Returns:
        The position of each step on the log.
    """
    done: list[int] = []

    def decide(tx: Transaction) -> None:
        situation = counting_holidays(tx, assessment)
        number = situation.newest.number if situation.newest else 0
        unreachable = _unreachable(log, situation, assessment, stamp.at)
        requests = undecided(log, assessment)
        given = given_now(log, assessment, situation, stamp.at)
        before = closes_so_far(log, situation, assessment)
        step = due.advance(situation, stamp.at, unreachable, requests, given, before)
        for target, facts in step.items():
            tx.decide(_stream_of(assessment, number, target), *facts)

    while True:
        step = stamp.model_copy(update={"key": f"{stamp.key}/{len(done)}"})
        position = log.record(step, decide).position
        if position is None:
            return done
        done.append(position)


def _stream_of(assessment: UUID, number: int, target: str) -> Stream:
    """The stream for the facts of a step; `due` names it by a target."""
    if target in ("round", "next round"):
        return round_stream(assessment, number + (target == "next round"))
    if target == "assessment":
        return assessment_stream(assessment)
    if target.startswith(ROUND):
        return round_stream(assessment, int(target.removeprefix(ROUND)))
    return outcome_stream(assessment, target)


def measure_without(tx: Transaction, assessment: UUID, number: int, person: str) -> None:
    """Measure closed rounds anew without somebody who withdraws in this transaction.

    Args:
        number: the round in whose interview they withdraw.
    """
    if all(round.measured is None for round in tx.rounds(assessment)):
        return
    situation = tx.situation(assessment)
    interviews = {**situation.interviews, (number, person): Interview(withdrawn=True)}
    left = replace(situation, interviews=interviews)
    for target, facts in measured_anew(left, tx.stamp.at).items():
        tx.decide(_stream_of(assessment, len(situation.rounds), target), *facts)


def _unreachable(log: Log, situation: Situation, assessment: UUID, now: datetime) -> frozenset[str]:
    """The people whom no message of the newest round reaches."""
    newest = situation.newest
    if newest is None or newest.closed or newest.policy.fallback == "none":
        return frozenset()
    if not any(log.about(assessment, unreached.IN_VAIN)):
        return frozenset()
    return unreached.unreachable(log.about(assessment), newest.number, newest.policy.zone, now)


def extend_round(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    deadline: datetime,
    because: str,
    *,
    ask: bool = False,
) -> list[str]:
    """Move the open round's deadline, with the reason; everyone still asked is told once.

    Args:
        ask: refuse a deadline that is earlier than the one people were told.

    Returns:
        Warnings, in sentences.
    """

    def decide(tx: Transaction) -> None:
        newest = tx.newest_round(assessment)
        stream = round_stream(assessment, newest.number)
        words = tx.seal(reason(because), stream, COORDINATOR)
        moved = lifecycle.move_deadline(newest, deadline, words, stamp.at)
        if ask:
            lifecycle.refuse_to_shorten(newest, deadline)
        tx.decide(stream, *moved)

    log.record(stamp, decide)
    situation = log.situation(assessment)
    given = given_in(log, assessment, len(situation.rounds))
    return [*_notes(log, assessment), *_reminded_no_more(situation, given)]


def _reminded_no_more(situation: Situation, given: Given) -> Iterator[str]:
    """A warning about people who were reminded as often as they may be, and now have more time."""
    newest, spared = situation.rounds[-1], over(situation)
    capped = [
        person
        for person in unfinished(newest, spared)
        if rule_against(newest, spared, person, newest.deadline, given) == "capped"
    ]
    if newest.policy.reminder_cap and capped:
        yield (
            f"Not reminded before the new deadline: {', '.join(capped)}. They had been reminded as "
            f"often as the policy allows, so talk to them yourself."
        )


def reopen_round(
    log: Log, stamp: Stamp, assessment: UUID, deadline: datetime, because: str
) -> list[str]:
    """Take answers in the newest round again; outcomes it led to by rule are set aside.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: it is open, or the assessment is signed off.
    """

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        assessments.refuse_if_signed_off(situation.assessment)
        newest = tx.newest_round(assessment)
        stream = round_stream(assessment, newest.number)
        words = tx.seal(reason(because), stream, COORDINATOR)
        reopened = lifecycle.reopen(newest, deadline, words, stamp.at)
        given = given_now(log, assessment, situation, stamp.at)
        missed = () if newest.closed else due.missed(situation, newest, stamp.at, given)
        tx.decide(stream, *missed, *reopened)
        for item, outcome in situation.outcomes.items():
            if outcome.adopted_after == newest.number and not outcome.moderated:
                set_aside = OutcomeSetAside(after_round=newest.number)
                tx.decide(outcome_stream(assessment, item), set_aside)

    log.record(stamp, decide)
    return _notes(log, assessment)


def _notes(log: Log, assessment: UUID) -> list[str]:
    """Warnings about a new deadline."""
    situation = log.situation(assessment)
    newest = situation.rounds[-1]
    warned = _warned(newest)
    return [warned] if warned else []


def pause_round(log: Log, stamp: Stamp, assessment: UUID, because: str) -> list[str]:
    """Pause the open round, with the reason.

    Returns:
        What that means for the people asked, in sentences.
    """

    def decide(tx: Transaction) -> list[str]:
        newest = tx.newest_round(assessment)
        stream = round_stream(assessment, newest.number)
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, *lifecycle.pause(newest, words, stamp.at))
        until = calendar.say(newest.deadline, newest.policy.zone)
        meaning = (
            f"While round {newest.number} is paused nobody is reminded and it does not close by "
            f"itself. Answers are still taken until {until}, unless its deadline is moved."
        )
        return [meaning]

    return log.record(stamp, decide).value or []


def resume_round(log: Log, stamp: Stamp, assessment: UUID) -> list[str]:
    """Resume a paused round.

    Returns:
        A warning, in a sentence, if its deadline has passed meanwhile.
    """

    def decide(tx: Transaction) -> list[str]:
        newest = tx.newest_round(assessment)
        tx.decide(round_stream(assessment, newest.number), *lifecycle.resume(newest))
        until = calendar.say(newest.deadline, newest.policy.zone)
        passed = (
            f"The deadline passed while the round was paused ({until}), so it closes in a moment. "
            f"Reopening it takes answers again."
        )
        return [passed] if newest.deadline <= stamp.at else []

    return log.record(stamp, decide).value or []
