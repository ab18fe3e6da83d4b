"""What is known of somebody on the panel is corrected."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel import partners
from ehsg_events.commands import panel
from ehsg_events.commands.panel import Correction
from ehsg_events.kernel import Refused
from ehsg_events.panel.names import nearly
from ehsg_events.values.hours import read_hours, read_zone
from guides import library


class Corrected(Form):
    """Whom it is about, and what is so instead."""

    person: Annotated[str, Asked("By id or by name.", example="police-1", first=True)]
    name: Annotated[str | None, Asked("Their name; kept sealed.")] = None
    slack: Annotated[
        str | None, Asked("Team and person in Slack; none for somebody no longer in it.")
    ] = None
    agency: Annotated[str | None, Asked("The organisation they speak for.")] = None
    zone: Annotated[str | None, Asked("Where they work, such as Europe/Paris.")] = None
    works: Annotated[
        str | None, Asked("When they work: 'Tue-Thu 09:00-15:00'.", called="hours")
    ] = None
    language: Annotated[str | None, Asked("The language they are asked in.")] = None
    yes: Annotated[bool, Asked("An agency is meant as it is typed.")] = False


def do(doing: Doing, form: Corrected) -> Done:
    """Correct it; what stands open goes to where they are reached now."""
    person = doing.person(form.person)
    state = doing.log.assessment(doing.assessment)
    if form.zone:
        read_zone(form.zone)
    languages = library.languages(state.guide, doing.folder)
    if form.language and form.language not in languages:
        known = ", ".join(languages)
        raise Refused(f"It can be asked in {known}, not {form.language}.", field="language")
    near = nearly(state, form.agency) if form.agency else None
    if near and not form.yes:
        raise Refused(
            f"{form.agency} is new, and nearly {near}. Did you mean {near}?", field="agency"
        )
    correction = Correction(
        form.name,
        form.slack,
        form.agency,
        form.language,
        form.zone,
        read_hours(form.works) if form.works else None,
    )
    lacks = partners.watched(doing)
    fact = panel.correct(doing.log, doing.stamp, doing.assessment, person, correction)
    changed = sorted(fact.model_fields_set - {"corrected", "reached_by"}) or ["slack"]
    document = {"corrected": person, "changed": changed}
    notes = [*by_hand.notes(doing), *(lacks() if fact.agency else ())]
    says = f"Corrected for {doing.called(person)}: {', '.join(changed)}."
    return Done(says, document, notes)


OPERATION = Operation(
    "panel correct",
    "Correct what is known of somebody; they stay the same person, and are counted once.",
    Corrected,
    do,
)
