"""A Prefect server of one's own: in the data folder, on the loopback, gone with its parent.

The parent holds the socket that the server listens on. When the server dies, another takes over
the same socket, and requests made meanwhile have only waited.
"""

from __future__ import annotations

import gc
import os
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ehsg_events.kernel import Refused
from flows import child_process, settings
from flows import noise as noise_file
from guides import durable

CLIENT_THREAD = "GlobalEventLoopThread"
SOON = 10.0  # seconds a thread may take to end
LONGEST = 120.0  # seconds a first start may take on a small machine
EVERY = 5.0  # seconds between two sentences on how the start goes
Say = Callable[[str], None]


def quiet(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class StartingServer:
    """A server whose start has begun and goes on by itself.

    Attributes:
        address: such as http://127.0.0.1:41123; its page is there too, and asks for the name and
            password in the file `prefect/login` of the data folder.
    """

    address: str
    kept: child_process.Supervised
    environment: dict[str, str]

    @contextmanager
    def spoken_to(self, say: Say = quiet) -> Iterator[None]:
        """Wait until it is ready, and let this process use it while the block runs.

        Args:
            say: receives a sentence on how the start goes, at most once in five seconds.

        Raises:
            Refused: the server ended or was not ready in time.
        """
        with _speaking_to(self.environment):
            _wait_until_ready(self.kept.child, say)
            self.kept.watch()
            yield


@contextmanager
def starting_server(folder: Path) -> Iterator[StartingServer]:
    """Start a Prefect server without waiting for it, and end it with the block.

    Args:
        folder: the data folder; Prefect's own database lies in it.
    """
    login = _login(folder)
    scratch, noise = noise_file.scratch_of(folder.absolute()), noise_file.noise_of(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = settings.environment(folder.absolute(), address, login)
        environment["TMPDIR"] = str(scratch)
        descriptor = listener.fileno()
        supervised = child_process.Supervised(
            lambda: child_process.start(
                "flows.server_process",
                str(descriptor),
                environment=environment,
                sockets=[descriptor],
                stderr=noise_file.opened(noise),
            ),
            upkeep=lambda: noise_file.keep_short(noise),
        )
        try:
            yield StartingServer(address, supervised, environment)
        finally:
            supervised.end()


@contextmanager
def server(folder: Path, say: Say = quiet) -> Iterator[str]:
    """Run a Prefect server while the block runs, and let this process use it.

    Yields:
        The server's address.

    Raises:
        Refused: the server ended or was not ready in time.
    """
    with starting_server(folder) as starting, starting.spoken_to(say):
        yield starting.address


def _login(folder: Path) -> str:
    """The name and password for Prefect's page, made once and kept in the file `login`."""
    file = settings.home(folder) / "login"
    durable.make_folder(file.parent, mode=0o700)
    if not (file.exists() and file.read_text().strip()):  # an empty one would lock everybody out
        login = f"ehsg:{secrets.token_urlsafe(24)}"
        durable.write(file, login.encode(), mode=durable.OWNER_ONLY)
    return file.read_text()


@contextmanager
def _speaking_to(environment: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    _set(environment)
    try:
        _client()
        yield
    finally:
        _end_client_thread()
        _set(before)


def _client() -> None:
    """Import Prefect's client, which takes as long as the server's start and overlaps with it."""
    gc.disable()  # nothing imported is garbage, and collecting costs a third of the time
    try:
        from prefect.context import refresh_global_settings_context
    finally:
        gc.enable()
    refresh_global_settings_context()


def _end_client_thread() -> None:
    """End the thread that Prefect's client begins here and never ends.

    A program that ends before it keeps every module alive, and DuckDB then writes fifty lines about
    what was left behind beneath whatever the program said.
    """
    if CLIENT_THREAD in (thread.name for thread in threading.enumerate()):
        from prefect._internal.concurrency.threads import wait_for_global_loop_exit

        wait_for_global_loop_exit(SOON)


def _set(environment: dict[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


def _wait_until_ready(child: subprocess.Popen[str], say: Say) -> None:
    began, said = time.monotonic(), 0.0
    while (waited := time.monotonic() - began) < LONGEST and child.poll() is None:
        if child_process.read_line(child, 1.0) == "ready":
            return
        if waited - said >= EVERY:
            said = waited
            say(f"Prefect is starting ({waited:.0f} s; the first start on a machine takes longest)")
    raise Refused(
        "Prefect's server did not start. Try again; if it stays so, delete the folder `prefect` "
        "in the data folder. Nothing is lost by that: the log holds all facts."
    )
