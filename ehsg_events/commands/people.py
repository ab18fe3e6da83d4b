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
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, assessment_stream
from ehsg_events.log.log import Log, Pen
from ehsg_events.panel.member import refuse_unless_in_slack
from ehsg_events.states.assessment import Assessment


def name_coordinator(log: Log, stamp: Stamp, assessment: UUID, name: str, slack: str | None) -> str:
    """Name a coordinator; the name and the Slack id are sealed.

    Args:
        slack: team and person, such as T012AB/U034CD; none for who works elsewhere.

    Returns:
        The pseudonym by which this coordinator acts on the log.
    """
    if not name.strip():
        raise Refused("Say who coordinates, such as --name 'Jane Smith'. The name is kept sealed.")
    if slack:
        refuse_unless_in_slack(slack)

    def decide(pen: Pen) -> None:
        state = pen.assessment(assessment)
        _refuse_twice(log, state, slack)
        stream, pseudonym = assessment_stream(assessment), _free_coordinator(state)
        fact = CoordinatorNamed(
            coordinator=pseudonym,
            name=pen.seal(name.strip(), stream, pseudonym),
            slack=pen.seal(slack, stream, pseudonym) if slack else None,
        )
        pen.decide(stream, fact)

    log.record(stamp, decide)
    return _coordinator_named_by(log, stamp)


def _coordinator_named_by(log: Log, stamp: Stamp) -> str:
    """The pseudonym that was given, also when the same cause is heard again."""
    named = (one for one in log.all(topics=(CoordinatorNamed.TOPIC,)) if one.stamp.key == stamp.key)
    fact = next(named).fact
    assert isinstance(fact, CoordinatorNamed), "only these facts were asked for"
    return fact.coordinator


def remove_coordinator(log: Log, stamp: Stamp, assessment: UUID, coordinator: str) -> None:
    """Take the role back; what this coordinator did stays as it is."""

    def decide(pen: Pen) -> None:
        known = pen.assessment(assessment).coordinators
        if coordinator not in known:
            raise Refused(
                f"Nobody coordinates as {coordinator}. Coordinators are: "
                f"{', '.join(known) or 'none yet'}."
            )
        pen.decide(assessment_stream(assessment), CoordinatorRemoved(coordinator=coordinator))

    log.record(stamp, decide)


def _refuse_twice(log: Log, state: Assessment, slack: str | None) -> None:
    """One Slack person is one coordinator, or nobody could say who acted."""
    for pseudonym, fact in state.coordinators.items():
        if slack and log.read(fact.slack) == slack:
            raise Refused(
                f"That Slack person coordinates already, as {pseudonym}. "
                f"`ehsg coordinator remove {pseudonym}` takes the role back first."
            )


def _free_coordinator(state: Assessment) -> str:
    """The next one nobody has acted by."""
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
        raise Refused("Say who reads, such as --name 'Jane Smith'. The name is kept sealed.")

    def decide(pen: Pen) -> None:
        stream, pseudonym = assessment_stream(assessment), _free_reader(pen.assessment(assessment))
        sealed = pen.seal(name.strip(), stream, pseudonym)
        pen.decide(stream, ReaderNamed(reader=pseudonym, reads_as=reads_as, name=sealed))

    log.record(stamp, decide)
    return _reader_named_by(log, stamp)


def remove_reader(log: Log, stamp: Stamp, assessment: UUID, reader: str) -> None:
    """Take the pages back from a reader; whoever is signed in is out at once.

    Raises:
        Refused: nobody reads by that name.
    """

    def decide(pen: Pen) -> None:
        known = pen.assessment(assessment).readers
        if reader not in known:
            raise Refused(
                f"Nobody reads as {reader}. Readers are: {', '.join(known) or 'none yet'}."
            )
        pen.decide(assessment_stream(assessment), ReaderRemoved(reader=reader))

    log.record(stamp, decide)


def _reader_named_by(log: Log, stamp: Stamp) -> str:
    """The pseudonym that was given, also when the same cause is heard again."""
    named = (one for one in log.all(topics=(ReaderNamed.TOPIC,)) if one.stamp.key == stamp.key)
    fact = next(named).fact
    assert isinstance(fact, ReaderNamed), "only these facts were asked for"
    return fact.reader


def _free_reader(state: Assessment) -> str:
    """The next one nobody has acted by."""
    number = state.readers_named + 1
    while f"{READER}-{number}" in state.panel:
        number += 1
    return f"{READER}-{number}"
