"""One job in a process of its own: its result, its time, its processor time and its memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ehsg_events.machine.garbage import collect_seldom

STATUS = Path("/proc/self/status")
# On Linux a process inherits the peak memory of the one that starts it, so a small one does that.
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


def alone(module: str, job: str, *words: object) -> Row:
    """Have one job of a module done in a process of its own; its figures."""
    command = [sys.executable, "-m", module, job, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: Row = json.loads(done.stdout.splitlines()[-1])
    return figures


def typed(*command: object) -> Row:
    """Run a command as somebody would type it, without its output; its figures.

    Raises:
        SystemExit: it failed; what it printed as errors is above.
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
    """Do the job named on the command line and print its figures; runs in the other process."""
    collect_seldom()  # as `ehsg` does
    job, *words = sys.argv[1:]
    began, worked = time.perf_counter(), time.process_time()
    result = jobs[job](*words)
    figures = {
        **({"many": result} if isinstance(result, int) else result),
        "seconds": time.perf_counter() - began,
        "CPU s": time.process_time() - worked,
        "MB": peak(),
    }
    print(json.dumps(figures))  # noqa: T201


def peak() -> float:
    """The most memory that this process has held, in MB."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    # The peak that getrusage gives includes the parent's on Linux; this one does not.
    lines = (line.split() for line in STATUS.read_text(encoding="ascii").splitlines())
    return next(int(words[1]) / 1024 for words in lines if words[0] == "VmHWM:")
