"""The verdicts of aics-tlog about folders that hold a ledger's files; run by its own Python.

KEY KEPT INDEX FOLDER...: its commands, called within one process, and its walk over every tile.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Print four words for each folder."""
    from aics_tlog import (  # type: ignore[import-not-found]
        FileSystemTileReader,
        audit_tiles,
        parse_note,
        parse_vkey,
        verify_checkpoint,
    )
    from aics_tlog.cli import main as command  # type: ignore[import-not-found]

    key, kept, index, *folders = sys.argv[1:]

    def walked(folder: str) -> bool:
        note = parse_note((Path(folder) / "checkpoint").read_text(encoding="utf-8"))
        head = verify_checkpoint(note, parse_vkey(key))
        if not head.ok:
            return False
        audit_tiles(FileSystemTileReader(folder), head.size, head.root)
        return True

    def held(work: Callable[[], object]) -> bool:
        try:
            return bool(work())
        except Exception as error:  # noqa: BLE001 - each of its ways to refuse
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
            return False

    for folder in folders:
        given = ["--log-key", key, "--tiles", folder]
        asked = [
            ["verify-checkpoint", *given],
            ["verify-inclusion", *given, "--index", index],
            ["verify-consistency", *given, "--old-checkpoint", kept],
        ]
        found = [held(lambda words=words: command(words) == 0) for words in asked]  # type: ignore[misc]
        found.append(held(lambda folder=folder: walked(folder)))  # type: ignore[misc]
        print("verdicts", *found)  # noqa: T201


if __name__ == "__main__":
    main()
