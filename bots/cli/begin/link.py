"""`ehsg link`: personal links to the web interview, for those whom Slack does not reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import written_beside
from bots.cli.operations import carry_out, show
from bots.cli.printing import print_json, tell, warn
from bots.operations.operation import Done
from bots.operations.registry import OPERATIONS
from ehsg_events.kernel import Refused
from projections.tables.csv import harmless

COLUMNS = ("stakeholder", "name", "agency", "link")


Row = Mapping[str, str]


def link(
    context: typer.Context,
    stakeholder: Annotated[str | None, typer.Argument(help="By id or by name.")] = None,
    out: Annotated[Path | None, typer.Option(help="A CSV file for a mail merge.")] = None,
    which: Which = None,
    *,
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody still asked whom no message reaches.")
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help="A new one: the earlier link opens nothing then.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace it, though they may hold the earlier one.")
    ] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="Take the link back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say somebody's personal link to the web interview, the same in every round."""
    _refuse_unless_clear(stakeholder, out, everybody=everybody, revoke=revoke, new=new)
    run = run_of(context)
    if revoke:
        done = carry_out(run, OPERATIONS["link revoke"], which, {"stakeholder": stakeholder})
        show(done, as_json=as_json)
        return
    given = {"stakeholder": stakeholder, "new": new, "yes": yes}
    with written_beside(out) if out else nullcontext() as write:
        done = carry_out(run, OPERATIONS["link"], which, given)
        if write is not None:
            # whoever reads this file can answer for everybody in it
            write(as_csv(done.document).encode("utf-8-sig"))
    _tell(done, stakeholder, out, as_json=as_json)


def _refuse_unless_clear(
    stakeholder: str | None, out: Path | None, *, everybody: bool, revoke: bool, new: bool
) -> None:
    if (stakeholder is None) != everybody:
        raise Refused(
            "Whose link? Say `ehsg link STAKEHOLDER`, or `ehsg link --all` for everybody."
        )
    if everybody and (revoke or new):
        raise Refused(
            "Links are taken back and replaced one by one: `ehsg link --revoke STAKEHOLDER`, "
            "`ehsg link --new STAKEHOLDER`."
        )
    if out is not None and not everybody:
        raise Refused("--out is for the list of everybody's links: `ehsg link --all --out FILE`.")


def _tell(done: Done, stakeholder: str | None, out: Path | None, *, as_json: bool) -> None:
    rows: Sequence[Row] = done.document
    warn(done.notes)
    if out is not None:
        warn([f"{len(rows)} links are in {out}. Each opens one person's interview: guard it."])
    if stakeholder is not None:
        tell(rows[0]["link"], rows[0], as_json=as_json)
    elif as_json:
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
