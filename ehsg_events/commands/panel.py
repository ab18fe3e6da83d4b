"""Who joins the panel while it goes on, who leaves it, and what is known of people is corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ehsg_events.commands.assessments import added, stand_in
from ehsg_events.commands.colleague import refuse_unless_new
from ehsg_events.commands.outcomes import reason
from ehsg_events.events import (
    HoursCorrected,
    InvitationEnded,
    StakeholderAdded,
    StakeholderCorrected,
    StakeholderInvited,
    StakeholderReleased,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Stream, Surface
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.agency_names import as_spelled, folded
from ehsg_events.panel.email_address import read_email
from ehsg_events.panel.member import Member, StandsBy, refuse_unless_in_slack
from ehsg_events.rounds.lifecycle import invitation
from ehsg_events.states.assessment import Assessment, member_of, refuse_if_signed_off
from ehsg_events.states.contacts import FIELDS
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream, round_stream
from ehsg_events.values.hours import Hours
from ehsg_events.workshop.peer_review import is_asked_in


def join(log: Log, stamp: Stamp, assessment: UUID, person: Member) -> bool:
    """Add somebody to the panel, and invite them to the open round if it asks any of their items.

    Returns:
        Whether they were invited at once.

    Raises:
        Refused: they are on the panel already, or the assessment is signed off.
    """

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        refuse_if_signed_off(state)
        refuse_unless_new(log, state, person)
        member = added(tx, stream, person)
        tx.decide(stream, member)
        invite(tx, assessment, [member])

    return bool(log.record(stamp, decide).every(StakeholderInvited))


def invite(tx: Transaction, assessment: UUID, newcomers: Sequence[StakeholderAdded]) -> None:
    """Invite people who join to the open round, those of whom it asks any of their items."""
    open_round = next(_open(tx, assessment), None)
    if open_round is None or open_round.deadline <= tx.stamp.at:
        return
    for member in newcomers:
        asks = open_round.items if is_asked_in(open_round.kind, member) else ()
        items = tuple(item for item in member.items if item in asks)
        if items:
            asked = invitation(member.stakeholder, items, member)
            tx.decide(round_stream(assessment, open_round.number), asked)


def release(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, because: str) -> None:
    """Ask a person nothing more, with the reason: they left, or moved on. What they said stands.

    Raises:
        Refused: nobody has this pseudonym, or they were released already.
    """

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        refuse_if_signed_off(state)
        member_of(state, stakeholder)
        if stakeholder in state.released:
            raise Refused(f"{stakeholder} was released already, and is asked nothing.")
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, StakeholderReleased(released=stakeholder, because=words))
        for round in _open(tx, assessment):
            if stakeholder in round.invited:
                tx.decide(
                    round_stream(assessment, round.number), InvitationEnded(ended_for=stakeholder)
                )

    log.record(stamp, decide)


def _open(tx: Transaction, assessment: UUID) -> Iterator[Round]:
    """The open round, if there is one."""
    return (round for round in tx.rounds(assessment) if not round.closed)


# -- corrections: the same person before and after, asked once and counted once ------------------
NO_ADDRESS = "none"  # typed for an address that is nobody's any more
NOT_THERE = "They have no address for {by}, so they cannot be written to there. Give one with it."


@dataclass(frozen=True)
class Correction:
    """What is so instead; what is none stays as it was. Names and addresses are personal.

    `by` is the surface they chose to be written to on, `slack` or `mail`.
    """

    name: str | None = None
    slack: str | None = None
    agency: str | None = None
    language: str | None = None
    zone: str | None = None
    hours: Hours | None = None
    email: str | None = None
    by: str | None = None
    backup: StandsBy | None = None


def correct(
    log: Log, stamp: Stamp, assessment: UUID, person: str, correction: Correction
) -> StakeholderCorrected:
    """Correct what is known of a person; the round that is open goes by it at once.

    Raises:
        Refused: nobody has this pseudonym, nothing would change, somebody else has the Slack id, or
            an agency is changed that figures rest on.
    """

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        member, stream = member_of(state, person), assessment_stream(assessment)
        spelled = correction.agency and as_spelled(correction.agency, _agencies(state))
        so = replace(correction, agency=spelled)
        _refuse_unless_free(tx, state, person, so.slack)
        if so.email and so.email != NO_ADDRESS:
            so = replace(so, email=read_email(so.email))
        _refuse_if_measured(tx, assessment, member, so.agency)
        fact = _changed(tx, assessment, member, so)
        if not fact.model_fields_set - {"corrected"}:
            raise Refused(f"{person} is known like that already, so there is nothing to correct.")
        tx.decide(stream, fact)
        _in_the_open_round(tx, assessment, fact, member)

    (corrected,) = log.record(stamp, decide).every(StakeholderCorrected)
    return corrected


def rename_agency(
    log: Log, stamp: Stamp, assessment: UUID, agency: str, renamed: str
) -> tuple[str, ...]:
    """Rename an agency: everybody of it is of the new name.

    Returns:
        The people of the agency.

    Raises:
        Refused: nobody is of it, or figures rest on two agencies that would become one.
    """

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        refuse_if_signed_off(state)
        known = _agencies(state)
        of_it = [one for one in known if one == agency] or [
            one for one in known if folded(one) == folded(agency)
        ]
        if not of_it:
            raise Refused(
                f"Nobody is of {agency}. Agencies are: {', '.join(known)}.", field="agency"
            )
        others = [one for one in known if one not in of_it]
        to = as_spelled(renamed, others)
        if not to or to in of_it:
            raise Refused("Say what the agency is called instead.", field="to")
        if to in others and _is_measured(tx, assessment):
            raise Refused(
                f"A round was measured with {agency} and {to} as two agencies, and its "
                f"figures stand. They cannot become one now.",
                field="to",
            )
        facts = (
            StakeholderCorrected(corrected=who, agency=to)
            for who, member in state.panel.items()
            if member.agency in of_it
        )
        tx.decide(assessment_stream(assessment), *facts)

    return tuple(f.corrected for f in log.record(stamp, decide).every(StakeholderCorrected))


def _agencies(state: Assessment) -> list[str]:
    """The panel's agencies, each once, as they are spelled."""
    return list(dict.fromkeys(member.agency for member in state.panel.values()))


