"""Who takes over what was handed on: somebody new on the panel, or somebody who is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from uuid import UUID

from ehsg_events.commands.assessments import added
from ehsg_events.commands.sitting import sit_down
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.email_address import read_email
from ehsg_events.panel.member import (
    PSEUDONYM,
    Member,
    in_ids,
    is_ours,
    refuse_unless_in_slack,
    tells_the_name,
)
from ehsg_events.states.assessment import Assessment, member_of
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream


def colleague(
    log: Log,
    assessment: UUID,
    stakeholder: str,
    name: str,
    slack: str | None = None,
    works_as: str = "",
    agency: str = "",
    pseudonym: str = "",
    email: str | None = None,
) -> Member:
    """Somebody new who may take over; what is left out is copied from the person who hands on."""
    state = log.assessment(assessment)
    first = member_of(state, stakeholder)
    agency = agency or first.agency
    return Member(
        id=pseudonym or free_pseudonym(state, agency),
        name=name.strip(),
        agency=agency,
        works_as=works_as or first.works_as,
        items=(),
        slack=slack,
        language=first.language,
        peer_of=first.peer_of,
        email=read_email(email) if email else None,
    )


def free_pseudonym(state: Assessment, agency: str) -> str:
    """The agency's next pseudonym."""
    numbered = (f"{in_ids(agency)}-{number}" for number in count(1))
    return next(pseudonym for pseudonym in numbered if pseudonym not in state.panel)


def taker(
    tx: Transaction,
    round: Round | None,
    assessment: UUID,
    stakeholder: str,
    to: Member | str,
    items: tuple[str, ...],
) -> str:
    """Check that a colleague can take items over, and add them to the panel if they are new.

    Args:
        round: the open round, none when they take over in the next.

    Returns:
        The colleague's pseudonym.
    """
    state, stream = tx.assessment(assessment), assessment_stream(assessment)
    if isinstance(to, Member):
        refuse_unless_new(tx.log, state, to)
        tx.decide(stream, added(tx, stream, replace(to, items=items)))
        return to.id
    member_of(state, to)
    if to == stakeholder:
        raise Refused(f"{to} cannot take over from themselves. Name somebody else.")
    if to in state.released:
        raise Refused(f"{to} was released, and is asked nothing more. Name somebody else.")
    if state.panel[to].peer_of != state.panel[stakeholder].peer_of:
        raise Refused(f"Peers answer for peers, the panel for the panel. {to} cannot take it over.")
    if round is not None and to in round.invited:
        _refuse_unless_free(tx, assessment, to, items)
    return to


def _refuse_unless_free(tx: Transaction, assessment: UUID, to: str, items: Sequence[str]) -> None:
    """Refuse a colleague who has finished the round, or who is asked all of these items already."""
    _, sitting, interview = sit_down(tx, assessment, to, tx.stamp.at)
    if interview.completed or interview.withdrawn:
        state = "has withdrawn" if interview.withdrawn else "has finished this round"
        raise Refused(f"{to} {state}, so nothing more is asked of them. Name somebody else.")
    if set(items) <= set(sitting.items):
        raise Refused(f"{to} is asked about {', '.join(items)} already. Name somebody else.")


def refuse_unless_new(log: Log, state: Assessment, member: Member) -> None:
    """Refuse a new member who breaks a rule of the panel file."""
    if not member.name:
        raise Refused(
            "Say who takes over, such as Jane Smith. The name is kept sealed.", field="name"
        )
    if member.slack:
        refuse_unless_in_slack(member.slack)
    if not PSEUDONYM.fullmatch(member.id) or is_ours(member.id):
        raise Refused(f"{member.id} cannot be an id. Give another, such as police-7.", field="id")
    if _names_somebody(member):
        raise Refused(
            f"{member.id} holds a part of the name. Give a pseudonym, such as police-7.", field="id"
        )
    if member.id in state.forgotten:
        raise Refused(
            f"{member.id} was forgotten, and is nobody any more. Give another id.", field="id"
        )
    for person, known in state.panel.items():
        same = member.slack and log.text(known.slack) == member.slack
        if (person == member.id or same) and not _comes_back(log, state, member):
            raise Refused(_there(person, state))


def _comes_back(log: Log, state: Assessment, member: Member) -> bool:
    """Whether a released person is added again, with the same id and the same name."""
    return member.id in state.released and log.text(state.panel[member.id].name) == member.name


def _there(person: str, state: Assessment) -> str:
    if person in state.released:
        return (
            f"That is {person}, who was released. Add them again by the same id and name, or "
            f"somebody else by another id."
        )
    return (
        f"That is {person}, who is on the panel already. Name them by that id to hand over to them."
    )


def _names_somebody(member: Member) -> bool:
    """Whether an id contains a part of a name: as a whole word, or anywhere after the agency."""
    behind = member.id.removeprefix(in_ids(member.agency))
    names = f"{member.name} {member.backup.name if member.backup else ''}"
    return any(tells_the_name(part, names) for part in (member.id.split("-"), behind))
