"""How each descriptor left the rounds: agreed, asked again, or asked no more and why, in a sentence."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ehsg_events.events import Leaves
from ehsg_events.values.measure import Measure
from projections.facts.view import View
from projections.folded.measured import measurings
from projections.folded.rounds import closed
from projections.folded.standing import stands_now


class Leaving(NamedTuple):
    """How a descriptor left the newest closed round that asked it, by the measure of that round."""

    round: int
    because: Leaves
    says: str
    measure: Measure


def leavings(view: View) -> dict[str, Leaving]:
    """How each descriptor left, by item; none of those measured before stop rules were recorded."""
    by_item: dict[str, Leaving] = {}
    for position, number, measured in sorted(measurings(view), key=lambda one: one[:2][::-1]):
        if position <= closed(view).get(number, position):
            continue
        measures = {measure.item: measure for measure in measured.measures}
        for left in measured.left:
            known, measure = by_item.get(left.item), measures[left.item]
            if known and (known.round, known.because) == (number, left.because):
                measure = known.measure  # by which it left, before somebody withdrew
            says = say_left(left.because, measure)
            by_item[left.item] = Leaving(number, left.because, says, measure)
    return by_item


def say_left(because: Leaves, measured: Measure) -> str:
    """How a descriptor left a round, in a sentence."""
    match because:
        case "agreed":
            return _agreed(measured)
        case "asked-again":
            return f"Asked again: {_unsettled(measured)}."
        case "stable-disagreement":
            return "Asked no more: nobody changed their mind, and the panel is split."
        case "round-limit":
            return f"Asked no more: this was the last round, and {_unsettled(measured)}."
        case "nobody-left":
            return f"Asked no more: nobody is left to ask, and {_unsettled(measured)}."
        case "moderated":
            return "Asked no more: it was moderated meanwhile."
        case "withdrawal":
            return f"Set aside: somebody withdrew, and without them {_unsettled(measured)}."


def _agreed(measured: Measure) -> str:
    if measured.median is not None and measured.median != int(measured.median):
        return (
            "Asked no more: the panel agrees, but its middle score lies between two levels, so "
            "moderation chooses one."
        )
    return "Asked no more: the panel agrees."


def _unsettled(measured: Measure) -> str:
    match measured.verdict:
        case "too_few" | "no_quorum":
            return "not enough people have answered"
        case "agreed" | "agreed_with_minority":
            return (
                "the panel agrees, but too many changed their score for it to count yet, or that it "
                "agrees could tell what somebody said"
            )
    return "the panel does not agree"


def given_late(view: View) -> dict[str, int]:
    """How many people's standing scores were given after the round was reopened, by item."""
    late = (row.item for row in stands_now(view) if row.late and row.score is not None)
    return Counter(late)


def say_late(number: int) -> str:
    """That scores were given by people who may have known how the round had ended."""
    were = "1 of these scores was" if number == 1 else f"{number} of these scores were"
    return f"{were} given after the round was reopened."
