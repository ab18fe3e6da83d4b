"""Pages of the desk, as `ehsg serve` gives them: at first, again, and after news.

Every page of the registry is opened by its coordinator over HTTP while the whole server runs, after
it has read ahead, as it does at its start.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.area import live
from benchmarks.runs import Figures
from bots.http.listening import take_port
from bots.web.desk.registry import PAGES
from ehsg_events.commands import people, sign_in
from ehsg_events.kernel import COORDINATOR, Stamp
from ehsg_events.log.log import Log

ASSESSMENT = UUID(int=6 << 100)
PANELS = (30, 500)
AHEAD = 20.0  # seconds that it is given to read ahead
SLOWEST = 8  # pages that are printed
OWN = {"sec-fetch-site": "same-origin"}


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
    who = people.name_coordinator(log, _stamp("who"), ASSESSMENT, "Jane Quill", people.Contact())
    link = sign_in.offer(log, _stamp("link"), ASSESSMENT, who)
    with _served(log.folder) as address, httpx.Client(base_url=address, timeout=60) as browser:
        browser.headers.update(OWN)
        browser.post(f"/sign-in/{link}")
        for name in PAGES:
            first, page = _timed(browser, name)
            again, _ = _timed(browser, name)
            people.name_reader(log, _stamp(f"reader {name}"), ASSESSMENT, name, "board", None)
            news, _ = _timed(browser, name)
            yield Page(name, first, again, news, len(page) / 1000)


def _timed(browser: httpx.Client, name: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    page = browser.get(f"/read/{name}").content
    return (time.perf_counter() - began) * 1000, page


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """`ehsg serve` over a data folder, once it has read ahead; its address."""
    listening = take_port("127.0.0.1", 0, "")
    port = listening.getsockname()[1]
    listening.close()
    address = f"http://127.0.0.1:{port}"
    settings = {**os.environ, "EHSG_WEB_PORT": str(port), "EHSG_WEB_URL": address}
    command = [sys.executable, "-m", "bots.cli", "--data", str(folder), "serve"]
    with subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            time.sleep(AHEAD)
            yield address
        finally:
            server.send_signal(signal.SIGINT)


def _stamp(key: str) -> Stamp:
    return Stamp(
        at=datetime.now(UTC),
        by=COORDINATOR,
        role="coordinator",
        surface="command",
        cause=key,
        key=key,
    )


def _show(people: int, facts: int, pages: list[Page]) -> None:
    title = f"{people} people, one round, {facts:,} facts: the slowest of {len(pages)} pages"
    table = Table(title=title, title_justify="left")
    table.add_column("page")
    for heading in ("first, ms", "again, ms", "after news, ms", "KB"):
        table.add_column(heading, justify="right")
    for page in sorted(pages, key=lambda page: -max(page[1:4]))[:SLOWEST]:
        table.add_row(page.name, *(f"{cell:,.0f}" for cell in page[1:]))
    Console(width=100).print(table)
