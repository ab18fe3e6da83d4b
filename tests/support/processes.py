"""Processes and what they have begun, as the system lists them; and waiting for something to be seen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

PROC = Path("/proc")


def table() -> list[tuple[int, int, str]]:
    """Every process, its parent and its state; read from /proc where it is, which starts no other."""
    if (PROC / "self" / "stat").exists():
        return list(_listed())
    listed = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,stat="], text=True)
    rows = (line.split() for line in listed.splitlines())
    return [(int(pid), int(parent), state) for pid, parent, state in rows]


def _listed() -> Iterator[tuple[int, int, str]]:
    for process in PROC.iterdir():
        if process.name.isdecimal():
            with suppress(OSError):  # it has ended meanwhile
                told = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()
                yield int(process.name), int(told[1]), told[0]


def descendants(ancestor: int) -> list[int]:
    """The processes that a process has begun, and those that they have."""
    found, every = [ancestor], table()
    for one in found:
        found += [pid for pid, parent, _ in every if parent == one]
    return found[1:]


def group_of(process: int) -> int:
    """The process that leads the group which a process is in; none when it has ended."""
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0


def alive(processes: Collection[int]) -> list[int]:
    """Those that still run."""
    return [pid for pid, _, state in table() if pid in processes and not state.startswith("Z")]


def within(seconds: float, look: Callable[[], Any], every: float = 0.2) -> Any:
    """What a look shows, once there is something to see; nothing when there never was.

    Args:
        every: seconds between two looks, more where looking itself is work for who is looked at.
    """
    until = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < until:
        time.sleep(every)
    return found


class Mortal:
    """A process that may be killed, and is begun again a while after it has ended.

    Args:
        program: Python's, after `-c`.
        words: its arguments.
        out: a file for whatever it prints.
    """

    def __init__(
        self, program: str, words: list[str], environment: Mapping[str, str], out: Path
    ) -> None:
        self._command = [sys.executable, "-c", program, *words]
        self._environment, self._out = dict(environment), out
        self._again = 0.0
        self.begin()

    def begin(self) -> None:
        """Begin it, as the leader of a group of its own."""
        with self._out.open("ab") as out:
            self.running = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                env=self._environment,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        """Whatever it and those before it have printed."""
        return self._out.read_text()

    def kill(self, pause: float = 0.0) -> None:
        """End it as a power cut would; it is begun again after a pause."""
        self.running.kill()
        self.running.wait()
        self._again = time.monotonic() + pause

    def tend(self) -> None:
        """Begin it again if it has ended, by whatever cause, and its pause is over."""
        if self.running.poll() is not None and time.monotonic() >= self._again:
            self._hang_up()
            self.begin()

    def end(self) -> None:
        """Let it end well."""
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(20)
        self._hang_up()
        self.running.kill()
        self.running.wait()

    def _hang_up(self) -> None:
        if self.running.stdin:
            self.running.stdin.close()


def kill(processes: Collection[int]) -> int:
    """End some processes at once; how many there were."""
    ended = 0
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            ended += 1
    return ended
