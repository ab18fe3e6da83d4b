"""What is looked at on a long log: an area's board as of any fact.

Each is a job done in a fresh process.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from benchmarks.alone import Row, do
from benchmarks.answering import milliseconds, timed
from ehsg_events.log.log import Log
from projections.collecting.progress import progress
from projections.facts.fact_cache import table_of
from projections.facts.view import View, view_at
from projections.results import results

OF = "SELECT json_extract(CAST(state AS TEXT), '$.assessment') FROM stored_events WHERE rowid = ?"
Place = tuple[UUID, int]


def who_is_missing(folder: str, many: str) -> Row:
    """Who has answered and who is missing, as of facts anywhere on the log."""
    return _as_of(folder, many, progress)


def where_they_stand(folder: str, many: str) -> Row:
    """Every descriptor with its agreement and outcome, as of facts anywhere on the log."""
    return _as_of(folder, many, results.results)


def _as_of(folder: str, many: str, show: Callable[[View], object]) -> Row:
    log, places = Log(Path(folder)), _anywhere(folder, int(many) + 1)

    def look(assessment: UUID, position: int) -> None:
        view = view_at(log, assessment, str(position))
        show(view)

    times = [timed(lambda place=place: look(*place)) for place in places]  # type: ignore[misc]
    return {"many": len(times) - 1, **milliseconds(times[1:])}  # the first one loads everything


def read_anew(folder: str, many: str) -> Row:
    """The facts up to positions anywhere on the log, each time read from its beginning."""
    log = Log(Path(folder))

    def read(assessment: UUID, position: int) -> None:
        table_of(log.store.rows(upto=position), assessment).close()

    places = _anywhere(folder, int(many))
    times = [timed(lambda place=place: read(*place)) for place in places]  # type: ignore[misc]
    return {"many": len(times), **milliseconds(times)}


def _anywhere(folder: str, many: int) -> list[Place]:
    """Positions of facts anywhere on a log, each with its assessment; the same every time."""
    dice = random.Random(1)  # noqa: S311 - repeatable
    with closing(sqlite3.connect(Path(folder) / "log.sqlite")) as db:
        newest = db.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
        places = [dice.randint(1, newest) for _ in range(many)]
        return [(UUID(db.execute(OF, (position,)).fetchone()[0]), position) for position in places]


if __name__ == "__main__":
    do({"missing": who_is_missing, "stand": where_they_stand, "anew": read_anew})
