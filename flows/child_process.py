"""A child process that ends when its parent does, however the parent ended.

The parent holds the one writing end of a pipe that is the child's standard input. The kernel
closes it with the parent, even after kill -9, and the child sees the end of the file.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from ehsg_events.kernel import Refused

LAST_LINE = "farewell\n"  # without it the end of the pipe means that the parent died
PATIENCE = 10.0  # seconds a child is given to end by itself
LOOK = 0.5  # seconds between two looks at whether a child still lives


def start(
    module: str, *words: str, environment: Mapping[str, str], sockets: Sequence[int] = ()
) -> subprocess.Popen[str]:
    """Start a module as a child; what it prints can be read from its `stdout`.

    Args:
        sockets: file descriptors that the child takes over.
    """
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(environment),
        pass_fds=sockets,
        start_new_session=True,  # Ctrl-C is for the parent, which then ends its children
    )


def read_line(child: subprocess.Popen[str], seconds: float) -> str:
    """The next line a child writes; empty if it ended or wrote nothing in time."""
    assert child.stdout is not None, "a child is born with a pipe to speak through"
    if select.select([child.stdout], [], [], seconds)[0]:
        return child.stdout.readline().rstrip("\n")
    return ""


def tell(line: str) -> None:
    """In a child: write a line to the parent, if it still lives; if not, its end is on the way."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the last flush, too


def end(child: subprocess.Popen[str]) -> None:
    """Let a child end by itself, and kill it if it does not in time."""
    if child.stdin:
        with suppress(BrokenPipeError):
            child.stdin.write(LAST_LINE)
            child.stdin.close()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout:
        child.stdout.close()


class Supervised:
    """A child that is started again whenever it has ended by itself.

    Args:
        begin: starts the child; a refusal of the first start is raised, later ones are retried.
    """

    def __init__(self, begin: Callable[[], subprocess.Popen[str]]) -> None:
        self._begin, self._over = begin, threading.Event()
        self.child = begin()
        self._watching = threading.Thread(target=self._watch, name="kept", daemon=True)

    def watch(self) -> None:
        """Restart it from now on; before, whoever waits for its start must see that it ended."""
        self._watching.start()

    def end(self) -> None:
        """End it for good."""
        self._over.set()
        if self._watching.ident:
            self._watching.join()
        end(self.child)

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            if self.child.poll() is not None:
                end(self.child)
                with suppress(Refused):
                    self.child = self._begin()


def when_parent_ends(act: Callable[[], None]) -> None:
    """In a child: act once the parent ends the child or is dead.

    If a dead parent led a session of its own, all processes left in that session are killed: the
    flow runs it had started have no pipe, and would look for a server that is gone.
    """
    parent = os.getppid()
    session = parent if os.getsid(parent) == parent else None
    threading.Thread(target=_wait_for_end, args=(act, session), daemon=True).start()


def _wait_for_end(act: Callable[[], None], session: int | None) -> None:
    received = b""
    while chunk := os.read(0, 1024):
        received += chunk
    if session and not received:
        with suppress(ProcessLookupError):
            os.killpg(session, signal.SIGKILL)
    act()
