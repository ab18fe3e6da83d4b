"""`ehsg rebuild`: a long log read into a file, so that every question is answered quickly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import tell


def rebuild(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Read the whole log anew, so that questions about a long one are answered quickly."""
    from projections.facts.long.rebuild import rebuild as rebuild_base

    log = run_of(context).log
    facts, began = log.store.last_position(), time.monotonic()
    with _bar(2 * facts) as advance:
        base = rebuild_base(log, advance)
    seconds = round(time.monotonic() - began, 1)
    sentence = (
        f"Rebuilt from {base.position} facts in {seconds} seconds: {base.path}. "
        f"It can be deleted at any time; nothing is lost with it."
    )
    document = {"position": base.position, "seconds": seconds, "file": str(base.path)}
    tell(sentence, document, as_json=as_json)


@contextmanager
def _bar(steps: int) -> Iterator[Callable[[int], object]]:
    """A progress bar on stderr, where there is somebody to see it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading the log"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=steps)
        yield lambda done: progress.advance(task, done)


COMMANDS = {
    "rebuild": Command(rebuild, "ehsg rebuild"),
}
