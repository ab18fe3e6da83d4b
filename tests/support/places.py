"""Where things lie: the project, its tests, and a folder in memory for what the tests write."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import disk_usage

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - nothing that a test writes there need last
ROOM = 2 * 1024**3  # bytes; all the tests at once write a tenth of it


def memory() -> Path | None:
    """A folder in memory with room for all that the tests write, where there is one.

    No test pulls a plug: that a log waits for its disk is seen by what it asks of the disk.
    """
    has_room = os.access(IN_MEMORY, os.W_OK) and disk_usage(IN_MEMORY).free > ROOM
    return IN_MEMORY if has_room else None
