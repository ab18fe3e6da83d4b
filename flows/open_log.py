"""The log that this process of flows works on; the command line opens its own in `context`."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from ehsg_events.log.log import Log
from flows import settings


def open_log() -> Log:
    """The log of this process's data folder, opened once."""
    kek = os.environ.get(settings.KEK)
    return _log(Path(os.environ[settings.FOLDER]), Path(kek) if kek else None)


@cache
def _log(folder: Path, kek: Path | None) -> Log:
    return Log(folder, kek)
