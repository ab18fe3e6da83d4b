"""Who coordinates on other surfaces than the command line, and who may only read the pages."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import (
    CoordinatorNamed,
    CoordinatorRemoved,
    ReaderNamed,
    ReaderRemoved,
    Reads,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import refuse_unless_in_slack
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream


def name_coordinator(log: Log, stamp: Stamp, assessment: UUID, name: str, slack: str | None) -> str:
    """Name a coordinator; the name and the Slack id are sealed.

    Args:
        slack: team and user, such as T012AB/U034CD; none for somebody outside Slack.

    Returns:
        The pseudonym by which this coordinator acts on the log.
    """
    if not name.strip():
        raise Refused(
            "Say who coordinates, such as Jane Smith. The name is kept sealed.", field="name"
        )
    if slack:
        refuse_unless_in_slack(slack)

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        _refuse_twice(log, state, slack)
        stream, pseudonym = assessment_stream(assessment), _free_coordinator(state)
        fact = CoordinatorNamed(
            coordinator=pseudonym,
            name=tx.seal(name.strip(), stream, pseudonym),
            slack=tx.seal(slack, stream, pseudonym) if slack else None,
        )
        tx.decide(stream, fact)

    (named,) = log.record(stamp, decide).every(CoordinatorNamed)
    return named.coordinator


def remove_coordinator(log: Log, stamp: Stamp, assessment: UUID, coordinator: str) -> None:
    """Remove a coordinator; what they did stays as it is."""

    def decide(tx: Transaction) -> None:
        known = tx.assessment(assessment).coordinators
        if coordinator not in known:
            raise Refused(
                f"Nobody coordinates as {coordinator}. Coordinators are: "
                f"{', '.join(known) or 'none yet'}."
            )
        tx.decide(assessment_stream(assessment), CoordinatorRemoved(coordinator=coordinator))

    log.record(stamp, decide)


def _refuse_twice(log: Log, state: Assessment, slack: str | None) -> None:
    """Refuse a Slack person who coordinates already, so that it is clear who acted."""
    for pseudonym, fact in state.coordinators.items():
        if slack and log.text(fact.slack) == slack:
            raise Refused(
                f"That Slack person coordinates already, as {pseudonym}.",
                Way("coordinator remove", "take the role back first", {"coordinator": pseudonym}),
                field="slack",
            )


def _free_coordinator(state: Assessment) -> str:
    """The next pseudonym that nobody has had."""
    number = state.coordinators_named + 1
    while f"{COORDINATOR}-{number}" in state.panel:
        number += 1
    return f"{COORDINATOR}-{number}"


READER = "reader"


def name_reader(log: Log, stamp: Stamp, assessment: UUID, name: str, reads_as: Reads) -> str:
    """Name a reader; the name is sealed.

    Returns:
        The pseudonym by which this reader is known on the log.
    """
    if not name.strip():
        raise Refused("Say who reads, such as Jane Smith. The name is kept sealed.", field="name")

    def decide(tx: Transaction) -> None:
        stream, pseudonym = assessment_stream(assessment), _free_reader(tx.assessment(assessment))
        sealed = tx.seal(name.strip(), stream, pseudonym)
        tx.decide(stream, ReaderNamed(reader=pseudonym, reads_as=reads_as, name=sealed))

    (named,) = log.record(stamp, decide).every(ReaderNamed)
    return named.reader


def remove_reader(log: Log, stamp: Stamp, assessment: UUID, reader: str) -> None:
    """Remove a reader; their open sessions end at once.

    Raises:
        Refused: nobody reads by that pseudonym.
    """

    def decide(tx: Transaction) -> None:
        known = tx.assessment(assessment).readers
        if reader not in known:
            raise Refused(
                f"Nobody reads as {reader}. Readers are: {', '.join(known) or 'none yet'}."
            )
        tx.decide(assessment_stream(assessment), ReaderRemoved(reader=reader))

    log.record(stamp, decide)


def _free_reader(state: Assessment) -> str:
    """The next pseudonym that nobody has had."""
    number = state.readers_named + 1
    while f"{READER}-{number}" in state.panel:
        number += 1
    return f"{READER}-{number}"
