"""The coordinator reminds people now, by hand, under the same rules as the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ehsg_events.commands.telling import given_in
from ehsg_events.events import ReminderWithheld, StakeholderReminded
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.reminders import reminders
from ehsg_events.states.round import Round, refuse_if_over
from ehsg_events.states.situation import Situation, over
from ehsg_events.states.streams import round_stream


@dataclass(frozen=True)
class Nudged:
    """For whom a reminder was decided, whose last one waits still, and whom a rule spared.

    A decision is no delivery: whether somebody is reminded now depends on how they are reached.
    """

    decided: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)


def nudge(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    people: Sequence[str] = (),
    agency: str | None = None,
) -> Nudged:
    """Remind people whose interview is unfinished: those named, one agency's, or everyone.

    Returns:
        For whom it was decided, and who was spared and why; each is on the log. Whose last reminder
        was not given yet gets no second one.

    Raises:
        Refused: no round is open, it is paused, or it has nobody so named.
    """

    def decide(tx: Transaction) -> tuple[str, ...]:
        situation = tx.situation(assessment)
        newest = _open_round(situation, stamp)
        chosen = _chosen(situation, newest, people, agency)
        given = given_in(log, assessment, newest.number)
        facts = reminders.nudge(newest, over(situation), chosen, stamp.at, given)
        tx.decide(round_stream(assessment, newest.number), *facts)
        spared = {fact.withheld_from for fact in facts if isinstance(fact, ReminderWithheld)}
        return tuple(person for person in chosen if person in given.pending.keys() - spared)

    saved = log.record(stamp, decide)
    decided = tuple(fact.reminded for fact in saved.every(StakeholderReminded))
    return Nudged(
        decided,
        tuple(person for person in saved.value or () if person not in decided),
        {fact.withheld_from: fact.rule for fact in saved.every(ReminderWithheld)},
    )


def _open_round(situation: Situation, stamp: Stamp) -> Round:
    newest = situation.newest
    if newest is None:
        raise Refused("No round was opened yet.", Way("round open", "open the first"))
    refuse_if_over(newest, stamp.at)
    if newest.kind == "workshop":
        raise Refused(
            "A workshop chases nobody: ask in the room.",
            Way("workshop status", "see how many have voted"),
        )
    if newest.paused:
        raise Refused(
            f"Round {newest.number} is paused, so nobody is reminded.",
            Way("round resume", "let it go on"),
        )
    return newest


def _chosen(
    situation: Situation, newest: Round, people: Sequence[str], agency: str | None
) -> Sequence[str]:
    """The people to remind, in the order they were invited.

    Raises:
        Refused: somebody named is not in the round, or nobody of the agency is.
    """
    strange = [person for person in people if person not in newest.invited]
    if strange:
        raise Refused(
            f"Round {newest.number} asks nobody called {', '.join(strange)}.",
            Way("panel", "see who is on the panel"),
            field="person",
        )
    panel = situation.assessment.panel
    agencies = dict.fromkeys(panel[person].agency for person in newest.invited)
    if agency is not None and agency not in agencies:
        raise Refused(
            f"Round {newest.number} asks nobody of {agency}. Agencies in it are: "
            f"{', '.join(agencies)}.",
            field="agency",
        )
    return [
        person
        for person in newest.invited
        if (not people or person in people) and agency in (None, panel[person].agency)
    ]
