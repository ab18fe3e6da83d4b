"""`ehsg submission` and `ehsg compare`: what areas handed in, read, given back and compared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.desk import AsJson, desk_of, print_json, put, tell, warn
from ehsg_events.commands import submissions as importing
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from ehsg_events.states.submission import Heading

submissions = typer.Typer(help="Bring in a published form, give it back.", no_args_is_help=True)
Area = Annotated[str, typer.Option("--area", help="The area that handed it in.")]
Year = Annotated[int, typer.Option("--year", help="The year it was handed in for.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(submissions, name="submission")
    app.command("compare")(compare_areas)


@submissions.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A form as .txt, .json or .xlsx.")],
    area: Area,
    year: Year,
    guide: Annotated[str, typer.Option(help="The guide it is a form of.")] = "ehsg-2022@1",
    *,
    as_json: AsJson = False,
) -> None:
    """Read a published form into the log, whole or not at all; blanks stay blank."""
    from bots.forms import read_form

    desk = desk_of(context)
    try:
        content = file.read_bytes()
    except OSError as mistake:
        raise Refused(f"{file} cannot be read: {mistake.strerror}.") from None
    form = read_form(file.name, content, published(guide, desk.folder).guide, area)
    stamp = desk.stamp("ehsg submission import")
    version = importing.import_submission(desk.new_log(), stamp, area, year, guide, form, content)
    unscored = [one.item for one in form.printed if one.score is None]
    warn([*form.left_out, *([f"No score: {', '.join(unscored)}."] if unscored else [])])
    said = [text for one in form.printed for texts in one.entries.values() for text in texts]
    headings = [text for text in said if isinstance(text, Heading)]
    warn([f"Taken for a heading, not for an entry: “{text}”." for text in headings])
    entries = len(said) - len(headings)
    tell(
        f"{area} {year}, version {version}: {len(form.printed)} descriptors, {entries} entries.",
        {
            "area": area,
            "year": year,
            "guide": guide,
            "version": version,
            "layout": form.layout,
            "descriptors": len(form.printed),
            "entries": entries,
            "headings": len(headings),
            "left_out": list(form.left_out),
        },
        as_json=as_json,
    )


@submissions.command("export")
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
    from bots.forms.written import FORMATS, ON_SCREEN, write_form
    from projections.documents.formats import format_of
    from projections.submissions.handed_in import document, handed_in

    log = desk_of(context).log
    found = handed_in(log, area, year)
    whole = document(log, found).model_dump(mode="json")
    if as_json and out is None:
        print_json(whole)
        return
    named = "json" if as_json else kind
    form = format_of(out, named, FORMATS) if out else named or "text"
    if out is None and form not in ON_SCREEN:
        raise Refused(f"As {form} it needs a file: add --out FILE.{form}.")
    content = write_form(whole, found.guide, form)
    if out is None:
        sys.stdout.write(content.decode())
        return
    put(content, out)
    tell(f"Written: {out}", {"submission": str(out), "format": form}, as_json=False)


def compare_areas(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="AREA")],
    other: Annotated[str, typer.Argument(metavar="AREA")],
    year: Year,
    *,
    as_json: AsJson = False,
) -> None:
    """Put two areas side by side: means, differences, minimum scores, choices."""
    from bots.cli.comparison import show_comparison
    from projections.submissions.comparison import compare

    found = compare(desk_of(context).log, one, other, year)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        show_comparison(found)
