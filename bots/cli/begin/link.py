"""`ehsg link`: personal links to the web interview, for those whom Slack does not reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import put_for_its_owner
from bots.cli.operations import carry_out, show
from bots.cli.printing import print_json, tell, warn
from bots.operations.registry import OPERATIONS
from ehsg_events.kernel import Refused
from projections.tables.csv import harmless

COLUMNS = ("stakeholder", "name", "agency", "link")


Row = Mapping[str, str]


def link(
    context: typer.Context,
    stakeholder: Annotated[str | None, typer.Argument(help="As `ehsg panel` lists them.")] = None,
    out: Annotated[Path | None, typer.Option(help="A CSV file for a mail merge.")] = None,
    which: Which = None,
    *,
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody still asked whom Slack does not reach.")
    ] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="Take the link back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Issue a personal link to the web interview; an earlier one of that person opens nothing then."""
    _refuse_unless_clear(stakeholder, out, everybody=everybody, revoke=revoke)
    run = run_of(context)
    operation = OPERATIONS["link revoke" if revoke else "link"]
    done = carry_out(run, operation, which, {"stakeholder": stakeholder} if stakeholder else {})
    if stakeholder is None:
        _tell_all(done.document, out, as_json=as_json)
    elif revoke:
        show(done, as_json=as_json)
    else:
        (row,) = done.document
        tell(row["link"], row, as_json=as_json)


def _refuse_unless_clear(
    stakeholder: str | None, out: Path | None, *, everybody: bool, revoke: bool
) -> None:
    if (stakeholder is None) != everybody:
        raise Refused(
            "Whose link? Say `ehsg link STAKEHOLDER`, or `ehsg link --all` for everybody."
        )
    if everybody and revoke:
        raise Refused("Links are taken back one by one: `ehsg link --revoke STAKEHOLDER`.")
    if out is not None and not everybody:
        raise Refused("--out is for the list of everybody's links: `ehsg link --all --out FILE`.")


def _tell_all(rows: Sequence[Row], out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        # whoever reads this file can answer for everybody in it
        put_for_its_owner(as_csv(rows).encode(), out)
        warn([f"{len(rows)} links are in {out}. Each opens one person's interview: guard it."])
    if as_json:
        print_json(rows)
    elif out is None:
        print(as_csv(rows), end="")


def as_csv(rows: Sequence[Row]) -> str:
    """A table whose cells are text in every spreadsheet, whatever they begin with."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        table.writerow([harmless(row[column]) for column in COLUMNS])
    return file.getvalue()


COMMANDS = {
    "link": Command(link, "ehsg link police-1"),
}
