"""Opening an assessment, and what its area fills in of what the guide leaves open.

Area and guide are enough to open it; its panel and its terms may come with them, or later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from ehsg_events.commands.planning import proclaimed_in
from ehsg_events.dates import calendar
from ehsg_events.events import LetterWorded, StakeholderAdded, StandIn
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Stream, Way, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of, published
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.agency_names import as_spelled
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.states import assessment as assessments
from ehsg_events.states import filled_in, letters
from ehsg_events.states.assessment import Assessment, AssessmentFact
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.evidence import Evidence
from ehsg_events.values.filled_in import Cell
from ehsg_events.values.policy import Terms
from guides.model import Guide

if TYPE_CHECKING:
    from ehsg_events.commands.people import Opener


FIRST = f"{COORDINATOR}-1"  # no member of a panel may be called so


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
    coordinator: Opener | None = None,
) -> list[str]:
    """Open an assessment, with its panel if that is known; the names of the people are sealed.

    Args:
        ask: refuse, if one of the same area and guide, opened this year, is not signed off yet.
        coordinator: who opens it, and is named as its coordinator in the same transaction.

    Returns:
        Warnings, in sentences.

    Raises:
        Refused: the guide is not published, there is no area, or the coordinator has no name.
    """
    opens = Opening(area, guide, terms, tuple(panel), coordinator and coordinator.checked())
    return log.record(stamp, lambda tx: decide_to_open(tx, assessment, opens, ask=ask)).value or []


class Opening(NamedTuple):
    """What an assessment is opened with."""

    area: str
    guide: str
    terms: Terms
    panel: tuple[Member, ...] = ()
    coordinator: Opener | None = None  # as it was checked


def decide_to_open(
    tx: Transaction, assessment: UUID, opens: Opening, *, ask: bool = False
) -> list[str]:
    """Decide to open an assessment; result and refusals are those of `open_assessment`."""
    log, stream = tx.log, assessment_stream(assessment)
    found, terms = published(opens.guide, log.folder), opens.terms
    if tx.read(stream) is not None:
        raise Refused(f"An assessment with the id {assessment} is open already.")
    if ask:
        _refuse_a_second(log, opens.area, found.guide.id, tx.stamp.at)
    members = added_all(tx, stream, opens.panel)
    days = proclaimed_in(log.folder) or terms.policy.proclaimed
    policy = terms.policy.model_copy(update={"proclaimed": days})
    counted = terms.model_copy(update={"policy": policy})
    tx.decide(
        stream,
        *assessments.open_assessment(opens.area, found.guide, found.digest, counted, members),
    )
    if opens.coordinator is not None:
        tx.decide(stream, opens.coordinator.named(tx, stream, FIRST))
    return list(panel_warnings(found.guide, members, terms.rule))


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


def added_all(tx: Transaction, stream: Stream, people: Sequence[Member]) -> list[StakeholderAdded]:
    """Several members of a panel as facts, their keys made together."""
    tx.log.vault.prepare(stream.assessment, [person.id for person in people])
    return [added(tx, stream, person) for person in alike(people)]


def added(tx: Transaction, stream: Stream, person: Member) -> StakeholderAdded:
    """A member of the panel as a fact: personal text sealed, the agency as it is spelled there."""
    state = tx.read(stream)
    known = [member.agency for member in state.panel.values()] if state else []
    return StakeholderAdded(
        stakeholder=person.id,
        agency=as_spelled(person.agency, known),
        works_as=person.works_as,
        items=person.items,
        reached_by=person.reached_by,
        name=tx.seal(person.name, stream, person.id),
        slack=tx.seal(person.slack, stream, person.id) if person.slack else None,
        language=person.language,
        zone=person.zone,
        hours=person.hours,
        backup=_backup(tx, stream, person),
        peer_of=person.peer_of,
        email=tx.seal(person.email, stream, person.id) if person.email else None,
    )


def _backup(tx: Transaction, stream: Stream, person: Member) -> StandIn | None:
    """The stand-in who is told of this person's silence, sealed under the person's own key."""
    return stand_in(tx, stream, person.id, person.backup) if person.backup else None


def stand_in(tx: Transaction, stream: Stream, person: str, backup: StandsBy) -> StandIn:
    """A stand-in as they stand on the log, sealed under the key of whom they stand in for."""

    def sealed(text: str | None) -> Words | None:
        return tx.seal(text, stream, person) if text else None

    return StandIn(
        kind=backup.kind,
        name=tx.seal(backup.name, stream, person),
        slack=sealed(backup.slack),
        email=sealed(backup.email),
    )


# -- what the area fills in ----------------------------------------------------------------------
Seal = Callable[[str | bytes], Words]
TypedRow = Mapping[str, str | float]  # what stands in a row, by the column's id


def explain_term(log: Log, stamp: Stamp, assessment: UUID, term: str, meaning: str) -> None:
    """Say what one of the guide's local terms means in the area; the newest meaning stands.

    Raises:
        Refused: the guide has no such term, or nothing was said.
    """
    _fill_in(
        log,
        stamp,
        assessment,
        lambda state, guide, seal: filled_in.explain(
            state, guide, term, seal(_something(meaning, "means"))
        ),
    )


def word_letters(
    log: Log, stamp: Stamp, assessment: UUID, worded: Sequence[LetterWorded]
) -> list[LetterWorded]:
    """Say in the area's own words what letters say; the newest words of each stand.

    Returns:
        What changed.

    Raises:
        Refused: a word in them tells who somebody is.
    """
    stream = assessment_stream(assessment)

    def decide(tx: Transaction) -> None:
        tx.decide(stream, *letters.new(tx.assessment(assessment).letters, worded))

    return log.record(stamp, decide).every(LetterWorded)


def fill_table(
    log: Log, stamp: Stamp, assessment: UUID, table: str, rows: Sequence[TypedRow]
) -> None:
    """Fill one of the guide's local tables in, instead of what stood there.

    Raises:
        Refused: the guide has no such table.
    """

    def decided(state: Assessment, guide: Guide, seal: Seal) -> tuple[AssessmentFact, ...]:
        kept = [tuple(_cell(column, value, seal) for column, value in row.items()) for row in rows]
        return filled_in.fill(state, guide, table, kept)

    _fill_in(log, stamp, assessment, decided)


def attach_evidence(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    asked_as: str | None,
    words: str,
    enclose: Callable[[Seal], Evidence | None],
) -> int:
    """Attach evidence to the assessment as a whole, and return its number.

    Args:
        asked_as: what the guide asks for, by its id; none for something else.
        enclose: seals what comes with the words: a file, a source, a day.

    Raises:
        Refused: the guide asks for no such evidence, or the file is not taken.
    """

    def decided(state: Assessment, guide: Guide, seal: Seal) -> tuple[AssessmentFact, ...]:
        kept = seal(_something(words, "words"))
        return filled_in.attach(state, guide, asked_as, kept, enclose(seal))

    _fill_in(log, stamp, assessment, decided)
    return log.assessment(assessment).attached_ever


def detach_evidence(log: Log, stamp: Stamp, assessment: UUID, number: int, because: str) -> None:
    """Take evidence for the whole back, with the reason.

    Raises:
        Refused: there is none of this number.
    """
    _fill_in(
        log,
        stamp,
        assessment,
        lambda state, _, seal: filled_in.detach(
            state, number, seal(_something(because, "because"))
        ),
    )


def _fill_in(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    decided: Callable[[Assessment, Guide, Seal], tuple[AssessmentFact, ...]],
) -> None:
    stream = assessment_stream(assessment)

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        facts = decided(
            state,
            guide_of(state, log.folder),
            lambda text: tx.seal(text, stream, COORDINATOR),
        )
        tx.decide(stream, *facts)

    log.record(stamp, decide)


def _cell(column: str, value: str | float, seal: Seal) -> Cell:
    if isinstance(value, str):
        return Cell(column=column, words=seal(value))
    return Cell(column=column, number=value)


def _something(typed: str, field: str) -> str:
    if not typed.strip():
        raise Refused("Say something: it is shown to people as you type it.", field=field)
    return typed.strip()
