"""`ehsg submission`: what an area handed in, given back, and how it was read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.files import put
from bots.cli.printing import print_json, tell
from ehsg_events.kernel import Refused

NOTHING_BESIDE = "Nothing is kept that was read as no answer."
Area = Annotated[str, typer.Option("--area", help="The area that handed it in.")]


Year = Annotated[int, typer.Option("--year", help="The year it was handed in for.")]


def export_file(
    context: typer.Context,
    area: Area,
    year: Year,
    kind: Annotated[
        str | None, typer.Option("--format", help="Such as text or pdf, if FILE ends in none.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Give back what an area handed in: an imported form, or a signed-off assessment.

    As DOCX it is the area's own form filled in, if the area handed one in as DOCX before.
    """
    from bots.forms.writing.written import FORMATS, ON_SCREEN, write_form
    from ehsg_events.commands.submissions import template
    from projections.documents.formats import format_of
    from projections.submissions.handed_in import document, handed_in

    log = run_of(context).log
    submission = handed_in(log, area, year)
    whole = document(log, submission).model_dump(mode="json")
    if as_json and out is None:
        print_json(whole)
        return
    named = "json" if as_json else kind
    form = format_of(out, named, FORMATS) if out else named or "text"
    if out is None and form not in ON_SCREEN:
        raise Refused(f"As {form} it needs a file: add --out FILE.{form}.")
    own = template(log, area, submission.guide.id) if form == "docx" else None
    content = write_form(whole, submission.guide, form, own)
    if out is None:
        sys.stdout.write(content.decode())
        return
    put(content, out)
    says = f"Written: {out}" + (", the area's own form filled in." if own else "")
    tell(says, {"submission": str(out), "format": form}, as_json=False)


def show_import(context: typer.Context, area: Area, year: Year, *, as_json: AsJson = False) -> None:
    """Show how a form was brought in, and what in it was read as no answer."""
    from ehsg_events.commands.submissions import stands

    log = run_of(context).log
    state = stands(log, area, year)
    imported = state.imported
    beside = log.text(imported.left_out)
    lines = beside.split("\n") if beside else []
    document = {
        "area": imported.area,
        "year": imported.year,
        "guide": imported.guide,
        "version": state.version,
        "layout": imported.layout,
        "taken_anyway": imported.anyway,
        "own_form_kept": imported.template is not None,
        "no_answers": lines,
    }
    if as_json:
        print_json(document)
        return
    says = [
        f"{imported.area} {imported.year}, version {state.version}: a form of {imported.guide}.",
        *["It was taken though not everything in it could be read."] * imported.anyway,
        *["The document itself is kept: as DOCX, later forms are filled into it."]
        * (imported.template is not None),
        "",
        f"{len(lines)} lines were read as no answers:" if lines else NOTHING_BESIDE,
        *lines,
    ]
    sys.stdout.write("\n".join(says) + "\n")


COMMANDS = {
    "submission show": Command(show_import, "ehsg submission show --area Northvale --year 2022"),
    "submission export": Command(
        export_file, "ehsg submission export --area Northvale --year 2022 --out form.docx"
    ),
}
