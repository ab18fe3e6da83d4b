"""A command whose n-th system call of a kind fails, as strace lets it."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from support.ehsg import Ran, environment
from support.faults.standing import Fails, in_every_run

ERRORS = {  # which calls fail, and how
    "openat": ("EACCES", "EMFILE"),
    "read": ("EIO",),
    "pread64": ("EIO",),
    "write": ("ENOSPC",),
    "pwrite64": ("ENOSPC", "EIO"),
    "fsync": ("EIO",),
    "fdatasync": ("EIO",),
    "ftruncate": ("EIO",),
    "rename": ("EIO", "ENOSPC"),
    "link": ("ENOSPC", "EIO"),
    "unlink": ("EACCES",),
    "mkdir": ("EACCES", "ENOSPC"),
}
CALL = re.compile(r"^(\d+) +(\w+)\((.*)")
OF_A_FILE = re.compile(r"^\d+<([^>]*)>")
NAMED = re.compile(r'"([^"]*)"')
SECONDS = 120


class Fault(NamedTuple):
    """Which call fails, and how: the n-th of its kind, which is about this file."""

    call: str
    error: str
    nth: int
    file: str

    @property
    def kept(self) -> str:
        """The name of the file that this fault keeps from being deleted, nothing if it keeps none."""
        return Path(self.file).name if self.call == "unlink" else ""

    def __str__(self) -> str:
        return f"{self.call} {self.nth} of {self.file}: {self.error}"


def traced(
    place: Path, words: tuple[str, ...], fault: Fault | None = None
) -> tuple[Ran, list[str]]:
    """Run a command under strace, and let one call fail; how it ended, and its calls."""
    trace = place.with_name(f"{place.name}.trace")
    watched = ["-e", f"trace={','.join(ERRORS)}"]
    if fault is not None:
        failing = f"inject={fault.call}:error={fault.error}:when={fault.nth}"
        watched = ["-e", f"trace={fault.call}", "-e", failing]
    around = ["strace", "-f", "-y", "--seccomp-bpf", *watched, "-e", "signal=none"]
    command = [
        *around,
        "-o",
        str(trace),
        sys.executable,
        "-m",
        "bots.cli",
        "--data",
        str(place / "data"),
        *words,
    ]
    told = environment(PYTHONHASHSEED="0", TMPDIR=str(place / "tmp"))
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=told, timeout=SECONDS
    )
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    trace.unlink()
    return Ran(done.returncode, done.stdout, done.stderr), lines


def _calls(place: Path, lines: list[str]) -> Iterator[tuple[str, int, str, bool]]:
    """Each call about a file of the place: its kind, its number, the file, whether it was failed."""
    numbers: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if not (found := CALL.match(line)):
            continue
        process, call, rest = found.groups()
        numbers[process, call] += 1
        if (file := _file(place, call, rest)) is not None:
            yield call, numbers[process, call], file, "(INJECTED)" in line


def _file(place: Path, call: str, rest: str) -> str | None:
    """The file a call is about, as it is called in every run; none if it is not of the place."""
    found = OF_A_FILE.match(rest) or (None if call in ("read", "write") else NAMED.search(rest))
    return in_every_run(place, found[1]) if found else None


def faults_of(place: Path, lines: list[str], of_each: int, most: int = 1000) -> list[Fault]:
    """Faults of the calls that a command made: some of each kind of call about each file.

    Args:
        most: how many are chosen where there are more; the same for the same command.
    """
    made: dict[tuple[str, str], list[int]] = defaultdict(list)
    for call, number, file, _ in _calls(place, lines):
        made[call, file].append(number)
    faults = [
        Fault(call, error, number, file)
        for (call, file), numbers in made.items()
        for number in _spread(numbers, of_each)
        for error in ERRORS[call]
    ]
    return random.Random(len(faults)).sample(faults, min(most, len(faults)))


def _spread(numbers: list[int], many: int) -> list[int]:
    """The last, the first and some between."""
    step = (len(numbers) - 1) / max(many - 1, 1)
    return sorted({numbers[-1 - round(step * n)] for n in range(min(many, len(numbers)))})


def failing(fault: Fault) -> Fails:
    """Runs a command and lets one call of it fail; gives nothing unless that one did, and no other.

    A child process counts its calls anew, so that another of its own may fail with it.
    """

    def fails(place: Path, words: tuple[str, ...]) -> Ran | None:
        ran, lines = traced(place, words, fault)
        failed = [file for _, _, file, injected in _calls(place, lines) if injected]
        others = sum("(INJECTED)" in line for line in lines) - len(failed)
        return ran if {*failed} == {fault.file} and not others else None

    return fails
