"""Opening an assessment: its area, its guide, its terms and its whole panel in one decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ehsg_events.commands.planning import proclaimed_in
from ehsg_events.dates import calendar
from ehsg_events.events import StakeholderAdded, StandIn
from ehsg_events.kernel import Refused, Stamp, Stream, Way
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import published
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.agency_names import as_spelled
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.panel.member import Member
from ehsg_events.states import assessment as assessments
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.policy import Terms


def open_assessment(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    area: str,
    guide: str,
    panel: Sequence[Member],
    terms: Terms,
    *,
    ask: bool = False,
) -> list[str]:
    """Open an assessment with its whole panel; the names of the people are sealed.

    Args:
        ask: refuse, if one of the same area and guide, opened this year, is not signed off yet.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: the guide is not published, or there is no area or no panel.
    """
    opened = published(guide, log.folder)
    stream = assessment_stream(assessment)

    def decide(tx: Transaction) -> list[str]:
        if tx.read(stream) is not None:
            raise Refused(f"An assessment with the id {assessment} is open already.")
        if ask:
            _refuse_a_second(log, area, opened.guide.id, stamp.at)
        members = [added(tx, stream, person) for person in alike(panel)]
        days = proclaimed_in(log.folder) or terms.policy.proclaimed
        policy = terms.policy.model_copy(update={"proclaimed": days})
        counted = terms.model_copy(update={"policy": policy})
        facts = assessments.open_assessment(area, opened.guide, opened.digest, counted, members)
        tx.decide(stream, *facts)
        return list(panel_warnings(opened.guide, members, terms.rule))

    return log.record(stamp, decide).value or []


def alike(panel: Sequence[Member]) -> Iterator[Member]:
    """The people, with every agency spelled as it is spelled first."""
    known: list[str] = []
    for person in panel:
        known.append(as_spelled(person.agency, known))
        yield replace(person, agency=known[-1])


def _refuse_a_second(log: Log, area: str, guide: str, at: datetime) -> None:
    """Refuse to open what would hide one that runs: what is done next would go to the newest."""
    for known, opened_at, opened in log.assessments():
        same = opened.area.casefold() == area.strip().casefold() and opened.guide == guide
        if same and opened_at.year == at.year and log.assessment(known).signed_off is None:
            day = calendar.say_day(calendar.local_day(opened_at, opened.policy.zone))
            raise Refused(
                f"{opened.area} under {guide} is open already, since {day}, and not signed off: "
                f"{known}. Go on with that one, or open a second one again on purpose.",
                Way("assessment list", "see which are open"),
                field="again",
            )


def added(tx: Transaction, stream: Stream, person: Member) -> StakeholderAdded:
    """A member of the panel as a fact: personal text sealed, the agency as it is spelled there."""
    state = tx.read(stream)
    known = [member.agency for member in state.panel.values()] if state else []
    return StakeholderAdded(
        stakeholder=person.id,
        agency=as_spelled(person.agency, known),
        works_as=person.works_as,
        items=person.items,
        reached_by="slack" if person.slack else "web",
        name=tx.seal(person.name, stream, person.id),
        slack=tx.seal(person.slack, stream, person.id) if person.slack else None,
        language=person.language,
        zone=person.zone,
        hours=person.hours,
        backup=_backup(tx, stream, person),
        peer_of=person.peer_of,
    )


def _backup(tx: Transaction, stream: Stream, person: Member) -> StandIn | None:
    """The stand-in who is told of this person's silence, sealed under the person's own key."""
    backup = person.backup
    if backup is None:
        return None
    slack = tx.seal(backup.slack, stream, person.id) if backup.slack else None
    return StandIn(kind=backup.kind, name=tx.seal(backup.name, stream, person.id), slack=slack)
