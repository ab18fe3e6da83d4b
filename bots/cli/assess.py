"""`ehsg assessment`: open one with its panel and its rules, list them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from bots.cli.desk import AsJson, desk_of, tell, text_of, warn
from ehsg_events.commands import assessments
from ehsg_events.log.published_guides import published
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.policy.rules_file import read_rules, usual
from guides import library

group = typer.Typer(help="Open an assessment, list them.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(group, name="assessment")


@group.command("open")
def open_assessment(
    context: typer.Context,
    guide: Annotated[str, typer.Option(help="Such as ehsg-2022@1.")],
    area: Annotated[str, typer.Option(help="The area that assesses itself.")],
    panel: Annotated[
        Path, typer.Option(help="CSV: name,agency,works_as,asked, and more if wanted.")
    ],
    rules: Annotated[Path | None, typer.Option(help="YAML: rule and policy.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Open an assessment with its panel and its rules; print its id."""
    desk = desk_of(context)
    found = published(guide, desk.folder).guide
    languages = library.languages(guide, desk.folder)
    members = read_panel(text_of(panel), found, panel.name, languages)
    terms = read_rules(text_of(rules), rules.name) if rules else usual()
    name = uuid4()
    stamp = desk.stamp("ehsg assessment open")
    warnings = assessments.open_assessment(desk.new_log(), stamp, name, area, guide, members, terms)
    warn(warnings)
    people = [{"id": member.id, "agency": member.agency} for member in members]
    document = {"assessment": str(name), "guide": guide, "panel": people, "warnings": warnings}
    tell(str(name), document, as_json=as_json)


@group.command("list")
def list_assessments(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the assessments in this folder, oldest first."""
    found = [
        {"assessment": str(name), "area": fact.area, "guide": fact.guide, "opened": at.isoformat()}
        for name, at, fact in desk_of(context).log.assessments()
    ]
    lines = (f"{row['assessment']}  {row['area']}  {row['guide']}" for row in found)
    tell("\n".join(lines), found, as_json=as_json)
