"""`ehsg link`: personal links to the web interview, for those whom Slack does not reach."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.desk import AsJson, Desk, Which, desk_of, print_json, put_for_its_owner, tell, warn
from bots.web.settings import read_settings
from ehsg_events.commands import links
from ehsg_events.kernel import Refused
from projections.tables.csv import harmless

COLUMNS = ("stakeholder", "name", "agency", "link")
Row = Mapping[str, str]


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("link")(link)


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
    desk = desk_of(context)
    if stakeholder is None:
        _tell_all(_issued(desk, which, None), out, as_json=as_json)
    elif revoke:
        links.revoke(desk.log, desk.stamp("ehsg link"), desk.assessment(which), stakeholder)
        told = {"stakeholder": stakeholder, "revoked": True}
        tell(f"The link of {stakeholder} opens nothing any more.", told, as_json=as_json)
    else:
        row = _issued(desk, which, stakeholder)[0]
        tell(row["link"], dict(row), as_json=as_json)


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


def _issued(desk: Desk, which: str | None, stakeholder: str | None) -> list[Row]:
    """New links, of one person or of everybody still asked, with whom to send each to."""
    settings, name, stamp = (
        read_settings(os.environ),
        desk.assessment(which),
        desk.stamp("ehsg link"),
    )
    people = [stakeholder] if stakeholder else links.still_asked(desk.log, name)
    tokens = links.issue_all(desk.log, stamp, name, people)
    panel = desk.log.assessment(name).panel
    return [
        {
            "stakeholder": person,
            "name": desk.log.text(panel[person].name) or "forgotten",
            "agency": panel[person].agency,
            "link": settings.link(token),
        }
        for person, token in tokens.items()
    ]


def _tell_all(rows: Sequence[Row], out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        # who reads this file can answer for everybody in it
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
