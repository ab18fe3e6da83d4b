"""Serves the web interview."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bots.http.listening import listen, take_port
from bots.web.app import build_app
from bots.web_settings import Settings
from ehsg_events.log.log import Log


@contextmanager
def beside(log: Log, settings: Settings) -> Iterator[str]:
    """Serve the web interview in a thread while the block runs; gives the address it has.

    Raises:
        Refused: the port is taken.
    """
    listening, stop = take_port(settings.host, settings.port, "EHSG_WEB_PORT"), threading.Event()
    host, port = listening.getsockname()[:2]
    app = build_app(log, _now, address=settings.url, stop=stop)
    serving = threading.Thread(target=listen, args=(app, listening, stop), name="web")
    serving.start()
    try:
        yield f"http://{host}:{port}"
    finally:
        stop.set()
        serving.join()


def _now() -> datetime:
    return datetime.now(UTC)
