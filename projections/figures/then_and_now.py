"""Why figures, an outcome and how a descriptor left a round may differ: each is of another moment.

Figures are those of now, without whoever has withdrawn; a round was left, and an outcome adopted, on
the figures of its close. Where the two are not the same it is said which is which, so that nothing
reads "agreed" beside "no agreement".
"""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.events import Leaves
from ehsg_events.values.measure import Measure
from projections.figures.stop_rules import Leaving
from projections.folded.consensus import Consensus

SINCE = "The figures are newer: since then other people count."
ADOPTED_BEFORE = "The outcome was adopted on earlier figures: since then other people count."
BETWEEN = ", with its middle score between two levels"


def says_then_or_now(left: Leaving, stands: Consensus | None) -> str:
    """How a descriptor left the rounds: as if it were now where its figures are the same still."""
    if stands is None or _is_same(left.measure, stands):
        return left.says
    return f"When round {left.round} was measured, {_then(left.because, left.measure)}. {SINCE}"


def _is_same(then: Measure, now: Consensus) -> bool:
    return (then.verdict, then.median) == (now.verdict, now.median)


def adopted_before(adopted: int | None, stands: Consensus | None) -> Iterator[str]:
    """That an outcome rests on figures that are no longer these.

    Args:
        adopted: the score that the rule adopted and that stands; none where there is no such.
    """
    if adopted is None or stands is None:
        return
    if stands.verdict not in AGREED or stands.median != adopted:
        yield ADOPTED_BEFORE


def _then(because: Leaves, measured: Measure) -> str:
    match because:
        case "agreed":
            middle = measured.median
            return f"the panel agreed{BETWEEN if middle and middle % 1 else ''}"
        case "asked-again":
            return f"{_unsettled(measured)}, so it was to be asked again"
        case "stable-disagreement":
            return "nobody had changed their mind, and the panel was split"
        case "round-limit":
            return f"it was the last round, and {_unsettled(measured)}"
        case "nobody-left":
            return f"nobody was left to ask, and {_unsettled(measured)}"
        case "moderated":
            return "it had been moderated"
        case "withdrawal":
            return f"it was set aside, since without somebody who withdrew {_unsettled(measured)}"


def _unsettled(measured: Measure) -> str:
    match measured.verdict:
        case "too_few" | "no_quorum":
            return "not enough people had answered"
        case "agreed" | "agreed_with_minority":
            return (
                "the panel agreed, but too many had changed their score for it to count, or that it "
                "agreed could have told what somebody said"
            )
    return "the panel did not agree"
