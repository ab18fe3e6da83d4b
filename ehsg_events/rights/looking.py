"""Looks for pieces of what was destroyed, in a process of its own: `python -m ehsg_events.rights.looking`.

Closing a file takes from the process every lock that SQLite holds on it, however the file was
opened. Another process would then take the log for closed and delete the write-ahead log that this
one goes on writing to, and facts would be lost. So whoever has a log open never opens its files
otherwise.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from ehsg_events.kernel import Refused
from ehsg_events.machine.children import without_secrets
from guides.durable import files_below

NOT_LOOKED = (
    "It was destroyed, and the files of {folder} could not all be looked through for what is left "
    "of it. Look whether this account may read that folder, then forget again to look once more."
)
AT_ONCE = 16_000_000  # bytes of a file that are looked through at once


def look_through(folder: Path, pieces: Sequence[bytes]) -> tuple[int, tuple[str, ...]]:
    """Look for pieces in every file of a data folder.

    Returns:
        How many files there are, and those in which any piece stands.

    Raises:
        Refused: they could not all be looked through.
    """
    command = [sys.executable, "-m", "ehsg_events.rights.looking", str(folder.absolute())]
    sought = json.dumps([piece.hex() for piece in pieces])
    given = without_secrets(os.environ)
    done = subprocess.run(
        command, input=sought, capture_output=True, text=True, check=False, env=given
    )
    if done.returncode:
        raise Refused(NOT_LOOKED.format(folder=folder))
    files, found_in = json.loads(done.stdout)
    return files, tuple(found_in)


def _holds(file: Path, pieces: Collection[bytes]) -> bool:
    """Whether any piece stands in a file; one that is gone meanwhile holds nothing.

    Raises:
        OSError: it cannot be read.
    """
    longest, end = max(map(len, pieces), default=0), b""
    try:
        with file.open("rb") as opened:
            while part := opened.read(AT_ONCE):
                if any(piece in end + part for piece in pieces):
                    return True
                end = part[-longest:]
    except FileNotFoundError:
        return False
    return False


def main() -> None:
    """Print what was found in the folder that is named, of the pieces on standard input, as JSON."""
    folder, pieces = Path(sys.argv[1]), [bytes.fromhex(piece) for piece in json.load(sys.stdin)]
    files = files_below(folder)
    found_in = [str(file.relative_to(folder)) for file in files if _holds(file, pieces)]
    json.dump([len(files), found_in], sys.stdout)


if __name__ == "__main__":
    main()
