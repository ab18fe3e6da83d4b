"""What every surface is tested on: a clock that stands still, and a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import uvicorn
from starlette.types import ASGIApp

from bots.http.listening import configured

OPENED = datetime(2026, 9, 7, 9, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = OPENED

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        """Move on."""
        self.now += timedelta(**time)


@contextmanager
def served(app: ASGIApp) -> Iterator[int]:
    """An app behind a real server on 127.0.0.1; its port."""
    server = uvicorn.Server(configured(app))
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        serving.join(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        serving.join()
