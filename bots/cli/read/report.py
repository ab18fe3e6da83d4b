"""`ehsg report`: the assessment's report, in any of its formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.files import put
from bots.cli.printing import tell

if TYPE_CHECKING:
    from projections.facts.view import View


def report(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    kind: Annotated[
        str | None,
        typer.Option("--format", help="Such as html, docx or pdf, if FILE ends in none."),
    ] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the assessment's report: every descriptor in order, and how it came about."""
    from projections.documents.formats import format_of

    form = format_of(out, kind)
    write_report(view_of(context, which, as_of), form, out)
    tell(f"Written: {out}", {"report": str(out), "format": form}, as_json=as_json)


def write_report(view: View, form: str, out: Path) -> None:
    """Write a report to a file, whole or not at all."""
    from projections.documents.formats import report_as

    put(report_as(view, form), out)


COMMANDS = {
    "report": Command(report, "ehsg report --out report.html"),
}
