"""One job in a process of its own: what it found, its time, its work and its memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

STATUS = Path("/proc/self/status")
# Linux hands the peak of memory of a process on to those it starts: so a small one starts them.
LAUNCH = """
import json, os, sys, time
away, began = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)], time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=away)
_, status, used = os.wait4(child, 0)
figures = {"seconds": time.perf_counter() - began, "CPU s": used.ru_utime + used.ru_stime}
unit = 1024**2 if sys.platform == "darwin" else 1024
print(json.dumps({**figures, "MB": used.ru_maxrss / unit}))
sys.exit(os.waitstatus_to_exitcode(status))
"""
Row = dict[str, float]
Job = Callable[..., int | Row]


def alone(module: str, what: str, *words: object) -> Row:
    """Let a process of its own do one job of a module; its figures."""
    command = [sys.executable, "-m", module, what, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: Row = json.loads(done.stdout.splitlines()[-1])
    return figures


def typed(*command: object) -> Row:
    """Let a command run as somebody types it, what it prints thrown away; its figures.

    Raises:
        SystemExit: it failed; its own words stand above.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCH, *map(str, command)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"This failed: {' '.join(map(str, command))}")
    figures: Row = json.loads(done.stdout)
    return figures


def do(jobs: Mapping[str, Job]) -> None:
    """Do the job that is named on the command line, and print its figures: in the other process."""
    what, *words = sys.argv[1:]
    began, worked = time.perf_counter(), time.process_time()
    found = jobs[what](*words)
    figures = {
        **({"many": found} if isinstance(found, int) else found),
        "seconds": time.perf_counter() - began,
        "CPU s": time.process_time() - worked,
        "MB": peak(),
    }
    print(json.dumps(figures))  # noqa: T201


def peak() -> float:
    """The most memory that this process has held, in MB."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    # Linux hands the peak of the parent that started a process on to it, but not in this place.
    lines = (line.split() for line in STATUS.read_text(encoding="ascii").splitlines())
    return next(int(words[1]) / 1024 for words in lines if words[0] == "VmHWM:")
