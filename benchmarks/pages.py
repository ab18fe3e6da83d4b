"""Pages of the desk, as `ehsg serve` gives them: at first, again, and after news.

Every page of the registry is opened by its coordinator over HTTP, a while after the start: by then
the server has read ahead, and made a base of a long log. Slack is set up, as it was all the time.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.area import live
from benchmarks.runs import Figures
from benchmarks.served import served, signed_in, stamp
from bots.web.desk.registry import PAGES
from ehsg_events.commands import people
from ehsg_events.log.log import Log

ASSESSMENT = UUID(int=6 << 100)
PANELS = (30, 500)
AHEAD = 75.0  # seconds until it has
SLOWEST = 8  # pages that are printed


class Page(NamedTuple):
    """What a page took, in milliseconds, and its size in KB."""

    name: str
    first: float
    again: float
    news: float
    size: float


def main() -> Figures:
    """Live an area of one round with each panel, serve it, and print what its pages take."""
    figures: dict[str, float] = {}
    for many in PANELS:
        with tempfile.TemporaryDirectory() as folder, closing(Log(Path(folder))) as log:
            live(log, ASSESSMENT, 1, many, rounds=1)
            pages = [*_opened(log)]
            _show(many, log.store.last_position(), pages)
        for what in ("first", "again", "news"):
            took = [getattr(page, what) for page in pages]
            figures[f"{many} people, the slowest page {what}, ms"] = max(took)
            figures[f"{many} people, half of the pages {what}, ms"] = statistics.median(took)
        figures[f"{many} people, the largest page, KB"] = max(page.size for page in pages)
    return figures


def _opened(log: Log) -> Iterator[Page]:
    """Every page, from the first in the registry to the last, by whoever has just signed in."""
    slack = {"SLACK_BOT_TOKEN": "xoxb-loopback"}
    with (
        served(log.folder, "--only", "web", **slack) as address,
        signed_in(log, ASSESSMENT, address) as browser,
    ):
        time.sleep(AHEAD)
        for name in PAGES:
            first, page = _timed(browser, name)
            again, _ = _timed(browser, name)
            people.name_reader(log, stamp(f"reader {name}"), ASSESSMENT, name, "board", None)
            news, _ = _timed(browser, name)
            yield Page(name, first, again, news, len(page) / 1000)


def _timed(browser: httpx.Client, name: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    page = browser.get(f"/read/{name}").content
    return (time.perf_counter() - began) * 1000, page


def _show(people: int, facts: int, pages: list[Page]) -> None:
    title = f"{people} people, one round, {facts:,} facts: the slowest of {len(pages)} pages"
    table = Table(title=title, title_justify="left")
    table.add_column("page")
    for heading in ("first, ms", "again, ms", "after news, ms", "KB"):
        table.add_column(heading, justify="right")
    for page in sorted(pages, key=lambda page: -max(page[1:4]))[:SLOWEST]:
        table.add_row(page.name, *(f"{cell:,.0f}" for cell in page[1:]))
    Console(width=100).print(table)
