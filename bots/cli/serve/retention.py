"""`ehsg retention`: until when names and words are kept, in every assessment of the folder."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import print_json


def list_retention(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List until when names and words are kept, and what would be destroyed; nothing is done."""
    from ehsg_events.dates import calendar
    from ehsg_events.policy.policy_sentences import AFTERWARDS
    from ehsg_events.rights.retention import kept

    run = run_of(context)
    found = [*kept(run.log, run.stamp("ehsg retention list").at)]
    if as_json:
        document = [
            {
                "assessment": str(one.assessment),
                "area": one.area,
                "kept_until": one.until.isoformat() if one.until else None,
                "then": one.then,
                "people": len(one.people),
                "texts": one.texts,
                "over": one.is_over,
            }
            for one in found
        ]
        print_json(document)
        return
    for one in found:
        until = calendar.say_day(one.until) if one.until else "as the council's schedule says"
        when = f"kept until {until}" if one.until else f"kept {until}"
        over = " OVER:" if one.is_over and one.people else ""
        print(
            f"{str(one.assessment)[:8]}  {one.area}:{over} {when}, {AFTERWARDS[one.then]}; "
            f"{one.texts} texts of {len(one.people)} people"
        )


COMMANDS = {
    "retention list": Command(list_retention, "ehsg retention list"),
}
