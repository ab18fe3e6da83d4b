"""An audit pack whose tables are made once more from its facts: `ehsg verify --pack`."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bots.cli.printing import tell
from ehsg_events.kernel import Refused

BIGGEST = 1 << 29  # bytes that are unpacked at the most
WITHDRAWN = (
    "Where somebody has withdrawn, the facts leave out what they said: then a table that counts them is "
    "another, though nothing was altered."
)
READ = ("facts.jsonl", "guide/", "models/")


def tell_again(file: Path, *, as_json: bool) -> bool:
    """Say of each table of a pack whether it follows from the facts; whether all do.

    Raises:
        Refused: the file is no pack, or nothing can be made from it.
    """
    from projections.pack.again import rebuilt

    found = rebuilt(_unpacked(file))
    other = [name for name, same in found.items() if not same]
    alike = (
        f"{len(found) - len(other)} of {len(found)} tables are, to the byte, what the facts give."
    )
    differ = [f"- {name} is not." for name in other]
    why = [WITHDRAWN] if other else []
    tell("\n".join([alike, *differ, *why]), {"pack": str(file), "same": found}, as_json=as_json)
    return not other


def _unpacked(file: Path) -> dict[str, bytes]:
    """What of a pack is needed, by name."""
    try:
        with ZipFile(file) as packed:
            parts = [part for part in packed.infolist() if part.filename.startswith(READ)]
            size = sum(part.file_size for part in parts)
            if size > BIGGEST:
                raise Refused(f"{file} unpacks to {size} bytes; at most {BIGGEST} are read.")
            return {part.filename: packed.read(part) for part in parts}
    # the last two are zipfile's own: for one under a password, and one packed in a way it does not know
    except (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as mistake:
        raise Refused(f"{file} cannot be read as an audit pack: {mistake}.") from mistake
