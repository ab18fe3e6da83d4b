"""How an outcome came about, and where one that was settled by hand stands against the panel."""

from __future__ import annotations

from typing import Literal

from ehsg_events.states.outcome import differs
from projections.figures.names import how_settled

Against = Literal["higher", "lower", "near", "untold"]
NOT_TOLD = "whether that is higher or lower than the panel stood is not told"


def against(outcome: int, median: float | None) -> Against:
    """Where a score that was settled by hand stands against the panel's middle score.

    Args:
        median: none where it may not be compared with.
    """
    if median is None:
        return "untold"
    if not differs(outcome, median):
        return "near"
    return "higher" if outcome > median else "lower"


def how(*, moderated: bool, where: Against | None, median: str | None) -> str:
    """How an outcome came about, in words.

    Args:
        where: where it stands against the panel, if it was settled by hand.
        median: the panel's middle score, where it is shown.
    """
    settled = how_settled(moderated=moderated)
    if where == "untold":
        return f"{settled}; {NOT_TOLD}"
    if where not in ("higher", "lower"):
        return settled
    middle = "" if median is None else f" of {median}"
    return f"{settled}, {where} than the panel's middle score{middle}"
