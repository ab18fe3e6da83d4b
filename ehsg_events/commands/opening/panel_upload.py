"""A whole file of people joins the panel at once, before a round as in the middle of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from ehsg_events.commands.assessments import added_all
from ehsg_events.commands.panel import invite
from ehsg_events.events import StakeholderInvited
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.panel.on_panel import OnPanel
from ehsg_events.states.assessment import Assessment, refuse_if_abandoned, refuse_if_signed_off
from ehsg_events.states.streams import assessment_stream


def on_panel(log: Log, state: Assessment) -> dict[str, OnPanel]:
    """Who is on the panel, by pseudonym, as far as a file is compared with them."""
    return {
        person: OnPanel(
            log.text(member.name),
            member.agency,
            log.text(member.slack),
            released=person in state.released,
            forgotten=person in state.forgotten,
        )
        for person, member in state.panel.items()
    }


def upload(log: Log, stamp: Stamp, assessment: UUID, members: Sequence[Member]) -> tuple[str, ...]:
    """Add people to the panel, all or none, and invite those whom an open round asks anything.

    Returns:
        The people who were invited at once.

    Raises:
        Refused: somebody among them is on the panel, or the assessment is over.
    """

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        refuse_if_abandoned(state)
        refuse_if_signed_off(state)
        there = [*_there(tx, state, members)]
        if there:
            raise Refused(
                f"{', '.join(there)}: somebody joined the panel meanwhile. Nothing was added; hand "
                f"the file in once more.",
            )
        facts = added_all(tx, stream, members)
        tx.decide(stream, *facts)
        invite(tx, assessment, facts)

    recorded = log.record(stamp, decide)
    return tuple(fact.invited for fact in recorded.every(StakeholderInvited))


def _there(tx: Transaction, state: Assessment, members: Sequence[Member]) -> Iterator[str]:
    """Who cannot be added, as their id or their address is somebody's now."""
    in_slack = {tx.text(known.slack) for known in state.panel.values()} - {None}
    for member in members:
        if (
            member.id in {*state.panel, *state.forgotten, *state.readers}
            or member.slack in in_slack
        ):
            yield member.id
