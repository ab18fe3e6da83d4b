"""Who may coordinate an assessment from a surface other than the command line."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import CoordinatorNamed, CoordinatorRemoved
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, assessment_stream
from ehsg_events.log.application import Log, Pen
from ehsg_events.panel.panel import refuse_unless_in_slack
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
        stream, pseudonym = assessment_stream(assessment), _pseudonym(state)
        fact = CoordinatorNamed(
            coordinator=pseudonym,
            name=pen.seal(name.strip(), stream, pseudonym),
            slack=pen.seal(slack, stream, pseudonym) if slack else None,
        )
        pen.decide(stream, fact)

    log.record(stamp, decide)
    return _named_by(log, stamp)


def _named_by(log: Log, stamp: Stamp) -> str:
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


def _pseudonym(state: Assessment) -> str:
    """The next one nobody has acted by."""
    number = state.coordinators_named + 1
    while f"{COORDINATOR}-{number}" in state.panel:
        number += 1
    return f"{COORDINATOR}-{number}"
