"""Peers of a second area: asked in a round of their own, never counted with the panel. Pure."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.events import RoundKind, RoundMeasured, StakeholderAdded
from ehsg_events.kernel import Refused, Way
from ehsg_events.rounds.lifecycle import default_deadline, open_round
from ehsg_events.states.round import COORDINATORS, Round, RoundFact
from ehsg_events.states.situation import Situation, left_to_ask, own_rounds, withdrawn


def peer_review(
    situation: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Ask every peer about the items they are on the panel for.

    Raises:
        Refused: no peer is on the panel, or the panel's own rounds come first.
    """
    newest, assessment = situation.newest, situation.assessment
    if newest is None or left_to_ask(situation):
        first = "first" if newest is None else "feedback"
        raise Refused(
            f"The panel's own {first} round comes first. Ask the peers once it is closed.",
            Way("round open", "open it"),
        )
    gone = withdrawn(situation) | assessment.released
    panel = assessment.panel
    asked = {
        person: member.items
        for person, member in panel.items()
        if member.peer_of and person not in gone
    }
    if not asked:
        raise Refused(
            "No peer is on the panel. Add somebody of another area, then ask them.",
            Way("panel add", "add a peer", {"peer_of": "AREA"}),
        )
    until = deadline or default_deadline(assessment.policy, "peer-review", at)
    return open_round("peer-review", asked, until, assessment.policy, at, panel)


def is_asked_in(kind: RoundKind, member: StakeholderAdded) -> bool:
    """Whether a new member is asked at once in an open round of this kind.

    Peers are asked only in a peer review, and in a workshop only people in its room.
    """
    return kind == "peer-review" if member.peer_of else kind in ("first", "feedback")


def measured_beside(situation: Situation, closed: Round) -> RoundMeasured:
    """The measuring of a peer review: it settles nothing, and what waited before still waits."""
    before = own_rounds(situation.rounds[: closed.number])[-1].measured
    return RoundMeasured(
        rule=situation.assessment.rule.name,
        measures=(),
        settled=(),
        unsettled=(),
        then="moderation",
        moderation_due=before.moderation_due
        if before and _waits(situation, "moderation")
        else None,
        sign_off_due=before.sign_off_due if before and _waits(situation, "sign-off") else None,
    )


def _waits(situation: Situation, milestone: str) -> bool:
    """Whether coordinators were not yet reminded that something is due."""
    return all((COORDINATORS, milestone) not in round.handled for round in situation.rounds)
