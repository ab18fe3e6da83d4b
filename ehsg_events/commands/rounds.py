"""Opening an assessment and running its rounds: each is one decision, recorded once.

These, `chasing`, `handing_on`, `coordinators`, `settling` and `importing` are what the coordinator's
surfaces and the flows call to change anything; what a stakeholder says is decided in `answering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ehsg_events import due
from ehsg_events.commands.outcomes import reason
from ehsg_events.commands.sitting import newest_round
from ehsg_events.dates import calendar
from ehsg_events.events import (
    MessageFailed,
    OutcomeSetAside,
    RoundOpened,
    StakeholderAdded,
    StandIn,
)
from ehsg_events.kernel import (
    COORDINATOR,
    Refused,
    Stamp,
    Stream,
    assessment_stream,
    outcome_stream,
    round_stream,
)
from ehsg_events.log.log import Log, Pen
from ehsg_events.log.published_guides import published
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.panel.member import Member
from ehsg_events.reminders import unreached
from ehsg_events.rounds import lifecycle, milestones
from ehsg_events.states import assessment as assessments
from ehsg_events.states.round import Round, RoundFact, evolve
from ehsg_events.states.situation import Situation
from ehsg_events.values.policy import Terms


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
        warnings[:] = panel_warnings(found.guide, members, terms.rule)

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
        zone=person.zone,
        hours=person.hours,
        backup=_backup(pen, stream, person),
        peer_of=person.peer_of,
    )


def _backup(pen: Pen, stream: Stream, person: Member) -> StandIn | None:
    """Who is told of this person's silence, sealed under the person's own key."""
    one = person.backup
    if one is None:
        return None
    slack = pen.seal(one.slack, stream, person.id) if one.slack else None
    return StandIn(kind=one.kind, name=pen.seal(one.name, stream, person.id), slack=slack)


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
        facts = due.next_round(now, deadline, stamp.at)
        opened = facts[0]
        assert isinstance(opened, RoundOpened), "a round's first fact is that it was opened"
        number = len(now.rounds) + 1
        pen.decide(round_stream(assessment, number), *facts)
        warnings[:] = _opening_warnings(facts, number, stamp.at)

    log.record(stamp, decide)
    return warnings


def _opening_warnings(facts: Sequence[RoundFact], number: int, at: datetime) -> list[str]:
    """What speaks against a deadline, or leaves no room for reminders."""
    state: Round | None = None
    for fact in facts:
        state = evolve(state, fact, number, at)
    assert state is not None, "a round's first fact is that it was opened"
    deadline = calendar.deadline_warning(state.deadline, state.policy.zone)
    return [sentence for sentence in (deadline, milestones.thin(state)) if sentence]


def close_round(log: Log, stamp: Stamp, assessment: UUID) -> None:
    """Close the open round now and measure it; one that died in between is measured now."""

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        if newest.closed and newest.measured is None:
            return
        pen.decide(round_stream(assessment, newest.number), *lifecycle.close(newest))

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
        lost = _unreachable(log, now, assessment)
        for target, facts in due.advance(now, stamp.at, lost).items():
            if target in ("round", "next round"):
                stream = round_stream(assessment, number + (target == "next round"))
            elif target == "assessment":
                stream = assessment_stream(assessment)
            else:
                stream = outcome_stream(assessment, target)
            pen.decide(stream, *facts)

    while True:
        step = stamp.model_copy(update={"key": f"{stamp.key}/{len(done)}"})
        position = log.record(step, decide)
        if position is None:
            return done
        done.append(position)


def _unreachable(log: Log, now: Situation, assessment: UUID) -> frozenset[str]:
    """Those to whom a message of the newest round failed for good."""
    newest = now.newest
    if newest is None or newest.closed or newest.policy.fallback == "none":
        return frozenset()
    of_round = f"round {newest.number}/"
    return frozenset(
        one.fact.to
        for one in log.all(topics=(MessageFailed.TOPIC,))
        if isinstance(one.fact, MessageFailed)
        and one.stream.assessment == assessment
        and (one.stream.message or "").startswith(of_round)
    )


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
        pen.decide(stream, *lifecycle.move_deadline(newest, deadline, words, stamp.at))

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
        reopened = lifecycle.reopen(newest, deadline, words, stamp.at)
        missed = () if newest.closed else due.missed(now, newest, stamp.at)
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
    return [*([warned] if warned else []), *unreached.of_the_deadline(now)]


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
        pen.decide(stream, *lifecycle.pause(newest, words, stamp.at))
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
        pen.decide(round_stream(assessment, newest.number), *lifecycle.resume(newest))
        until = calendar.say(newest.deadline, newest.policy.zone)
        passed = (
            f"The deadline passed while the round was paused ({until}), so it closes in a moment. "
            f"`ehsg round reopen` takes answers again."
        )
        said[:] = [passed] if newest.deadline <= stamp.at else []

    log.record(stamp, decide)
    return said
