"""Runs one rehearsal at a time in a process of its own, with an end, and keeps what came of it.

The pages know no rehearsal but by this program and the line it writes. It works on a copy, has no sender,
and others of the machine go first; what came of it is kept in memory, until the server ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import bots
from bots.operations.writable import writable
from bots.phrases.pages import rehearsal as phrases
from bots.rehearsed import Forecast
from ehsg_events.kernel import Refused
from ehsg_events.machine.children import without_secrets

PROGRAM = (sys.executable, "-P", "-m", "bots.rehearsal")
LONGEST = 900.0  # seconds
PATIENCE = 5.0  # seconds in which it leaves nothing behind
MOST_KEPT = 20  # assessments of which the last rehearsal is kept
ROOT = Path(bots.__file__).parents[1]


class Ran(NamedTuple):
    """A rehearsal: since when, whether it runs still, and what came of it, or why nothing did."""

    since: datetime
    runs: bool = True
    forecast: Forecast | None = None
    refused: str = ""


class Rehearsals:
    """The rehearsals of one server.

    Args:
        program: rehearses, and is told the folder, the assessment, the share of the silent, and the
            surfaces that are set up: of their settings it is given none.
        longest: seconds after which it is ended.
    """

    def __init__(self, program: Sequence[str] = PROGRAM, longest: float = LONGEST) -> None:
        self._program, self._longest = program, longest
        self._lock = threading.Lock()
        self._ran: dict[tuple[Path, UUID], Ran] = {}
        self._child: subprocess.Popen[str] | None = None
        self._waits: threading.Thread | None = None

    def of(self, folder: Path, assessment: UUID) -> Ran | None:
        """The newest rehearsal of an assessment; none if there was none."""
        return self._ran.get((folder, assessment))

    def start(self, folder: Path, assessment: UUID, silent: float, now: datetime) -> None:
        """Start one.

        Raises:
            Refused: another one runs.
        """
        place = folder, assessment
        with self._lock:
            if self._child is not None:
                raise Refused(phrases.ANOTHER_RUNS)
            child = self._started(folder, assessment, silent)
            self._child = child
            self._keep(place, Ran(now))
            self._waits = threading.Thread(
                target=self._wait, args=(child, place), name="rehearsal", daemon=True
            )
            self._waits.start()

    def wait(self) -> None:
        """Wait until none runs."""
        if self._waits is not None:
            self._waits.join()

    def end(self) -> None:
        """End the one that runs, if any; nothing of it is left behind."""
        if (child := self._child) is not None:
            _ended(child)
            self.wait()

    def _started(self, folder: Path, assessment: UUID, silent: float) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self._program, str(folder), str(assessment), str(silent), *writable(os.environ)],
            stdin=subprocess.PIPE,  # it ends when this does, however this ends
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**without_secrets(os.environ), "PYTHONPATH": str(ROOT)},
            start_new_session=True,  # Ctrl-C is for the server, which then ends it
        )

    def _wait(self, child: subprocess.Popen[str], place: tuple[Path, UUID]) -> None:
        late = threading.Timer(self._longest, _ended, (child,))
        late.start()
        assert child.stdout is not None, "it was started with a pipe"
        with child.stdout:
            line = child.stdout.read()
        child.wait()
        late.cancel()
        _ended(child)
        with self._lock:
            since = self._ran[place].since if place in self._ran else datetime.now(UTC)
            self._keep(place, _came_to(line, since))
            self._child = None

    def _keep(self, place: tuple[Path, UUID], ran: Ran) -> None:
        """Keep the newest of an assessment, and of not too many."""
        self._ran.pop(place, None)
        while len(self._ran) >= MOST_KEPT:
            self._ran.pop(next(iter(self._ran)))
        self._ran[place] = ran


def _came_to(line: str, since: datetime) -> Ran:
    """What a rehearsal wrote, or that it wrote nothing: it was ended, or it failed."""
    try:
        told = json.loads(line)
        if "refused" in told:
            return Ran(since, runs=False, refused=str(told["refused"]))
        forecast = Forecast.model_validate(told["forecast"])
    except (ValueError, TypeError, KeyError):
        return Ran(since, runs=False, refused=phrases.WITHOUT_RESULT)
    return Ran(since, runs=False, forecast=forecast)


def _ended(child: subprocess.Popen[str]) -> None:
    """Let it end by itself, as its standard input does; and end it if it does not."""
    assert child.stdin is not None, "it was started with a pipe"
    with suppress(OSError):
        child.stdin.close()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


REHEARSALS = Rehearsals()
