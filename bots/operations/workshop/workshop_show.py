"""The votes are shown, without names."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.workshop_status import put_last, workshop_of
from bots.phrases.workshop import AS_THEY_STAND, votes_shown
from ehsg_events.commands import workshop


class Shown(Form):
    """Which votes to show, and whether even though some are missing."""

    item: Annotated[
        str | None, Asked("Such as 6.4; what was put last if none.", example="6.4", first=True)
    ] = None
    without_the_rest: Annotated[bool, Asked("Though not all in the room have voted.")] = False


def do(doing: Doing, form: Shown) -> Done:
    """Show them once all are in; from then on they stand."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    item = form.item or put_last(log.situation(assessment))
    workshop.show_votes(log, stamp, assessment, item, without_the_rest=form.without_the_rest)
    situation = log.situation(assessment)
    shown = workshop_of(situation).room.over[item]
    says = f"{votes_shown(situation.guide, shown)}\n{AS_THEY_STAND}"
    return Done(says, shown.model_dump(mode="json"))


OPERATION = Operation(
    "workshop show",
    "Show the votes once all are in: how many chose each level, without names.",
    Shown,
    do,
)
