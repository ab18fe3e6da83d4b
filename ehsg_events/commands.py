"""Opening an assessment and running its rounds: each is one decision, recorded once.

These, `chasing`, `handing_on`, `coordinators`, `settling` and `importing` are what the coordinator's
surfaces and the flows call to change anything; what a stakeholder says is decided in `answering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ehsg_events import assessment as assessments
from ehsg_events import calendar, pausing, progress
from ehsg_events import round as rounds
from ehsg_events.application import Log, Pen
from ehsg_events.assessment import panel_warnings
from ehsg_events.events import RoundOpened, StakeholderAdded
from ehsg_events.kernel import (
    COORDINATOR,
    Refused,
    Stamp,
    Stream,
    assessment_stream,
    outcome_stream,
    round_stream,
)
from ehsg_events.panel import Member
from ehsg_events.published import published
from ehsg_events.round import RoundFact
from ehsg_events.rules import Terms
from ehsg_events.settling import reason
from ehsg_events.sitting import newest_round
from ehsg_events.situation import Situation


def open_assessment(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    area: str,
    guide: str,
    panel: Sequence[Member],
    terms: Terms,
) -> list[str]:
    """Open an assessment with its whole panel; the names of the people are sealed.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: the guide is not published, or there is no area or no panel.
    """
    found = published(guide, log.folder)
    stream = assessment_stream(assessment)
    warnings: list[str] = []

    def decide(pen: Pen) -> None:
        if log.folding.assessment(stream)[1] is not None:
            raise Refused(f"An assessment with the id {assessment} is open already.")
        members = [added(pen, stream, person) for person in panel]
        facts = assessments.open_assessment(area, found.guide, found.digest, terms, members)
        pen.decide(stream, *facts)
        warnings[:] = panel_warnings(found.guide, members)

    log.record(stamp, decide)
    return warnings


def added(pen: Pen, stream: Stream, person: Member) -> StakeholderAdded:
    """A member of the panel as a fact, with what is personal sealed."""
    return StakeholderAdded(
        stakeholder=person.id,
        agency=person.agency,
        works_as=person.works_as,
        items=person.items,
        reached_by="slack" if person.slack else "web",
        name=pen.seal(person.name, stream, person.id),
        slack=pen.seal(person.slack, stream, person.id) if person.slack else None,
        language=person.language,
    )


def open_round(log: Log, stamp: Stamp, assessment: UUID, deadline: datetime | None) -> list[str]:
    """Open the first round, or the feedback round after it, and invite the panel.

    Args:
        deadline: aware; by the policy when none is given.

    Returns:
        Warnings, in sentences.
    """
    warnings: list[str] = []

    def decide(pen: Pen) -> None:
        now = log.situation(pen, assessment)
        assessments.refuse_if_signed_off(now.assessment)
        facts = _next_round(now, deadline, stamp.at)
        opened = facts[0]
        assert isinstance(opened, RoundOpened), "a round's first fact is that it was opened"
        pen.decide(round_stream(assessment, len(now.rounds) + 1), *facts)
        warned = calendar.deadline_warning(opened.deadline, opened.policy.zone)
        warnings[:] = [warned] if warned else []

    log.record(stamp, decide)
    return warnings


def _next_round(now: Situation, deadline: datetime | None, at: datetime) -> tuple[RoundFact, ...]:
    """The first round with the whole panel, or the feedback round after one that is over."""
    policy, newest = now.assessment.policy, now.newest
    if newest is None:
        until = deadline or rounds.default_deadline(policy, "first", at)
        asked = {name: member.items for name, member in now.assessment.panel.items()}
        return rounds.open_round("first", asked, until, policy, at)
    if not newest.closed:
        said = calendar.say(newest.deadline, policy.zone)
        raise Refused(
            f"Round {newest.number} is open until {said}. `ehsg round close` closes it "
            f"early, `ehsg round extend` moves its deadline."
        )
    return progress.feedback_round(now, deadline, at)


def extend_round(
    log: Log, stamp: Stamp, assessment: UUID, deadline: datetime, because: str
) -> list[str]:
    """Move the open round's deadline, with the reason; everyone still asked is told once."""
    warnings: list[str] = []

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        stream = round_stream(assessment, newest.number)
        words = pen.seal(reason(because), stream, COORDINATOR)
        pen.decide(stream, *rounds.move_deadline(newest, deadline, words, stamp.at))
        warned = calendar.deadline_warning(deadline, newest.policy.zone)
        warnings[:] = [warned] if warned else []

    log.record(stamp, decide)
    return warnings


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
            f"The deadline passed while the round was paused ({until}), so it closes in a moment, "
            f"unless you give it more time with `ehsg round extend`."
        )
        said[:] = [passed] if newest.deadline <= stamp.at else []

    log.record(stamp, decide)
    return said


def close_round(log: Log, stamp: Stamp, assessment: UUID) -> None:
    """Close the open round now and measure it; one that died in between is measured now."""

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        if newest.closed and newest.measured is None:
            return
        pen.decide(round_stream(assessment, newest.number), *rounds.close(newest))

    log.record(stamp, decide)
    advance(log, stamp.model_copy(update={"key": stamp.key + "/measure"}), assessment)


def advance(log: Log, stamp: Stamp, assessment: UUID) -> list[int]:
    """Do everything that is due by the stamp's time, step by step, each step recorded once.

    Returns:
        The position of each step on the log.
    """
    done: list[int] = []

    def decide(pen: Pen) -> None:
        now = log.situation(pen, assessment)
        number = now.newest.number if now.newest else 0
        for target, facts in progress.advance(now, stamp.at).items():
            if target in ("round", "next round"):
                stream = round_stream(assessment, number + (target == "next round"))
            else:
                stream = outcome_stream(assessment, target)
            pen.decide(stream, *facts)

    while True:
        step = stamp.model_copy(update={"key": f"{stamp.key}/{len(done)}"})
        position = log.record(step, decide)
        if position is None:
            return done
        done.append(position)
