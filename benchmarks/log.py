"""A million facts: how long it takes to read them all, to show any moment, and to see a new one.

Every job is done in a fresh process, on a log that is in the disk's cache. For a job that is done
more than once the median is given.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Row, alone, typed
from benchmarks.facts import Written, write
from benchmarks.runs import Figures
from benchmarks.seeing import seen

SEEN = 60  # answers that are looked for on a page
MILLION = 1_000_000
FLOOR = 2.5  # seconds that SQLite, JSON and the columns of a million facts need on two processors
ITEM = "5.1"


class Line(NamedTuple):
    """One line of the table: what it took here, the aim, and what it takes another way."""

    what: str
    here: float
    unit: str
    aim: float | None = None
    instead: str = ""
    takes: float | None = None


class Ground(NamedTuple):
    """The log that is measured on, and the options."""

    folder: Path
    written: Written
    options: argparse.Namespace


def main(words: Sequence[str] = ()) -> Figures:
    """Write a log, measure, and print a table."""
    options = _options(words)
    with _place(options.folder) as place:
        ground = Ground(place / "log", write(place / "log", options.facts), options)
        lines = [*_rebuilt(ground), *_as_of(ground), *_why(ground)]
        lines += [*_seen(ground), *_saved(ground)]
        if options.ten:
            lines += _ten(ground, place / "ten", lines[0].here)
    _show(ground, lines)
    return {f"{line.what} {line.unit}": line.here for line in _named(lines)}


def _named(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the table, each by its whole name; none that only compares in another way."""
    heading = ""
    for line in lines:
        if line.what.startswith("  "):
            yield line._replace(what=f"{heading},{line.what[1:]}")
        elif line.what:
            heading = line.what.partition(":")[0]
            yield line


