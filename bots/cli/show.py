"""What can be seen: `ehsg progress`, `results`, `why`, `trail` and `report`, now or as of then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.desk import AsJson, AsOf, Which, desk_of, print_json, put, tell, warn

if TYPE_CHECKING:
    from pydantic import BaseModel

    from projections.facts.view import View


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for name, command in (
        ("progress", progress),
        ("results", results),
        ("why", why),
        ("trail", trail),
        ("report", report),
    ):
        app.command(name)(command)


def view_of(context: typer.Context, which: str | None, as_of: str | None) -> View:
    """The assessment that was meant, as it stood at the moment that was meant."""
    from projections.facts.base import is_long
    from projections.facts.view import view_at

    desk = desk_of(context)
    if is_long(desk.log):
        warn(["The log is long, so this takes a while. `ehsg rebuild` makes it quick."])
    return view_at(desk.log, desk.assessment(which), as_of)


def progress(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Who was asked and who has answered, by agency and by descriptor; never what they said."""
    from bots.cli import tables
    from projections.collecting import progress as rounds

    found = rounds.progress(view_of(context, which, as_of))
    if as_json:
        print_json(_plain(found))
    else:
        tables.show_progress(found)


def results(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Every descriptor: how far the panel agrees, and the score that stands."""
    from bots.cli import tables
    from projections.results import results as queries

    found = queries.results(view_of(context, which, as_of))
    if as_json:
        print_json(_rows(found))
    else:
        tables.show_results(found)


def why(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Such as 9.5.")],
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Walk a score back to the words somebody typed, step by step."""
    from bots.cli import tables
    from projections.results import results as queries

    view = view_of(context, which, as_of)
    found = queries.why(view, item)
    if as_json:
        print_json(_plain(found))
    else:
        tables.show_why(found, view.state.policy.zone)


def trail(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Every fact in order, in words."""
    from bots.cli import tables
    from projections.results import results as queries

    view = view_of(context, which, as_of)
    found = queries.trail(view)
    if as_json:
        print_json(_rows(found))
    else:
        tables.show_steps(found, view.state.policy.zone)


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
    """Make a report and put it into a file, whole or not at all."""
    from projections.documents.formats import report_as

    put(report_as(view, form), out)


def _plain(found: BaseModel) -> Any:
    return found.model_dump(mode="json")


def _rows(found: Sequence[BaseModel]) -> list[Any]:
    return [_plain(row) for row in found]
