"""Opening an assessment and running its rounds: each is one decision, recorded once.

These, `chasing`, `handing_on`, `coordinators`, `settling` and `importing` are what the coordinator's
surfaces and the flows call to change anything; what a stakeholder says is decided in `answering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ehsg_events import progress
from ehsg_events.commands.sitting import newest_round
from ehsg_events.dates import calendar
from ehsg_events.events import (
    MessageFailed,
    RoundOpened,
    StakeholderAdded,
    StandIn,
)
from ehsg_events.kernel import (
    Refused,
    Stamp,
    Stream,
    assessment_stream,
    outcome_stream,
    round_stream,
)
from ehsg_events.log.application import Log, Pen
from ehsg_events.log.published import published
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.panel.panel import Member
from ehsg_events.rounds import closing, planning
from ehsg_events.states import assessment as assessments
from ehsg_events.states.round import Round, RoundFact, evolve
from ehsg_events.states.situation import Situation
from ehsg_events.values.rules import Terms


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
        facts = progress.next_round(now, deadline, stamp.at)
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
    return [sentence for sentence in (deadline, planning.thin(state)) if sentence]


def close_round(log: Log, stamp: Stamp, assessment: UUID) -> None:
    """Close the open round now and measure it; one that died in between is measured now."""

    def decide(pen: Pen) -> None:
        newest = newest_round(pen, assessment)
        if newest.closed and newest.measured is None:
            return
        pen.decide(round_stream(assessment, newest.number), *closing.close(newest))

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
        for target, facts in progress.advance(now, stamp.at, lost).items():
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
