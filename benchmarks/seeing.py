"""How soon an answer recorded in one process is seen on a page that another serves."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from queue import Queue

import httpx

from benchmarks.alone import Row
from benchmarks.answering import Panel, milliseconds
from benchmarks.served import served, signed_in
from ehsg_events.log.log import Log

PAGE = "/read/board"
MARK = re.compile(r'data-seen="([^"]*)"')
PATIENCE = 30.0  # seconds until a page must have been told
APART = (0.6, 0.9)  # seconds between two answers: a page is told twice a second at the most


def seen(folder: Path, many: int) -> tuple[Row, Row]:
    """Answer some times while a board is open, which is drawn again whenever it is told to.

    Args:
        many: how many times to answer.

    Returns:
        How long it took from a commit until the page was told, and until the changed page was there.
    """
    told, there = list[float](), list[float]()
    with closing(Log(folder)) as log:
        panel = Panel(log)
        panel.answer()  # the first one loads everything
        with (
            served(folder, "--only", "web") as address,
            signed_in(log, panel.assessment, address) as browser,
        ):
            news = _follow(browser)
            for _ in range(many + 1):
                time.sleep(random.uniform(*APART))  # noqa: S311 - out of step with the looks
                panel.answer()
                committed = time.perf_counter()
                mark = news.get(timeout=PATIENCE)
                told.append(time.perf_counter() - committed)
                assert _mark(browser) == mark, "the page shows what it was told of"
                there.append(time.perf_counter() - committed)
    return milliseconds(told[1:]), milliseconds(there[1:])


def _mark(browser: httpx.Client) -> str:
    """Draw the page; the mark of the newest thing that it shows."""
    found = MARK.search(browser.get(PAGE).text)
    assert found, "a board can be followed"
    return found[1]


def _follow(browser: httpx.Client) -> Queue[str]:
    """Keep the page open from now on; the mark of each change that it is told of."""
    news, began = Queue[str](), threading.Event()
    seen = _mark(browser)

    def listen() -> None:
        with (
            suppress(httpx.TransportError),  # the server ends before we do
            browser.stream("GET", "/read/live", params={"seen": seen}) as events,
        ):
            began.set()
            for mark in _marks(events.iter_lines()):
                news.put(mark)

    threading.Thread(target=listen, daemon=True).start()
    began.wait(PATIENCE)
    return news


def _marks(lines: Iterator[str]) -> Iterator[str]:
    yield from (line.removeprefix("data: ") for line in lines if line.startswith("data: "))
