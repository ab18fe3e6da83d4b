"""Serves the web interview."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bots.http.listening import listen, take_port
from bots.operations.writable import writable
from bots.web.app import build_app
from bots.web.begin.address import Say, begins, told
from bots.web_settings import Settings
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from projections.collecting.ahead import reading_ahead

NOT_SERVED = "The pages are not served just now; they are again within a minute."
reports = Reports(logging.getLogger("ehsg.web"))


class EndedByItself(Exception):
    """The server ended, and nobody told it to."""


@contextmanager
def beside(log: Log, settings: Settings, say: Say = lambda _: None) -> Iterator[str]:
    """Serve the web interview in a thread while the block runs; gives the address it has.

    Args:
        say: is told where to begin, if no assessment is open.

    Raises:
        Refused: the port is taken.
    """
    listening, stop = take_port(settings.host, settings.port, "EHSG_WEB_PORT"), threading.Event()
    host, port = listening.getsockname()[:2]
    begin = begins(log, _now)
    app = build_app(log, _now, address=settings.url, stop=stop, begin=begin)

    def serve() -> None:
        # a socket of its own each time, as the server closes the one it is given
        listen(app, listening.dup(), stop)
        if not stop.is_set():
            raise EndedByItself

    def failed(failure: Exception) -> None:
        reports.failed(NOT_SERVED, failure, log.folder)

    served_at = f"http://{host}:{port}"
    with (
        listening,
        BackgroundThread("web", serve, stop, failed),
        reading_ahead(log, writable(os.environ)),
        told(log, begin, settings, served_at, say),
    ):
        yield served_at


def _now() -> datetime:
    return datetime.now(UTC)
