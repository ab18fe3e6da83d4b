"""The coordinator reminds people now, by hand, under the same rules as the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ehsg_events.events import ReminderWithheld, StakeholderReminded
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.reminders import reminders
from ehsg_events.states.round import Round, refuse_if_over
from ehsg_events.states.situation import Situation, over
from ehsg_events.states.streams import round_stream

WHY_NOT = {
    "finished": "finished already",
    "withdrawn": "withdrew",
    "released": "asked nothing more",
    "handed-on": "handed what was left on to a colleague",
    "capped": "reminded as often as the policy allows",
    "overtaken": "reminded today already",
    "cannot-matter": "whatever they said, no verdict and no middle score could change",
    reminders.TOLD_LATER: "it could be spared, and why is told once the round has closed",
}


@dataclass(frozen=True)
class Nudged:
    """Who was reminded, and who was not and by which rule."""

    reminded: tuple[str, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)

    def sentences(self) -> Iterator[str]:
        """The result in words."""
        yield f"Reminded: {', '.join(self.reminded) or 'nobody'}."
        for rule, because in WHY_NOT.items():
            people = [person for person, why in self.withheld.items() if why == rule]
            if people:
                yield f"Not reminded ({because}): {', '.join(people)}."


def nudge(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    people: Sequence[str] = (),
    agency: str | None = None,
) -> Nudged:
    """Remind people whose interview is unfinished: those named, one agency's, or everyone.

    Returns:
        Who was reminded, and who was not and why; each is on the log.

    Raises:
        Refused: no round is open, it is paused, or it has nobody so named.
    """

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        newest = _open_round(situation, stamp)
        chosen = _chosen(situation, newest, people, agency)
        facts = reminders.nudge(newest, over(situation), chosen, stamp.at)
        tx.decide(round_stream(assessment, newest.number), *facts)

    saved = log.record(stamp, decide)
    return Nudged(
        tuple(fact.reminded for fact in saved.every(StakeholderReminded)),
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
            f"Nobody called {', '.join(strange)} was invited to round {newest.number}.",
            Way("panel", "see who is on the panel"),
            field="person",
        )
    panel = situation.assessment.panel
    agencies = dict.fromkeys(panel[person].agency for person in newest.invited)
    if agency is not None and agency not in agencies:
        raise Refused(
            f"Nobody of {agency} was invited to round {newest.number}. Agencies in it are: "
            f"{', '.join(agencies)}.",
            field="agency",
        )
    return [
        person
        for person in newest.invited
        if (not people or person in people) and agency in (None, panel[person].agency)
    ]
