"""`ehsg retention`: until when names and words are kept, in every assessment of the folder."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import print_json


def list_retention(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List until when names and words are kept, and what would be destroyed; nothing is done."""
    from bots.phrases.pages import retention as phrases
    from ehsg_events.rights.retention import kept
    from ehsg_events.rights.retention_hold import standing

    run = run_of(context)
    found = [*kept(run.log, run.stamp("ehsg retention list").at)]
    stands = {one.assessment: standing(run.log, one.assessment) for one in found}
    if as_json:
        document = [
            {
                "assessment": str(one.assessment),
                "area": one.area,
                "kept_until": one.until.isoformat() if one.until else None,
                "then": one.then,
                "people": len(one.people),
                "over": one.is_over,
                "destroyed_from": announced.destroyed_from.isoformat() if announced else None,
                "held": held,
            }
            for one in found
            for announced, held in (stands[one.assessment],)
        ]
        print_json(document)
        return
    for one in found:
        announced, held = stands[one.assessment]
        says = phrases.kept(one, announced, held=bool(held))
        print(f"{str(one.assessment)[:8]}  {one.area}: {says}")


COMMANDS = {
    "retention list": Command(list_retention, "ehsg retention list"),
}
