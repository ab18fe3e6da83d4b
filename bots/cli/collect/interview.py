"""`ehsg interview`: the interview at the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bots import phrases, terminal
from bots.cli.command import Command
from bots.cli.context import Which, run_of
from ehsg_events.kernel import Refused, Stamp

Who = Annotated[str, typer.Option("--as", help="A stakeholder's id, as `ehsg panel` lists it.")]


def interview(
    context: typer.Context,
    who: Who,
    script: Annotated[
        Path | None, typer.Option(help="A file of lines to say, instead of the keyboard.")
    ] = None,
    which: Which = None,
) -> None:
    """Be interviewed on the terminal; everything said is recorded at once."""
    run = run_of(context)
    assessment = run.assessment(which)

    def stamp(cause: str) -> Stamp:
        return run.stamp(cause, by=who, role="stakeholder", surface="terminal")

    lines = _script(script) if script else keyboard()
    last = terminal.interview(run.log, stamp, assessment, who, lines, say)
    if last.kind in ("done", "paused"):
        say(phrases.RUN_AGAIN)


def say(text: str) -> None:
    """Print what the talk says, between blank lines."""
    print(f"\n{text}\n", flush=True)


def keyboard() -> Iterator[str]:
    """Lines from the keyboard, until end of input."""
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            yield input(prompt)
        except EOFError:
            return


def _script(file: Path) -> Iterator[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{file} cannot be read as text. --script takes a file of lines.") from None
    for line in lines:
        print(f"> {line}")
        yield line


COMMANDS = {
    "interview": Command(interview, "ehsg interview --as police-1"),
}
