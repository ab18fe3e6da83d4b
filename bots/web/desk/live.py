"""Tells open pages that the log has grown: a mark and nothing else, as server-sent events.

One thread follows the log for all of them. A page that is told asks for itself again, at the same
address and under the same rules as before. It is told of what it may show alone: how much else is
recorded would tell a score from a "don't know". A mark stands for a position that nobody can read.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import re
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from starlette.concurrency import run_in_threadpool

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    WordsRead,
)
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

T = TypeVar("T")
MOST = 100  # pages that are followed at once
BEAT = 15.0  # seconds between two looks at whether somebody is still there, and may still look
REST = 0.5  # seconds between two events, so that a busy hour does not draw a page all the time
FEW = 1000  # facts that are searched for one page; after more it is told in any case
LOOK = 0.2  # seconds between two looks at whether to stop
NOT_RENEWED = "Open pages of the desk do not renew themselves just now; they do once it works."
reports = Reports(logging.getLogger("ehsg.web"))
RETRY, ALIVE = b"retry: 5000\n\n", b": still here\n\n"
TOLD_AT_ONCE = tuple(
    fact.TOPIC
    for fact in (
        AnswerGiven,
        AnswerAmended,
        InterviewStarted,
        InterviewPaused,
        InterviewResumed,
        InterviewCompleted,
        InterviewWithdrawn,
    )
)
REPLY = re.compile(
    r"round \d+/[^/]+/(vote \d+ as of )?version "
)  # as the read model `trail` has it


class Crowded(Exception):
    """As many pages are followed as can be."""


@dataclass(eq=False)
class _Page:
    """An open page: which assessment it shows, what it has seen, and how to tell it."""

    assessment: UUID
    mark: str
    may_look: Callable[[], bool]
    loop: asyncio.AbstractEventLoop
    news: asyncio.Event = field(default_factory=asyncio.Event)
    seen: int = 0
    newest: int = 0

    def tell(self, position: int) -> None:
        """Tell the page, from any thread, the newest position; 0 ends its stream."""
        self.newest = position
        self.loop.call_soon_threadsafe(self.news.set)


class Live:
    """Follows the log for every open page, until it is told to stop.

    Args:
        stop: set when the server is to end; every stream ends with it.
        most: how many pages are followed at once.
    """

    def __init__(
        self, log: Log, stop: threading.Event, most: int = MOST, beat: float = BEAT
    ) -> None:
        self._log, self._stop, self._most, self._beat = log, stop, most, beat
        self._pages: set[_Page] = set()
        self._lock = threading.Lock()
        self._thread: BackgroundThread | None = None
        self._after = 0  # the last position that pages were told of
        self._secret = secrets.token_bytes(32)

    def mark(self, position: int) -> str:
        """What stands for a position towards a page, until this process ends."""
        return hmac.digest(self._secret, str(position).encode(), hashlib.sha256).hex()[:32]

    def follow(
        self, assessment: UUID, seen: str, may_look: Callable[[], bool]
    ) -> AsyncIterator[bytes]:
        """The events of one page.

        Args:
            seen: the mark the page was drawn with; what came since is told at once.
            may_look: whether the reader may still see the page; asked before each event.

        Raises:
            Crowded: too many pages are open.
        """
        page = _Page(assessment, seen, may_look, asyncio.get_running_loop())
        if len(self._pages) >= self._most:
            raise Crowded
        return self._events(page)

    def close(self) -> None:
        """End every stream, and the thread."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join()
        self._end_streams()

    # -- one page ------------------------------------------------------------------------------
    async def _events(self, page: _Page) -> AsyncIterator[bytes]:
        with self._lock:
            self._pages.add(page)
        try:
            yield RETRY
            await self._once_it_works(partial(self._begin, page), otherwise=None)
            while await self._waited(page):
                if page.newest > page.seen:
                    page.seen = page.newest
                    yield f"event: change\ndata: {self.mark(page.seen)}\n\n".encode()
                    await asyncio.sleep(REST)
                else:
                    yield ALIVE
        finally:
            with self._lock:
                self._pages.discard(page)

    async def _waited(self, page: _Page) -> bool:
        """Wait for news or for the next beat; whether the page is followed any longer."""
        try:
            async with asyncio.timeout(self._beat):
                await page.news.wait()
        except TimeoutError:
            pass
        page.news.clear()
        return not self._stop.is_set() and await self._once_it_works(page.may_look, otherwise=False)

    async def _once_it_works(self, read: Callable[[], T], *, otherwise: T) -> T:
        """What the log says once it can be read; until then the page stays open and is told nothing."""
        while True:
            try:
                return await run_in_threadpool(read)
            except Exception as failure:  # noqa: BLE001 - whatever it is, the page is told later
                self._say(failure)
                if self._stop.is_set():
                    return otherwise
                await asyncio.sleep(REST)

    # -- the log -------------------------------------------------------------------------------
    def _begin(self, page: _Page) -> None:
        """Tell a page what came since it was drawn, and see to it that the log is followed."""
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._after = self._log.store.last_position()
                thread = BackgroundThread("live", self._follow, self._stop, self._say)
                thread.start()
                self._thread = thread
        newest = self._log.store.last_position()
        recent = range(newest, max(newest - FEW, 0), -1)
        seen = next((place for place in recent if self.mark(place) == page.mark), None)
        page.seen = seen or 0
        self._tell([page], {page.assessment: newest} if seen is None else self._touched(seen))
        if self._stop.is_set():  # the thread may have told the others already, and told nobody else
            page.tell(0)

    def _say(self, failure: Exception) -> None:
        """Say that pages do not renew themselves for the moment."""
        reports.failed(NOT_RENEWED, failure, self._log.folder)

    def _follow(self) -> None:
        """Tell every page what concerns it, until there is none or it is time to stop."""
        while not self._stop.is_set() and self._is_watched():
            if self._log.store.wait(self._after, LOOK):
                newest = self._log.store.last_position()
                touched = self._touched(self._after)
                self._after = max((newest, *touched.values()))
                self._tell(self._open(), touched)
        self._end_streams()

    def _end_streams(self) -> None:
        for page in self._open() if self._stop.is_set() else ():  # else another thread follows
            page.tell(0)

    def _is_watched(self) -> bool:
        with self._lock:
            if not self._pages:
                self._thread = None
            return bool(self._pages)

    def _open(self) -> list[_Page]:
        with self._lock:
            return list(self._pages)

    def _touched(self, after: int) -> dict[UUID, int]:
        """The position of the last news of each assessment that has any."""
        return {
            UUID(state["assessment"]): position
            for position, row in self._log.store.rows(after)
            for state in [json.loads(row.state)]
            if _is_news(row, state.get("message", ""))
        }

    def _tell(self, pages: list[_Page], touched: dict[UUID, int]) -> None:
        with self._lock:
            for page in pages:
                position = touched.get(page.assessment, 0)
                if position > max(page.seen, page.newest):
                    page.tell(position)


def _is_news(row: StoredEvent, message: str) -> bool:
    """Whether a page shows a fact at once: not what an open round hides, nor that somebody read."""
    if row.topic.startswith("interview."):
        return row.topic in TOLD_AT_ONCE
    return row.topic != WordsRead.TOPIC and not REPLY.match(message)
