"""What each run measured, a JSON line each in one file, so that a later run shows what became slower."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypedDict

from ehsg_events import __version__

FILE = Path("benchmark-runs.jsonl")  # in the folder that it is run from
MORE = 1.2  # times as much as the median of earlier runs is worth a look
BETTER_WHEN_MORE = ("/s", "a transaction")  # how figures end that are no cost
Figures = Mapping[str, float]


class Run(TypedDict):
    """One line: what was measured, when, by which version, and how busy the machine was."""

    benchmark: str
    at: str
    version: str
    processors: int
    load_before: float
    load_after: float
    figures: Figures


class Slower(NamedTuple):
    """A figure, and how many times what it was before."""

    figure: str
    times: float
    runs: int


def load() -> float:
    """How many processes were at work in the last minute, on average."""
    return os.getloadavg()[0]


def run_of(benchmark: str, figures: Figures, load_before: float) -> Run:
    """A run that has just ended."""
    return Run(
        benchmark=benchmark,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        processors=os.cpu_count() or 1,
        load_before=round(load_before, 2),
        load_after=round(load(), 2),
        figures={name: round(value, 4) for name, value in figures.items()},
    )


def kept(run: Run, file: Path = FILE) -> Sequence[Run]:
    """Add a run to the file; the earlier ones of the same benchmark."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    earlier = [one for one in map(json.loads, lines) if one["benchmark"] == run["benchmark"]]
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(run) + "\n")
    return earlier


def slower(figures: Figures, earlier: Sequence[Run]) -> Iterator[Slower]:
    """The figures that are worse by a fifth or more than the median of earlier runs."""
    for name, value in figures.items():
        before = [run["figures"][name] for run in earlier if run["figures"].get(name, 0) > 0]
        if not before or value <= 0:
            continue
        times = value / median(before)
        if name.endswith(BETTER_WHEN_MORE):
            times = 1 / times
        if times >= MORE:
            yield Slower(name, times, len(before))
