"""A child process that ends when its parent does, however the parent ended.

The parent holds the one writing end of a pipe that is the child's standard input. The kernel
closes it with the parent, even after kill -9, and the child sees the end of the file.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from ehsg_events.kernel import Refused
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

LAST_LINE = "farewell\n"  # without it the end of the pipe means that the parent died
PATIENCE = 10.0  # seconds a child is given to end by itself
SERVED, NOTE = "EHSG_SERVED", "note: "  # that a parent reads notes, and how their lines begin
NOT_STARTED = "A part of Prefect did not start again; it is tried until it does."
reports = Reports(logging.getLogger("ehsg.flows"))
LOOK = 0.5  # seconds between two looks at whether a child still lives
REST = 0.05  # seconds


def start(
    module: str,
    *words: str,
    environment: Mapping[str, str],
    sockets: Sequence[int] = (),
    stderr: int | None = None,
) -> subprocess.Popen[str]:
    """Start a module as a child; what it prints can be read from its `stdout`.

    Args:
        sockets: file descriptors that the child takes over.
        stderr: where its other lines go; closed here once the child has it.
    """
    try:
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=dict(environment),
            pass_fds=sockets,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends its children
        )
    finally:
        if stderr is not None and stderr >= 0:
            os.close(stderr)


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


def note(line: str) -> None:
    """In a child, or a child of it: let whoever runs `ehsg serve` read a sentence."""
    if os.environ.get(SERVED):
        tell(NOTE + line)


def end(child: subprocess.Popen[str]) -> None:
    """Let a child end by itself, and kill it if it does not in time."""
    if child.stdin and not child.stdin.closed:
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
        hear: is given every line that the child writes once it is watched.
        upkeep: is done every half a second.
    """

    def __init__(
        self,
        begin: Callable[[], subprocess.Popen[str]],
        hear: Callable[[str], object] = lambda _: None,
        upkeep: Callable[[], object] = lambda: None,
    ) -> None:
        self._begin, self._over = begin, threading.Event()
        self._hear, self._upkeep = hear, upkeep
        self.child = begin()
        self._watching: BackgroundThread | None = None

    def watch(self) -> None:
        """Restart it from now on; before, whoever waits for its start must see that it ended."""
        watching = BackgroundThread("kept", self._watch, self._over, _say)
        watching.start()
        self._watching = watching

    def end(self) -> None:
        """End it for good."""
        self._over.set()
        if self._watching is not None:
            self._watching.join()
        end(self.child)

    def _watch(self) -> None:
        while not self._over.is_set():
            if self.child.poll() is None:
                if line := read_line(self.child, LOOK):
                    self._hear(line)
                else:
                    self._over.wait(REST)  # what is closed on its side is read at once
            else:
                end(self.child)
                self.child = self._begin()
            self._upkeep()


def _say(failure: Exception) -> None:
    if isinstance(failure, Refused):
        reports.say(str(failure), logging.WARNING)
    else:
        reports.failed(NOT_STARTED, failure)


def when_parent_ends(act: Callable[[], None]) -> None:
    """In a child: act once the parent ends the child or is dead.

    If a dead parent led a session of its own, all processes left in that session are killed: what
    it had started without a pipe would look for a server that is gone.
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
