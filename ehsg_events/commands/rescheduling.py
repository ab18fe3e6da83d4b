"""An open round is extended, paused or resumed, a closed one reopened: one decision, recorded once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ehsg_events import progress
from ehsg_events.commands.settling import reason
from ehsg_events.commands.sitting import newest_round
from ehsg_events.dates import calendar
from ehsg_events.events import OutcomeSetAside
from ehsg_events.kernel import COORDINATOR, Stamp, outcome_stream, round_stream
from ehsg_events.log.application import Log, Pen
from ehsg_events.reminders import by_hand
from ehsg_events.rounds import closing, pausing
from ehsg_events.states import assessment as assessments


def extend_round(
    log: Log, stamp: Stamp, assessment: UUID, deadline: datetime, because: str
) -> list[str]:
    """Move the open round's deadline, with the reason; everyone still asked is told once.

    Returns:
        Warnings, and whom no message reaches, in sentences.
    """

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        stream = round_stream(assessment, newest.number)
        words = pen.seal(reason(because), stream, COORDINATOR)
        pen.decide(stream, *closing.move_deadline(newest, deadline, words, stamp.at))

    log.record(stamp, decide)
    return _notes(log, stamp, assessment)


def reopen_round(
    log: Log, stamp: Stamp, assessment: UUID, deadline: datetime, because: str
) -> list[str]:
    """Take answers in the newest round again; outcomes it led to by rule are set aside.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: it is open, or the assessment is signed off.
    """

    def decide(pen: Pen) -> None:
        now = log.situation(pen, assessment)
        assessments.refuse_if_signed_off(now.assessment)
        newest = newest_round(pen, assessment)
        stream = round_stream(assessment, newest.number)
        words = pen.seal(reason(because), stream, COORDINATOR)
        reopened = closing.reopen(newest, deadline, words, stamp.at)
        missed = () if newest.closed else progress.missed(now, newest, stamp.at)
        pen.decide(stream, *missed, *reopened)
        for item, outcome in now.outcomes.items():
            if outcome.adopted_after == newest.number and not outcome.moderated:
                aside = OutcomeSetAside(after_round=newest.number)
                pen.decide(outcome_stream(assessment, item), aside)

    log.record(stamp, decide)
    return _notes(log, stamp, assessment)


def _notes(log: Log, stamp: Stamp, assessment: UUID) -> list[str]:
    """What is to be known of a new deadline, and whom no message tells of it."""
    now = log.situation(Pen(log, stamp), assessment)
    newest = now.rounds[-1]
    warned = calendar.deadline_warning(newest.deadline, newest.policy.zone)
    return [*([warned] if warned else []), *by_hand.of_the_deadline(now)]


def pause_round(log: Log, stamp: Stamp, assessment: UUID, because: str) -> list[str]:
    """Let the open round rest, with the reason.

    Returns:
        What that means for the people asked, in sentences.
    """
    said: list[str] = []

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        stream = round_stream(assessment, newest.number)
        words = pen.seal(reason(because), stream, COORDINATOR)
        pen.decide(stream, *pausing.pause(newest, words, stamp.at))
        until = calendar.say(newest.deadline, newest.policy.zone)
        meaning = (
            f"While round {newest.number} is paused nobody is reminded and it does not close by "
            f"itself. Answers are still taken until {until}; `ehsg round extend` moves that."
        )
        said[:] = [meaning]

    log.record(stamp, decide)
    return said


def resume_round(log: Log, stamp: Stamp, assessment: UUID) -> list[str]:
    """Let a paused round go on.

    Returns:
        A warning when its deadline has passed meanwhile, in a sentence.
    """
    said: list[str] = []

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        pen.decide(round_stream(assessment, newest.number), *pausing.resume(newest))
        until = calendar.say(newest.deadline, newest.policy.zone)
        passed = (
            f"The deadline passed while the round was paused ({until}), so it closes in a moment. "
            f"`ehsg round reopen` takes answers again."
        )
        said[:] = [passed] if newest.deadline <= stamp.at else []

    log.record(stamp, decide)
    return said
