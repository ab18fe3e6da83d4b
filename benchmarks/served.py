"""`ehsg serve` in a process of its own, and somebody who has signed in to its pages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx

from bots.http.listening import take_port
from ehsg_events.commands import people, sign_in
from ehsg_events.kernel import COORDINATOR, Stamp
from ehsg_events.log.log import Log

OWN = {"sec-fetch-site": "same-origin"}
LOOK = 0.1  # seconds


@contextmanager
def served(folder: Path, *words: str, **more: str) -> Iterator[str]:
    """`ehsg serve` over a data folder, once it answers; its address.

    Args:
        words: what more is typed.
        more: further settings.
    """
    listening = take_port("127.0.0.1", 0, "")
    port = listening.getsockname()[1]
    listening.close()
    address = f"http://127.0.0.1:{port}"
    settings = {**os.environ, "EHSG_WEB_PORT": str(port), "EHSG_WEB_URL": address, **more}
    command = [sys.executable, "-m", "bots.cli", "--data", str(folder), "serve", *words]
    with subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            while not _answers(address) and server.poll() is None:
                time.sleep(LOOK)
            yield address
        finally:
            server.send_signal(signal.SIGINT)


def _answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return bool(httpx.get(address).status_code)
    return False


@contextmanager
def signed_in(log: Log, assessment: UUID, address: str) -> Iterator[httpx.Client]:
    """The browser of somebody who coordinates an assessment from now on."""
    who = people.name_coordinator(log, stamp("who"), assessment, "Jane Quill", people.Contact())
    link = sign_in.offer(log, stamp("link"), assessment, who)
    with httpx.Client(base_url=address, headers=OWN, timeout=60) as browser:
        browser.post(f"/sign-in/{link}")
        yield browser


def stamp(key: str) -> Stamp:
    """A stamp of now, of what a coordinator does."""
    return Stamp(
        at=datetime.now(UTC),
        by=COORDINATOR,
        role="coordinator",
        surface="command",
        cause=key,
        key=key,
    )
