"""Those whose interview is unfinished are reminded now."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import nudge
from ehsg_events.reminders import unreached


class Nudging(Form):
    """Whom to remind, if not everybody."""

    agency: Annotated[str | None, Asked("Only people of this agency.", example="Police")] = None
    person: Annotated[list[str] | None, Asked("Only this person, by id; may be said again.")] = None


def do(doing: Doing, form: Nudging) -> Done:
    """Remind them under the same rules as the clock; list who was not reminded, with the rule."""
    agency = _agency(doing, form.agency) if form.agency else None
    nudged = nudge.nudge(doing.log, doing.stamp, doing.assessment, form.person or (), agency)
    situation = doing.log.situation(doing.assessment)
    document = {"reminded": list(nudged.reminded), "withheld": dict(nudged.withheld)}
    notes = unreached.of_a_reminder(situation, nudged.reminded)
    return Done("\n".join(nudged.sentences()), document, notes)


def _agency(doing: Doing, typed: str) -> str:
    """An agency as the panel writes it, however it was typed."""
    panel = doing.log.assessment(doing.assessment).panel.values()
    known = {member.agency.casefold(): member.agency for member in panel}
    return known.get(typed.casefold(), typed)


OPERATION = Operation(
    "nudge",
    "Remind now those whose interview is unfinished; say who was not reminded, and why.",
    Nudging,
    do,
    surfaces=("command", "slack"),
)
