"""`ehsg evidence`: what was said as evidence in closed rounds, and the files that came with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.desk import AsJson, AsOf, Which, print_json, put, tell
from bots.cli.show import view_of

if TYPE_CHECKING:
    from projections.beside import Noted

kept = typer.Typer(help="List evidence, take out its files.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(kept, name="evidence")


@kept.command("list")
def list_evidence(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(help="Such as 5.1; all if none.")] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List what was written in closed rounds, with kind, source, day and file."""
    from projections.beside import noted

    found = noted(view_of(context, which, as_of), item)
    if as_json:
        print_json([row.model_dump(mode="json") for row in found])
        return
    print("\n".join(map(_line, found)) or "Nothing was written in a closed round.")


def _line(row: Noted) -> str:
    from bots.cli.tables import evidence_words
    from projections.visible import visible

    words = visible(row.words or "The words were forgotten.")
    return f"{row.item}  {row.stakeholder}: “{words}”\n  {visible(evidence_words(row.evidence))}"


@kept.command("file")
def take_out(
    context: typer.Context,
    digest: Annotated[str, typer.Argument(help="The file's SHA-256, or its beginning.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take a file out that was handed in as evidence; its digest is checked."""
    from projections.beside import file_of

    content = file_of(view_of(context, which, None), digest)
    put(content, out)
    document = {"file": str(out), "size": len(content)}
    tell(f"Written: {out} ({len(content)} bytes)", document, as_json=as_json)
