"""What is known of somebody on the panel is corrected."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form, Mistakes
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel import partners
from ehsg_events.commands import panel
from ehsg_events.commands.panel import Correction
from ehsg_events.events import StakeholderAdded
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import StandsBy
from ehsg_events.panel.names import nearly
from ehsg_events.panel.stand_in_cells import stand_in_mistakes, stands_by
from ehsg_events.values.hours import read_hours, read_zone
from guides import library


class Corrected(Form):
    """Whom it is about, and what is so instead."""

    person: Annotated[str, Asked("By id or by name.", example="police-1", first=True)]
    name: Annotated[str | None, Asked("Their name; kept sealed.")] = None
    slack: Annotated[
        str | None, Asked("Team and person in Slack; none for somebody no longer in it.")
    ] = None
    email: Annotated[
        str | None, Asked("Their e-mail address; none for somebody who has none any more.")
    ] = None
    by: Annotated[
        str | None, Asked("Where they want to be written to: slack or mail.", called="written-by")
    ] = None
    agency: Annotated[str | None, Asked("The organisation they speak for.")] = None
    zone: Annotated[str | None, Asked("Where they work, such as Europe/Paris.")] = None
    works: Annotated[
        str | None, Asked("When they work: 'Tue-Thu 09:00-15:00'.", called="hours")
    ] = None
    language: Annotated[str | None, Asked("The language they are asked in.")] = None
    backup: Annotated[str | None, Asked("Who is told of silence: manager or substitute.")] = None
    backup_name: Annotated[str | None, Asked("Their name; kept sealed.")] = None
    backup_slack: Annotated[str | None, Asked("That person in Slack.")] = None
    backup_email: Annotated[str | None, Asked("That person's e-mail address.")] = None
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
        form.email,
        form.by,
        _backup(doing, state.panel[person], form),
    )
    lacks = partners.watched(doing)
    fact = panel.correct(doing.log, doing.stamp, doing.assessment, person, correction)
    changed = sorted(fact.model_fields_set - {"corrected", "reached_by", "left"})
    changed = changed or ["where they are written to"]
    document = {"corrected": person, "changed": changed}
    notes = [*by_hand.notes(doing), *(lacks() if fact.agency else ())]
    says = f"Corrected for {doing.called(person)}: {', '.join(changed)}."
    return Done(says, document, notes)


def _backup(doing: Doing, member: StakeholderAdded, form: Corrected) -> StandsBy | None:
    """The stand-in, with what was not typed as it was before; none if nothing was typed."""
    typed = {
        "backup": form.backup,
        "backup_name": form.backup_name,
        "backup_slack": form.backup_slack,
        "backup_email": form.backup_email,
    }
    if not any(typed.values()):
        return None
    before, read = member.backup, doing.log.text
    stood = {
        "backup": before.kind,
        "backup_name": read(before.name),
        "backup_slack": read(before.slack),
        "backup_email": read(before.email),
    } if before else {}  # fmt: skip
    cells = {name: typed[name] or stood.get(name) or "" for name in typed}
    if wrong := [Refused(f"{what}.", field=at) for at, what in stand_in_mistakes(cells)]:
        raise Mistakes(*wrong)
    return stands_by(cells)


OPERATION = Operation(
    "panel correct",
    "Correct what is known of somebody; they stay the same person, and are counted once.",
    Corrected,
    do,
)
