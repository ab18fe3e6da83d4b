"""`ehsg submission export`: what an area handed in, given back."""

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
    """Give back what an area handed in: an imported form, or a signed-off assessment."""
    from bots.forms.writing.written import FORMATS, ON_SCREEN, write_form
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
    content = write_form(whole, submission.guide, form)
    if out is None:
        sys.stdout.write(content.decode())
        return
    put(content, out)
    tell(f"Written: {out}", {"submission": str(out), "format": form}, as_json=False)


COMMANDS = {
    "submission export": Command(
        export_file, "ehsg submission export --area Northvale --year 2022 --out form.docx"
    ),
}
