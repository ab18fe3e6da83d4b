"""One rehearsal as a process of its own, for a server that goes on meanwhile.

It is told the data folder, the assessment, the share of the silent and the surfaces that are set up, and
writes one line: what came of it, or the refusal. It ends when whoever started it does: then its standard input is at an end.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from bots.rehearsal.guesses import Guess
from bots.rehearsal.rehearsing import PREFIX, rehearsed
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.values.address import WRITABLE

SEED = 1  # what chance follows from: the same panel is rehearsed alike each time
IDLE = 10  # by so much others go first: interviews are answered meanwhile


def main(folder: str, assessment: str, silent: str, *surfaces: str) -> None:
    """Rehearse, and write what came of it."""
    os.nice(IDLE)
    within = Path(mkdtemp(prefix=PREFIX))
    threading.Thread(target=_end_with_the_parent, args=(within,), daemon=True).start()
    try:
        guess = Guess(SEED, float(silent))
        outcome = _outcome(Path(folder), UUID(assessment), guess, surfaces, within)
        sys.stdout.write(f"{json.dumps(outcome)}\n")
    finally:
        shutil.rmtree(within, ignore_errors=True)


def _outcome(
    folder: Path, assessment: UUID, guess: Guess, surfaces: Collection[str], within: Path
) -> dict[str, object]:
    kek = os.environ.get("EHSG_KEK_FILE")
    log = Log(folder, Path(kek) if kek else None)
    known = {surface for surface in WRITABLE if surface in surfaces}
    try:
        found = rehearsed(log, assessment, guess, datetime.now(UTC), known, within=within)
    except Refused as refusal:
        return {"refused": str(refusal)}
    finally:
        log.close()
    return {"forecast": found.model_dump(mode="json")}


def _end_with_the_parent(within: Path) -> None:
    """Leave nothing behind when nobody waits for it any more."""
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: Python may end while this waits
        pass
    shutil.rmtree(within, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
