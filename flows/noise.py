"""What Prefect and its processes write: into a file of the data folder that stays short.

Nobody reads it but whoever looks for a mistake in Prefect. What people are to know is said in
sentences, by `child_process.note`.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL

from flows import settings

MOST = 1024 * 1024  # bytes; beyond it, the older half is cut off
FILE, SCRATCH = "prefect.log", "scratch"


def noise_of(folder: Path) -> Path:
    """The file of a data folder that Prefect's processes write to."""
    return settings.home(folder) / FILE


def opened(file: Path) -> int:
    """A descriptor that adds to the file; of nothing where nothing can be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return DEVNULL


def keep_short(file: Path) -> None:
    """Cut the older half off once the file is too long; who writes to it goes on at its end."""
    with suppress(OSError):
        if file.stat().st_size <= MOST:
            return
        with file.open("r+b") as noise:
            noise.seek(-MOST // 2, os.SEEK_END)
            kept = noise.read().partition(b"\n")[2]
            noise.seek(0)
            noise.truncate()
            noise.write(kept)


def scratch_of(folder: Path) -> Path:
    """A folder for the temporary files of Prefect's processes, emptied of what dead ones left."""
    scratch = settings.home(folder) / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    return scratch
