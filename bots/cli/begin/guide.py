"""`ehsg guide`: the published questionnaires."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.begin import guide_file
from bots.cli.begin.annexes import annexes
from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import print_json
from bots.guide_files.shown import shown
from ehsg_events.log.published_guides import published
from guides import library


def list_guides(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List every published guide with its size and digest."""
    run = run_of(context)
    guides = [published(name, run.folder) for name in library.names(run.folder)]
    if as_json:
        print_json(
            [
                {
                    "guide": entry.guide.id,
                    "title": entry.guide.title,
                    "year": entry.guide.year,
                    "descriptors": len(entry.guide.descriptors),
                    "questions": len(entry.guide.items) - len(entry.guide.descriptors),
                    "digest": entry.digest,
                }
                for entry in guides
            ]
        )
        return
    for entry in guides:
        guide = entry.guide
        print(f"{guide.id}  {guide.title} ({guide.year}), {len(guide.descriptors)} descriptors")
        print(f"  digest {entry.digest}")


def show_guide(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="GUIDE", help="Such as ehsg-2022@1.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show a guide: every section, item and level, its source and its licence."""
    guide, digest = published(name, run_of(context).folder)
    if as_json:
        print_json({"guide": guide.id, "digest": digest, **guide.model_dump(mode="json")})
        return
    print("\n".join((*shown(guide, digest), *annexes(guide))))


COMMANDS = {
    "guide list": Command(list_guides, "ehsg guide list"),
    "guide show": Command(show_guide, "ehsg guide show ehsg-2022@1"),
    "guide new": Command(guide_file.new, "ehsg guide new family-hubs"),
    "guide check": Command(guide_file.check_file, "ehsg guide check family-hubs.yaml"),
    "guide diff": Command(guide_file.diff, "ehsg guide diff ehsg-2020@1 ehsg-2022@1"),
    "guide publish": Command(
        guide_file.publish, "ehsg --data northvale guide publish family-hubs.yaml"
    ),
    "guide export": Command(guide_file.export, "ehsg guide export ehsg-2022@1 --xlsx guide.xlsx"),
    "guide import": Command(
        guide_file.import_guide, "ehsg guide import guide.xlsx --out guide.yaml"
    ),
    "guide preview": Command(
        guide_file.preview, "ehsg guide preview ehsg-2022@1 --section workforce"
    ),
}