def _options(words: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benchmarks log", description=main.__doc__)
    reader.add_argument("--facts", type=int, default=MILLION, help="about how many")
    reader.add_argument("--folder", type=Path, help="where the log is written and stays, or stands")
    reader.add_argument("--times", type=int, default=3, help="how often a whole log is read")
    reader.add_argument("--looks", type=int, default=100, help="and how often one thing in it")
    reader.add_argument("--idiom", type=int, default=3000, help="facts for the library's own way")
    reader.add_argument("--ten", action="store_true", help="a log ten times as long as well")
    return reader.parse_args(words)


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


# -- all of it -------------------------------------------------------------------------------------
def _rebuilt(ground: Ground) -> Iterator[Line]:
    """The whole log becomes a table, beside the library's own way and the least one can do."""
    facts, job = ground.written.facts, "benchmarks.reading"
    with tempfile.TemporaryDirectory() as out:
        idiom = alone(job, "idiom", ground.folder, out, ground.options.idiom)
    one_by_one = idiom["seconds"] / idiom["many"] * facts
    bytes_read = _median(ground, lambda: alone(job, "bytes", ground.folder))
    touched = _median(ground, lambda: alone(job, "touch", ground.folder))
    rebuilt = _median(ground, lambda: _rebuild(ground.folder))
    aim = 3 * FLOOR * facts / MILLION
    instead = f"the library's projection, from {idiom['many']:,.0f}"
    yield Line("a full rebuild", rebuilt["seconds"], "s", aim, instead, one_by_one)
    yield Line(
        "", rebuilt["seconds"], "s", None, "the file's bytes are read", bytes_read["seconds"]
    )
    yield Line("", rebuilt["seconds"], "s", None, "SQLite reads each fact", touched["seconds"])
    yield Line(
        "  its work", rebuilt["CPU s"], "CPU s", None, "SQLite reads each fact", touched["CPU s"]
    )
    yield Line("  its memory", rebuilt["MB"], "MB", None, "the library's projection", idiom["MB"])


def _rebuild(folder: Path) -> Row:
    return _ehsg(folder, "rebuild")


def _ehsg(folder: Path, *words: object) -> Row:
    return typed(sys.executable, "-m", "bots.cli", "--data", folder, *words)


def _ten(ground: Ground, folder: Path, once: float) -> Iterator[Line]:
    """Ten times as many facts: does it take ten times as long?"""
    written = write(folder, 10 * ground.options.facts)
    rebuilt = _median(ground, lambda: _rebuild(folder))
    line = once * written.facts / ground.written.facts
    yield Line(
        f"a full rebuild of {written.facts:,}",
        rebuilt["seconds"],
        "s",
        None,
        "a straight line",
        line,
    )
    yield Line("  its memory", rebuilt["MB"], "MB")


# -- any of it -------------------------------------------------------------------------------------
def _as_of(ground: Ground) -> Iterator[Line]:
    """The board of an assessment as of facts anywhere on the log."""
    job, looks = "benchmarks.looking", ground.options.looks
    anew = alone(job, "anew", ground.folder, max(2, looks // 20))["p50 ms"]
    for what, name in (("who is missing", "missing"), ("where they stand", "stand")):
        shown = alone(job, name, ground.folder, looks)
        p50, p95 = shown["p50 ms"], shown["p95 ms"]
        yield Line(
            f"{what}, as of any fact: p50", p50, "ms", 50, "the log is read up to there", anew
        )
        yield Line("  p95", p95, "ms")


def _why(ground: Ground) -> Iterator[Line]:
    """`ehsg why` as it is typed, beside a command that reads no log."""
    words = ("why", ITEM, "--assessment", ground.written.assessments[-1])
    here = _median(ground, lambda: _ehsg(ground.folder, *words))
    bare = _median(ground, lambda: _ehsg(ground.folder, "guide", "list"))
    name = "ehsg guide list"
    yield Line("ehsg why, typed", here["seconds"], "s", 0.7, name, bare["seconds"])
    yield Line("  its memory", here["MB"], "MB", 100, name, bare["MB"])


# -- more of it ------------------------------------------------------------------------------------
def _seen(ground: Ground) -> Iterator[Line]:
    """From a commit until a page that another process serves has changed."""
    told, there = seen(ground.folder, min(ground.options.looks, SEEN))
    for half, aim in (("p50", 8), ("p99", 20)):
        name = f"commit to changed page: {half}"
        yield Line(name, there[f"{half} ms"], "ms", aim, "the page is told", told[f"{half} ms"])


def _saved(ground: Ground) -> Iterator[Line]:
    """Answers while the log is rebuilt, again and again, beside answers while it is not."""
    idle, over = _answered(ground), threading.Event()

    def rebuild() -> None:
        while not over.is_set():
            _rebuild(ground.folder)

    with ThreadPoolExecutor(1) as beside:
        rebuilding = beside.submit(rebuild)
        try:
            busy = _answered(ground)
        finally:
            over.set()
        rebuilding.result()
    for half, aim in (("p50", None), ("p99", 20)):
        there = idle[f"{half} ms"]
        here = busy[f"{half} ms"]
        yield Line(f"an answer during a rebuild: {half}", here, "ms", aim, "idle", there)


def _answered(ground: Ground) -> Row:
    """How long answers take, five milliseconds apart, for a tenth of a second for each look."""
    seconds = ground.options.looks / 10
    return alone("benchmarks.answering", "clicks", ground.folder, seconds, 0.005)


# -- the table -------------------------------------------------------------------------------------
def _median(ground: Ground, job: Callable[[], Row]) -> Row:
    rows = [job() for _ in range(ground.options.times)]
    return {name: median(row[name] for row in rows) for name in rows[0]}


def _show(ground: Ground, lines: Sequence[Line]) -> None:
    written = ground.written
    table = Table(title=f"{written.facts:,} facts, {len(written.assessments)} assessments")
    for name in ("", "here", "aim", "instead", "takes", "ratio"):
        table.add_column(name, justify="left" if name in ("", "instead") else "right")
    for line in lines:
        ratio = "" if line.takes is None else _figure(line.takes / line.here)
        aim = "" if line.aim is None else _figure(line.aim, line.unit)
        takes = "" if line.takes is None else _figure(line.takes, line.unit)
        table.add_row(line.what, _figure(line.here, line.unit), aim, line.instead, takes, ratio)
    console = Console(width=130)
    console.print(table)
    console.print("The ratio is of what it takes instead to what it takes here.")


def _figure(value: float, unit: str = "") -> str:
    digits = 0 if value >= 100 else 2 if value >= 0.1 else 4
    return f"{value:,.{digits}f} {unit}".strip()
