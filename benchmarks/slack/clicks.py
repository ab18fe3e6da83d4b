"""Twenty people at once, over real HTTP with real signatures: how long Slack waits for us.

The load runs in a process of its own. It measures the time from sending a click until it is
acknowledged, which is when the answer is on disk; and the same for an app that only acknowledges.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.runs import Figures
from benchmarks.slack.serving import empty, product
from bots.slack.settings import Settings

PEOPLE = 20
CLICKS = 25  # of each person, as fast as they are acknowledged
COLUMNS = ("", "clicks", "p50 ms", "p95 ms", "p99 ms", "slowest ms", "clicks/s")
Row = dict[str, float]


class Load:
    """The other process, with a Slack workspace and its people."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running
        self.url: str = self._read()["url"]

    def does(self, what: str, port: int) -> Row:
        """Have everyone do something at once; the figures."""
        assert self._running.stdin
        self._running.stdin.write(json.dumps({"what": what, "port": port, "clicks": CLICKS}) + "\n")
        self._running.stdin.flush()
        figures: Row = self._read()
        return figures

    def _read(self) -> Any:
        assert self._running.stdout
        line = self._running.stdout.readline()
        if not line:
            raise SystemExit("The load ended before its time; its own words stand above.")
        return json.loads(line)


@contextmanager
def load() -> Iterator[Load]:
    """The load, in a process of its own until the end of the block."""
    command = [sys.executable, "-m", "benchmarks.slack.people", str(PEOPLE)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        yield Load(running)
        assert running.stdin
        running.stdin.close()


def measure(folder: Path) -> list[tuple[str, Row]]:
    """Every row of the table."""
    rows = []
    with load() as people:
        settings = Settings("http", "xoxb-loopback", "loopback-signing-secret", api_url=people.url)
        with product(folder, settings, PEOPLE) as port:
            rows.append(("each goes through an interview", people.does("interview", port)))
            rows.append(("each as fast as they can", people.does("press", port)))
        with empty(settings) as port:
            rows.append(("the same, to an empty listener", people.does("press", port)))
    return rows


def main() -> Figures:
    """Measure, and print a small table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder))
    table = Table(*COLUMNS, title=f"{PEOPLE} people at once")
    for name, row in rows:
        table.add_row(name, *(f"{value:.0f}" for value in row.values()))
    console = Console(width=100)
    console.print(table)
    ours, bare = rows[1][1]["clicks/s"], rows[2][1]["clicks/s"]
    console.print(f"Clicks a second, ours to the empty listener's: {ours / bare:.2f}")
    return {f"{name}: {what}": value for name, row in rows for what, value in row.items()}
