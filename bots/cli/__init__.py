"""The command `ehsg`: the one place that wires everything together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.contents import Commands
from bots.cli.desk import Desk
from ehsg_events.kernel import Refused

app = typer.Typer(
    name="ehsg",
    cls=Commands,
    help="Find out honestly how good early help for families is, and prove how you know.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def choose_folder(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(help="The data folder of your area.", envvar="EHSG_DATA", show_envvar=True),
    ] = None,
) -> None:
    """Find out honestly how good early help for families is, and prove how you know."""
    named = context.get_parameter_source("data")
    context.obj = Desk(data, named is not None and named.name == "ENVIRONMENT")
    context.call_on_close(context.obj.close)


def _refuse_unless_text(words: list[str]) -> None:
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            shown = word.encode(errors="replace").decode()
            raise Refused(f"{shown} is not text in UTF-8. Type it again, or set your locale.")


def main() -> None:
    """Run the command line: 0 is done, 2 is a refusal with its sentence on stderr."""
    try:
        _refuse_unless_text(sys.argv)
        app()
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as mistake:  # as DuckDB says it when Ctrl-C stops a query
        if str(mistake) != "Query interrupted":
            raise
        sys.exit(130)