def _changed(
    tx: Transaction, assessment: UUID, member: StakeholderAdded, correction: Correction
) -> StakeholderCorrected:
    """The fact, with what differs from what was known and nothing else."""
    stream, person = assessment_stream(assessment), member.stakeholder
    given: dict[str, object] = {
        field: value
        for field in ("agency", "language", "zone", "hours")
        if (value := getattr(correction, field)) is not None and value != getattr(member, field)
    }
    if correction.name and correction.name.strip() != tx.text(member.name):
        given["name"] = tx.seal(correction.name.strip(), stream, person)
    if correction.backup:
        given["backup"] = stand_in(tx, stream, person, correction.backup)
    given |= _addresses(tx, stream, member, correction)
    return StakeholderCorrected.model_validate({"corrected": person, **given})


def _addresses(
    tx: Transaction, stream: Stream, member: StakeholderAdded, correction: Correction
) -> dict[str, object]:
    """Where somebody is written to now: on the surface they chose or gave last, else on the other."""
    typed: dict[Surface, str | None] = {"slack": correction.slack, "mail": correction.email}
    before: dict[Surface, str | None] = {
        "slack": tx.text(member.slack) if member.slack else None,
        "mail": tx.text(member.email) if member.email else None,
    }
    gone = [s for s, text in typed.items() if text == NO_ADDRESS and before[s]]
    new = {s: text for s, text in typed.items() if text not in (None, NO_ADDRESS, before[s])}
    known = [s for s in before if s in new or (before[s] and s not in gone)]
    if correction.by and correction.by not in known:
        raise Refused(NOT_THERE.format(by=correction.by), field="by")
    joins_slack = "slack" if "slack" in new else None
    wanted = (correction.by, joins_slack, member.reached_by, *known)
    by = next((surface for surface in wanted if surface in known), "web")
    given: dict[str, object] = {
        FIELDS[s]: tx.seal(str(text), stream, member.stakeholder) for s, text in new.items()
    }
    moved = {"reached_by": by} if by != member.reached_by or by in new else {}
    return given | ({"left": tuple(gone)} if gone else {}) | moved


def _in_the_open_round(
    tx: Transaction, assessment: UUID, fact: StakeholderCorrected, before: StakeholderAdded
) -> None:
    """Let the open round remind somebody in the hours that are theirs."""
    if fact.zone is None and fact.hours is None:
        return
    zone, hours = fact.zone or before.zone, fact.hours or before.hours
    for round in tx.rounds(assessment):
        if not round.closed and fact.corrected in round.invited:
            theirs = HoursCorrected(corrected=fact.corrected, zone=zone, hours=hours)
            tx.decide(round_stream(assessment, round.number), theirs)


def _refuse_unless_free(tx: Transaction, state: Assessment, person: str, slack: str | None) -> None:
    """Refuse what is no Slack id, or is somebody else's."""
    if not slack or slack == NO_ADDRESS:
        return
    refuse_unless_in_slack(slack)
    for other, member in state.panel.items():
        if other != person and tx.text(member.slack) == slack:
            raise Refused(
                f"That Slack id is {other}'s. Correct theirs first, if it is wrong.", field="slack"
            )


def _refuse_if_measured(
    tx: Transaction, assessment: UUID, member: StakeholderAdded, agency: str | None
) -> None:
    """Refuse to move somebody between agencies once figures by agency rest on where they are."""
    if agency is None or agency == member.agency:
        return
    refuse_if_signed_off(tx.assessment(assessment))
    if _is_measured(tx, assessment):
        raise Refused(
            f"A round was measured with {member.stakeholder} as {member.agency}, and its figures "
            f"stand. A whole agency can still be given another name.",
            field="agency",
        )


def _is_measured(tx: Transaction, assessment: UUID) -> bool:
    return any(round.measured is not None for round in tx.rounds(assessment))
