"""`ehsg answer` and `ehsg interview`: a stakeholder's words on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bots import phrases, terminal
from bots.cli.desk import AsJson, Which, desk_of, tell
from bots.interview import record
from ehsg_events.kernel import Refused, Stamp

Who = Annotated[str, typer.Option("--as", help="A stakeholder's id, as `ehsg panel` lists it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("answer")(answer)
    app.command("interview")(interview)


def answer(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Such as 5.1.")],
    value: Annotated[str, typer.Argument(help="A level, dont-know, not-my-area or skip.")],
    who: Who,
    comment: Annotated[str | None, typer.Option(help="Words, kept sealed.")] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Answer one item for a stakeholder, or change the answer."""
    desk = desk_of(context)
    name = desk.assessment(which)
    stamp = desk.stamp("ehsg answer", by=who, role="stakeholder")
    record.answer(desk.log, stamp, name, who, item, value, comment)
    tell(f"Recorded: {item} {value}.", {"item": item, "value": value}, as_json=as_json)


def interview(
    context: typer.Context,
    who: Who,
    script: Annotated[
        Path | None, typer.Option(help="A file of lines to say, instead of the keyboard.")
    ] = None,
    which: Which = None,
) -> None:
    """Be interviewed on the terminal; everything said is recorded at once."""
    desk = desk_of(context)
    name = desk.assessment(which)

    def stamp(cause: str) -> Stamp:
        return desk.stamp(cause, by=who, role="stakeholder", surface="terminal")

    lines = _script(script) if script else keyboard()
    last = terminal.interview(desk.log, stamp, name, who, lines, say)
    if last.kind in ("done", "paused"):
        say(phrases.RUN_AGAIN)


def say(text: str) -> None:
    """Print what the talk says, with air around it."""
    print(f"\n{text}\n", flush=True)


def keyboard() -> Iterator[str]:
    """Lines from the keyboard, until its end."""
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
