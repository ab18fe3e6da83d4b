"""The time of keeping is over: what the policy says is done."""

from __future__ import annotations

from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.dates import calendar
from ehsg_events.rights import retention
from ehsg_events.rights.forgetting import Traces

HELD = (
    "Another program is reading the log, so that what was deleted may stand in its write-ahead log "
    "for a while."
)


def do(doing: Doing, _: Nothing) -> Done:
    """Forget everybody whom the policy names, at once."""
    due, left = retention.apply(doing.log, doing.stamp, doing.assessment)
    assert due.until is not None, "it is over"
    says = (
        f"{len(due.people)} people are forgotten: names and words were kept until "
        f"{calendar.say_day(due.until)}. {due.texts} sealed texts and {len(due.people)} keys were "
        f"destroyed; scores, agencies and every fact of the log stand."
    )
    notes = [*_left(left)]
    document = {
        "kept_until": due.until.isoformat(),
        "then": due.then,
        "people": list(due.people),
        "texts": due.texts,
        "complete": not notes,
        "found_in": list(left.found_in),
    }
    return Done(says, document, notes)


def _left(left: Traces) -> list[str]:
    """What could still be found, as notes."""
    if left.held:
        return [HELD]
    return [f"Pieces still stand in {', '.join(left.found_in)}."] if left.found_in else []


OPERATION = Operation(
    "retention apply",
    "Destroy names and words whose time of keeping is over, as the policy says.",
    Nothing,
    do,
)
