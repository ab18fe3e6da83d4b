"""The command `ehsg`: the one place that wires everything together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.commands import Commands
from bots.cli.context import Run
from bots.cli.failures import failures_refused
from ehsg_events import __version__
from ehsg_events.kernel import Refused
from ehsg_events.machine.garbage import collect_seldom

WHAT_IT_IS = "Find out honestly how good early help for families is, and prove how you know."

app = typer.Typer(
    name="ehsg",
    cls=Commands,
    help=WHAT_IT_IS,
    epilog="Example: ehsg demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - so the option calls it
    if wanted:
        print(f"ehsg {__version__}")
        raise typer.Exit


@app.callback()
def choose_folder(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(help="The data folder of your area.", envvar="EHSG_DATA", show_envvar=True),
    ] = None,
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is.", is_eager=True, callback=_say_version
        ),
    ] = False,
) -> None:
    """Find out honestly how good early help for families is, and prove how you know."""
    del version  # printed by its callback
    source = context.get_parameter_source("data")
    context.obj = Run(data, source is not None and source.name == "ENVIRONMENT")
    context.call_on_close(context.obj.close)


def _refuse_unless_text(words: list[str]) -> None:
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            shown = word.encode(errors="replace").decode()
            raise Refused(f"{shown} is not text in UTF-8. Type it again, or set your locale.")


def _run() -> None:
    """Run the command; what it printed is out before it is called done."""
    try:
        app(prog_name="ehsg")
    finally:
        sys.stdout.flush()


def main() -> None:
    """Run the command line: 0 is done, 2 is a refusal with its sentences on stderr."""
    collect_seldom()
    try:
        _refuse_unless_text(sys.argv)
        with failures_refused():
            _run()
    except Refused as refusal:
        from bots.operations.typed import told

        print(told(refusal), file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as mistake:  # what DuckDB raises when Ctrl-C stops a query
        if str(mistake) != "Query interrupted":
            raise
        sys.exit(130)
