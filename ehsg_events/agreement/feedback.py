"""What a feedback round shows of a descriptor: what `disclosure` lets be told of it, and no more. Pure."""

from __future__ import annotations

import hashlib

from ehsg_events.agreement.disclosure import LEAST_AGENCIES, LEAST_SCORES
from ehsg_events.events import Left, RoundMeasured
from ehsg_events.values.exposure import Figures
from ehsg_events.values.measure import Measure, Tells


def figures_shown(measured: RoundMeasured, after: int) -> dict[str, Figures]:
    """The figures that the round after a number shows of the descriptors it asks again, by item."""
    left = {leaving.item: leaving for leaving in measured.left}
    shown = {m.item: figures_of(m, tells(m, left.get(m.item)), after) for m in measured.measures}
    return {item: figures for item, figures in shown.items() if figures}


def quotable(measured: RoundMeasured) -> frozenset[str]:
    """The descriptors of which some may be quoted without a name: enough people have scored them."""
    return frozenset(measure.item for measure in measured.measures if _are_enough(measure))


def _are_enough(measure: Measure) -> bool:
    return measure.n >= LEAST_SCORES and measure.agencies >= LEAST_AGENCIES


def tells(measure: Measure, left: Left | None) -> Tells:
    """What is shown of a measure; before that was decided at the close, five people were counted."""
    if left is not None and left.tells is not None:
        return left.tells
    return "counts" if _are_enough(measure) else "none"


def was_counted(measured: RoundMeasured, measure: Measure) -> bool:
    """Whether a feedback round showed counts of a measure without looking who could be told by them."""
    left = next((one for one in measured.left if one.item == measure.item), None)
    again = left.because == "asked-again" if left else measure.item in measured.unsettled
    decided = left is not None and left.tells is not None
    return again and not decided and tells(measure, left) == "counts"


def figures_of(measure: Measure, told: Tells, after: int) -> Figures | None:
    """The figures of a measure, as far as they may be told; none where nothing may be.

    Args:
        after: the round that was measured.
    """
    counts = measure.counts if told == "counts" else ()
    seen = counts or (told, measure.n, measure.median)
    digest = hashlib.sha256(f"{after}|{measure.item}|{seen}".encode()).hexdigest()
    figures = Figures(after, counts, measure.agencies, digest, measure.n, measure.median, told)
    return None if told == "none" else figures
