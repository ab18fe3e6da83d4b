"""`ehsg pack`: everything an assessment rests on in one file, for an auditor to check elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.files import put_for_its_owner
from bots.cli.printing import tell
from bots.cli.reading import note_reading
from ehsg_events.ledger.envelopes import enclosing
from ehsg_events.ledger.sequencer import caught_up

if TYPE_CHECKING:
    from projections.facts.view import View
    from projections.pack.pack import Pack


def pack(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the audit pack: facts, words, guide, rule, figures and checksums; no names of people."""
    from projections.pack.pack import pack as made

    def packed(view: View) -> Pack:
        caught_up(view.log, datetime.now(UTC))
        return made(view, enclosing(view.log))

    view = view_of(context, which, as_of)
    written = packed(view)
    if note_reading(context, view, "pack", written.whose) and as_of is None:
        written = packed(view_of(context, which, None))  # which tells who made it
    put_for_its_owner(written.content(), out)
    kept_back = "; what an open round hides is withheld" if written.withheld else ""
    tell(
        f"Written: {out} ({len(written.files)} files, {written.told} facts{kept_back})",
        {
            "pack": str(out),
            "files": list(written.files),
            "facts": written.told,
            "withheld": written.withheld,
        },
        as_json=as_json,
    )


COMMANDS = {
    "pack": Command(pack, "ehsg pack --out audit-pack.zip"),
}
