"""A workshop's room: what may be put to the vote in it, and who is present. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ehsg_events.events import AttendanceRecorded, RoundOpened, VoteOpened
from ehsg_events.kernel import Refused, Way
from ehsg_events.rounds.lifecycle import at_hour, invitation, refuse_unless_ahead
from ehsg_events.states.assessment import member_of
from ehsg_events.states.outcome import Outcome, see_guide
from ehsg_events.states.round import Round, RoundFact, refuse_if_over
from ehsg_events.states.situation import Situation, withdrawn


def open_workshop(
    situation: Situation, items: Sequence[str], deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open a workshop; nobody is chased in it, and nobody is asked until they are in the room.

    Args:
        items: what may be put to the vote; if empty, everything that has no outcome.

    Raises:
        Refused: a round is open, an item cannot be voted on, or nothing is left to vote on.
    """
    known = to_vote_on(situation)
    strange = [item for item in items if item not in situation.guide.descriptors]
    settled = [item for item in items if _score(situation, item) is not None]
    if strange:
        raise Refused(
            f"{situation.guide.id} has no descriptor {', '.join(strange)}, and only descriptors "
            f"are voted on.",
            see_guide(situation.guide),
            field="items",
        )
    if settled or not (items or known):
        which = f" for {', '.join(settled)}" if settled else " everywhere"
        raise Refused(
            f"An outcome stands{which} already, so a vote would change nothing. Leave out what is "
            f"settled.",
            Way("moderate", "settle it anew", {"item": settled[0]} if len(settled) == 1 else {}),
            field="items",
        )
    policy = situation.assessment.policy.model_copy(update={"reminders": (), "escalation": ()})
    chosen = tuple(item for item in situation.guide.descriptors if item in (items or known))
    until = deadline or at_hour(policy, at, 1)
    refuse_unless_ahead(until, at, policy)
    return (RoundOpened(kind="workshop", items=chosen, deadline=until, policy=policy),)


def to_vote_on(situation: Situation) -> list[str]:
    """The descriptors that the panel is asked about and that no outcome stands for."""
    panel = situation.assessment.panel.values()
    asked = {item for member in panel if member.peer_of is None for item in member.items}
    return [
        item
        for item in situation.guide.descriptors
        if item in asked and _score(situation, item) is None
    ]


def _score(situation: Situation, item: str) -> int | None:
    return situation.outcomes.get(item, Outcome()).score


def attend(situation: Situation, present: Sequence[str], at: datetime) -> tuple[RoundFact, ...]:
    """Record who is in the room; newcomers are invited, and asked what is put to the vote.

    Raises:
        Refused: no workshop is open, or somebody cannot be in its room.
    """
    workshop = workshop_of(situation, at)
    here = tuple(dict.fromkeys(present))
    for person in here:
        _refuse_unless_may_vote(situation, person)
    if here == workshop.room.present:
        return ()
    invited, vote = workshop.invited, workshop.room.open_vote
    panel = situation.assessment.panel
    new = [person for person in here if person not in invited or person in workshop.released]
    late = tuple(person for person in here if vote and vote not in invited.get(person, ()))
    asked = [VoteOpened(item=vote, put_to=late)] if vote and late else []
    invitations = (invitation(person, invited.get(person, ()), panel[person]) for person in new)
    return (AttendanceRecorded(present=here), *invitations, *asked)


def _refuse_unless_may_vote(situation: Situation, person: str) -> None:
    member = member_of(situation.assessment, person)
    if member.peer_of is not None:
        raise Refused(
            f"{person} is a peer from {member.peer_of}, and peers do not vote with the panel.",
            Way("peers open", "ask them in a round of their own"),
            field="present",
        )
    gone = "has withdrawn" if person in withdrawn(situation) else "was released"
    if person in withdrawn(situation) | situation.assessment.released:
        raise Refused(f"{person} {gone}, so they have no vote. Leave them out.", field="present")


def in_the_room(situation: Situation, workshop: Round) -> tuple[str, ...]:
    """The people present, without those who have withdrawn or were released since."""
    gone = withdrawn(situation) | workshop.released
    return tuple(person for person in workshop.room.present if person not in gone)


def workshop_of(situation: Situation, at: datetime) -> Round:
    """The workshop that is open.

    Raises:
        Refused: there is none.
    """
    newest = situation.newest
    if newest is None or newest.kind != "workshop":
        raise Refused("No workshop is open.", Way("workshop open", "open one"))
    refuse_if_over(newest, at)
    return newest
