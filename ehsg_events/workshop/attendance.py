"""A workshop's room: what is to be voted on in it, and who is there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ehsg_events.events import AttendanceRecorded, RoundOpened, StakeholderInvited, VoteOpened
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
        items: what may be put to the vote; everything that has no outcome when none are named.

    Raises:
        Refused: a round is open, an item cannot be voted on, or nothing is left to vote on.
    """
    known = _to_vote_on(situation)
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


def _to_vote_on(situation: Situation) -> list[str]:
    """The descriptors that the panel is asked about and that no outcome stands for."""
    panel = situation.assessment.panel.values()
    asked = {item for one in panel if one.peer_of is None for item in one.items}
    return [i for i in situation.guide.descriptors if i in asked and _score(situation, i) is None]


def _score(situation: Situation, item: str) -> int | None:
    return situation.outcomes.get(item, Outcome()).score


def attend(situation: Situation, present: Sequence[str], at: datetime) -> tuple[RoundFact, ...]:
    """Record who is in the room now; who is new is invited, and asked what is put to the vote.

    Raises:
        Refused: no workshop is open, or somebody cannot be in its room.
    """
    one = workshop_of(situation, at)
    here = tuple(dict.fromkeys(present))
    for person in here:
        _refuse_unless_may_vote(situation, person)
    if here == one.room.present:
        return ()
    panel = situation.assessment.panel
    new = [p for p in here if p not in one.invited or p in one.released]
    late = tuple(
        p for p in here if one.room.open_vote and one.room.open_vote not in one.invited.get(p, ())
    )
    asked = (
        VoteOpened(item=one.room.open_vote, put_to=late) if one.room.open_vote and late else None
    )
    invited: list[StakeholderInvited] = [
        invitation(p, one.invited.get(p, ()), panel[p]) for p in new
    ]
    return (AttendanceRecorded(present=here), *invited, *([asked] if asked else []))


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


def in_the_room(situation: Situation, one: Round) -> tuple[str, ...]:
    """Those who are present and have not withdrawn since, nor been released."""
    gone = withdrawn(situation) | one.released
    return tuple(person for person in one.room.present if person not in gone)


def workshop_of(situation: Situation, at: datetime) -> Round:
    """The workshop that is open.

    Raises:
        Refused: there is none.
    """
    one = situation.newest
    if one is None or one.kind != "workshop":
        raise Refused("No workshop is open.", Way("workshop open", "open one"))
    refuse_if_over(one, at)
    return one
