"""The ledger of a long log: added at once, proved and checked; and beside sixteen people who save.

Each job is done in a fresh process. Beside the time of the long log, what other programs take is not
shown: none of them reads our log.
"""

from __future__ import annotations

import resource
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Row, alone, do
from benchmarks.saving import saved
from ehsg_events.ledger import sequencer as sequencing
from ehsg_events.ledger import serving
from ehsg_events.ledger.leaves import leaf, opening, salt_of
from ehsg_events.ledger.notes import verifier_of
from ehsg_events.ledger.proofs import proof_of, refuse_unless_proved
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.ledger.tree import consistency, leaf_hash
from ehsg_events.log.log import Log
from projections.verification.ledger import look_at_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.runs import Figures
    from ehsg_events.ledger.sequencer import Sequencer

FACTS, SMALLER = 1_000_000, (10_000, 100_000)
PROOFS, TIMES = 200, 5
AIMS = {"leaves/s": 1_500, "p99 ms, beside / alone": 1.1}


def main() -> Figures:
    """Measure all, and print a table."""
    figures: dict[str, float] = dict(alone("benchmarks.ledger", "long"))
    rows: dict[str, list[Row]] = {"alone": [], "beside": []}
    for _ in range(TIMES):
        for name, many in rows.items():
            many.append(alone("benchmarks.ledger", name))
    for shown in ("saves/s", "p50 ms", "p99 ms"):
        for name, many in rows.items():
            figures[f"{shown}, {name}"] = median(row[shown] for row in many)
    figures["p99 ms, beside / alone"] = figures["p99 ms, beside"] / figures["p99 ms, alone"]
    table = Table("", "here", "aim", title=f"The ledger of {FACTS:,} facts")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.3f}", str(AIMS.get(name, "")))
    Console(width=100).print(table)
    return figures


# -- a long log ------------------------------------------------------------------------------------
def long() -> Row:
    """A log that had no ledger: what it takes to add all of it, and to prove and to check of it."""
    from benchmarks.facts import write

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, FACTS)
        with Log(folder) as log, sequencer(log, datetime.now(UTC)) as at_work:
            figures = _added(log, at_work) | _proved(log, at_work)
        began = time.perf_counter()
        _, faults = look_at_ledger(folder)
        assert not faults
        size = sequencing.ledger_file(folder).stat().st_size
        return figures | {
            "all compared, s": time.perf_counter() - began,
            "MB on disk": size / 1e6,
            "MB in memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _added(log: Log, at_work: Sequencer) -> Row:
    """How long it takes to add so many facts, and all."""
    began, figures, end = time.perf_counter(), dict[str, float](), log.store.last_position()
    marks = [*SMALLER, end]
    while (size := at_work.file.size()) < end:
        at_work.catch_up(upto=next(mark for mark in marks if mark > size))
        figures[f"{at_work.file.size():,} leaves, s"] = time.perf_counter() - began
    figures["leaves/s"] = end / (time.perf_counter() - began)
    return figures


def _proved(log: Log, at_work: Sequencer) -> Row:
    """How long it takes to sign, to make a proof, and to check it."""
    figures: dict[str, float] = {}
    with _milliseconds(figures, "sign, ms"):
        signed = at_work.sign(datetime.now(UTC))
    key, step = verifier_of(at_work.terms.keys[-1]), signed.size // PROOFS
    facts = [*log.store.at(range(1, signed.size, step))]
    opened = [(at, opening(salt_of(at_work.terms.secret, at), stored)) for at, stored in facts]
    with _milliseconds(figures, "a proof made, ms", len(opened)):
        proofs = [proof_of(at_work.file, signed, at, content) for at, content in opened]
    with _milliseconds(figures, "a proof checked, ms", len(proofs)):
        for proof in proofs:
            refuse_unless_proved(proof, key)
    with _milliseconds(figures, "consistency made, ms", PROOFS):
        for number in range(PROOFS):
            consistency(at_work.file.complete, 1 + number * step, signed.size)
    assert leaf_hash(leaf(at_work.terms.secret, *facts[0])) == at_work.file.leaf_hashes(0, 1)[0]
    return figures


@contextmanager
def _milliseconds(figures: dict[str, float], name: str, many: int = 1) -> Iterator[None]:
    began = time.perf_counter()
    yield
    figures[name] = (time.perf_counter() - began) * 1000 / many


# -- beside people who save ------------------------------------------------------------------------
def beside() -> Row:
    """How saves go while the ledger is kept as a server keeps it."""
    return _saves(kept=True)


def without() -> Row:
    """How they go while it is not."""
    return _saves(kept=False)


def _saves(*, kept: bool) -> Row:
    with tempfile.TemporaryDirectory() as place, Log(Path(place)) as log:
        with sequencer(log, datetime.now(UTC)) as at_work:
            at_work.catch_up()
        if not kept:
            return saved(lambda fact, key: log.store.insert_events([fact], key=key))
        with serving.beside(log):
            return saved(lambda fact, key: log.store.insert_events([fact], key=key))


if __name__ == "__main__":
    do({"long": long, "alone": without, "beside": beside})
