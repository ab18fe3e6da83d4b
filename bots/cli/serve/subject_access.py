"""`ehsg subject-access`: everything that is kept about one person, for that person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import put_for_its_owner
from bots.cli.printing import tell


def subject_access(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="By id or by name.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    kind: Annotated[
        str | None,
        typer.Option("--format", help="zip (all of it), json, html, md, docx or pdf."),
    ] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write everything that is kept about somebody: facts, words, files, who read them."""
    from ehsg_events.panel.names import person_of
    from ehsg_events.rights import access
    from projections.documents.formats import format_of
    from projections.subject_access.document import FORMATS, copy_as
    from projections.subject_access.gathering import Gathering

    form = format_of(out, kind, FORMATS)
    run = run_of(context)
    assessment = run.assessment(which)
    stamp = run.stamp("ehsg subject-access", run.coordinator(assessment))
    state = run.log.assessment(assessment)
    known = {*state.coordinators, *state.readers, *state.forgotten}
    who = person if person in known else person_of(state, run.log.text, person)
    access.give(run.log, stamp, assessment, who)
    gathering = Gathering(run.log, assessment, who)
    put_for_its_owner(copy_as(form, gathering, stamp.at), out)
    look = [*gathering.elsewhere()]
    says = f"Written: {out}"
    if look:
        says += f". Words of others that may be about {who}, to be looked at: {len(look)}"
    document = {
        "copy": str(out),
        "format": form,
        "facts": sum(1 for _ in gathering.facts()),
        "to_be_looked_at": [one.position for one in look],
        "left_out": gathering.hides,
    }
    tell(says, document, as_json=as_json)


COMMANDS = {
    "subject-access": Command(subject_access, "ehsg subject-access police-1 --out copy.zip"),
}
