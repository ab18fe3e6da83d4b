"""`ehsg answers`: a copy of one person's own answers, for that person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import put_for_its_owner
from bots.cli.printing import tell


def answers(
    context: typer.Context,
    who: Annotated[str, typer.Option("--as", help="A stakeholder's id, as `ehsg panel` lists it.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    kind: Annotated[
        str | None,
        typer.Option("--format", help="html, md, docx or pdf, if FILE ends in none."),
    ] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a copy of what somebody has said in closed rounds, for themselves and nobody else."""
    from bots.interview.own_copy import own_copy
    from projections.documents.formats import DOCUMENTS, format_of, written

    form = format_of(out, kind, tuple(DOCUMENTS))
    run = run_of(context)
    at = run.stamp("ehsg answers").at
    document = own_copy(run.log, run.assessment(which), who, at, for_others=True)
    put_for_its_owner(written(document, form), out)
    tell(f"Written: {out}", {"answers": str(out), "format": form}, as_json=as_json)


COMMANDS = {
    "answers": Command(answers, "ehsg answers --as police-1 --out my-answers.pdf"),
}
