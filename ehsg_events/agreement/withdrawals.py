"""What a withdrawal after a close changes: the figures, and what was adopted by them. Pure.

A person may withdraw until the sign-off. The closed rounds are then measured anew without them, and
what the rule adopted but would not adopt now is set aside, for the coordinator to look at again.
What was settled in moderation stands: it never rested on the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.agreement.measuring import Next, due_after, measures
from ehsg_events.events import Leaves, Left, OutcomeSetAside, RoundMeasured
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, own_rounds, withdrawn
from ehsg_events.values.measure import Measure

ROUND = "round "  # before its number: the target of facts about an earlier round


def measured_anew(situation: Situation, at: datetime) -> Next:
    """What is set aside without who withdrew, and each round whose figures differ then.

    While a round is open its people look at the figures of the one before, which stay as they are.
    """
    if situation.assessment.signed_off is not None:
        return {}
    anew: Next = {}
    for round in own_rounds(situation.rounds):
        for target, facts in _round_anew(situation, round, at):
            anew[target] = facts
    return anew


def _round_anew(
    situation: Situation, round: Round, at: datetime
) -> Iterator[tuple[str, tuple[RoundMeasured | OutcomeSetAside, ...]]]:
    before, gone = round.measured, withdrawn(situation)
    if before is None or gone <= set(before.without):
        return
    again = measures(situation, round.number, [measure.item for measure in before.measures])
    if tuple(again) == before.measures:
        return
    lost = [m.item for m in again if _is_lost(situation, round.number, m)]
    for item in lost:
        aside = OutcomeSetAside(after_round=round.number, set_aside_for="withdrawal")
        yield item, (aside,)
    if not situation.rounds[-1].closed:
        return  # people are looking at these figures: a change would tell what was withdrawn
    moved = {m.item for m in again} - {m.item for m in again if m in before.measures}
    left = tuple(_leaving(leaving, lost, moved) for leaving in before.left)
    dues = due_after(situation.assessment.policy, at) if lost and before.then != "feedback" else {}
    fields = {
        "measures": tuple(again),
        "settled": tuple(item for item in before.settled if item not in lost),
        "unsettled": tuple(m.item for m in again if m.item in {*before.unsettled, *lost}),
        "left": left,
        "without": tuple(sorted(gone)),
        **dues,
    }
    yield f"{ROUND}{round.number}", (before.model_copy(update=fields),)


def _is_lost(situation: Situation, number: int, measure: Measure) -> bool:
    """Whether the rule adopted an outcome after this round that it would not adopt now."""
    stands = situation.outcomes.get(measure.item, Outcome())
    adopted = stands.adopted_after == number and not stands.moderated
    return adopted and not (measure.verdict in AGREED and measure.median == stands.score)


def _leaving(leaving: Left, lost: Collection[str], moved: Collection[str]) -> Left:
    """How a descriptor leaves the round now, with nothing of figures that would tell who withdrew.

    One that was set aside is not asked again: that it is would tell how they had answered.
    """
    because: Leaves = "withdrawal" if leaving.item in lost else leaving.because
    tells = "none" if leaving.item in moved else leaving.tells
    return Left(item=leaving.item, because=because, tells=tells)
