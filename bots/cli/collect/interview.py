"""`ehsg interview`: the interview at the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bots import phrases, terminal
from bots.cli.command import Command
from bots.cli.context import Run, Which, run_of
from bots.interview.talk import Prompt
from bots.on_behalf.dictation import Dictation
from ehsg_events.commands.links import Links
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.panel.names import coordinator_of, person_of

Who = Annotated[
    str | None, typer.Option("--as", help="For whom you type: an id, as `ehsg panel` lists it.")
]
Link = Annotated[
    str | None, typer.Option("--link", help="Your own personal link; - to paste it at a prompt.")
]

By = Annotated[str | None, typer.Option("--by", help="Which coordinator types, by id or by name.")]
Lines = Iterator[str]


def interview(
    context: typer.Context,
    who: Who = None,
    link: Link = None,
    script: Annotated[
        Path | None, typer.Option(help="A file of lines to say, instead of the keyboard.")
    ] = None,
    by: By = None,
    which: Which = None,
) -> None:
    """Type for somebody who dictates, or be interviewed with your own link; recorded at once."""
    if (who is None) == (link is None):
        raise Refused(
            "Who is interviewed? Say `--as STAKEHOLDER` to type for somebody on the telephone, or "
            "`--link -` to be interviewed yourself."
        )
    run = run_of(context)
    lines = _script(script) if script else keyboard()
    last = _own(run, link, lines) if link else _dictated(run, which, str(who), by, lines)
    if last.kind in ("done", "paused"):
        say(phrases.RUN_AGAIN)


def _dictated(run: Run, which: str | None, who: str, by: str | None, lines: Lines) -> Prompt:
    """A coordinator types what somebody says, and sees nothing of what they said before."""
    assessment = run.assessment(which)
    state = run.log.assessment(assessment)
    person, typist = person_of(state, run.log.text, who), coordinator_of(state, run.log.text, by)

    def stamp() -> Stamp:
        return run.stamp("ehsg interview", by=typist, surface="terminal")

    dictation = Dictation(run.log, stamp, assessment, person)
    return terminal.converse(dictation.begin(), dictation.hear, lines, say)


def _own(run: Run, link: str, lines: Lines) -> Prompt:
    """Whoever has the link is the person, here as on the web."""
    token = link.rstrip("/").rpartition("/")[2]
    holder = Links(run.log).whose(token, run.stamp("look").at)
    if holder is None:
        raise Refused("That link opens nothing. Ask your coordinator for the one that does.")

    def stamp(cause: str) -> Stamp:
        return run.stamp(cause, by=holder.stakeholder, role="stakeholder", surface="terminal")

    return terminal.interview(run.log, stamp, holder.assessment, holder.stakeholder, lines, say)


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
