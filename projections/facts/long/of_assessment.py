"""What a base holds of one assessment, asked by one flat query a family of facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import starmap
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.columns import SAID_AT
from projections.facts.long.base import Base, naming_a_damaged_base, opened
from projections.facts.long.families import families_of, table_of
from projections.facts.moments import BEYOND_ALL, Place
from projections.facts.plain import Unusual, places_of, plain
from projections.facts.table import Row

COLUMNS = """
SELECT table_name, list(column_name) FROM duckdb_columns()
WHERE database_name = current_database() GROUP BY table_name"""
MOST = 8  # bases whose columns are remembered
Columns = Mapping[str, Collection[str]]  # of each table
_columns: dict[Path, Columns] = {}  # a base never changes
Span = tuple[int, int]  # the position before the first, and that of the last
ALL: Span = (0, BEYOND_ALL)
Wanted = Callable[[Collection[str]], str]  # what is selected, by the columns that there are


class OfAssessment:
    """One assessment in a base, which ends at a position, and what the log holds of it `beyond`.

    Args:
        rows: the facts beyond the base, in the log's order.

    Raises:
        Unusual: one of them is to be read by the table.
    """

    def __init__(
        self, base: Base, db: duckdb.DuckDBPyConnection, assessment: UUID, rows: Sequence[Row]
    ) -> None:
        self._base, self._db, self.assessment = base, db, assessment
        self.beyond = plain(rows)
        self.newest = base.path.name, rows[-1] if rows else None  # another, if anything is new

    @property
    def path(self) -> Path:
        """The file of the base."""
        return self._base.path

    @property
    def end(self) -> int:
        """The position of the base's last fact, of whichever assessment."""
        return self._base.position

    def ask(
        self,
        wanted: Wanted,
        kinds: Collection[str] = (),
        span: Span = ALL,
    ) -> Iterator[tuple[Any, ...]]:
        """What is wanted of the facts of some kinds, or of all; one family after the other."""
        for family in families_of(kinds):
            if family in self.columns:
                yield from self._of_family(family, wanted(self.columns[family]), kinds, span)

    def places(self, kinds: Collection[str] = (), span: Span = ALL) -> list[Place]:
        """Where the facts of some kinds stand, in the order of the log."""
        return [*starmap(Place, sorted(self.ask(_place, kinds, span)))]

    def every_place(self) -> list[Place]:
        """Where each fact of the assessment stands, also beyond the base."""
        return [*self.places(), *places_of(self.beyond)]

    @property
    def last(self) -> int:
        """The position of the assessment's newest fact."""
        if self.beyond:
            return self.beyond[-1].position
        newest: list[int | None] = [last for (last,) in self.ask(lambda _: "max(position)")]
        return max(last for last in newest if last is not None)

    def _of_family(
        self, family: str, wanted: str, kinds: Collection[str], span: Span
    ) -> list[tuple[Any, ...]]:
        after, upto = span
        named = ", ".join(f"'{kind}'" for kind in kinds)
        among = f"AND what IN ({named})" if kinds else ""
        sql = (
            f"SELECT {wanted} FROM {table_of(family)} "  # noqa: S608 - our own names
            f"WHERE assessment = '{self.assessment}' "
            f"AND position > {after} AND position <= {upto} {among}"
        )
        with naming_a_damaged_base():
            return self._db.execute(sql).fetchall()

    @property
    def columns(self) -> Columns:
        """The columns of each table that the base has: only of what was on the log."""
        if self._base.path not in _columns:
            if len(_columns) >= MOST:
                _columns.clear()
            with naming_a_damaged_base():
                found = self._db.execute(COLUMNS).fetchall()
            _columns[self._base.path] = {table: {*names} for table, names in found}
        return _columns[self._base.path]


def _place(_: Collection[str]) -> str:
    return f"position, epoch_us({SAID_AT})"


def in_base(log: Log, assessment: UUID) -> OfAssessment | None:
    """What the base of a log holds of an assessment, and the log beyond it.

    None where the log has no base, or where something beyond it is to be read by the table.

    Raises:
        Refused: the base's file cannot be read.
    """
    found = opened(log)
    if found is None:
        return None
    try:
        return OfAssessment(*found, assessment, [*log.store.about(assessment, found[0].position)])
    except Unusual:
        return None


def base_alone(log: Log, assessment: UUID) -> OfAssessment | None:
    """What the base of a log holds of an assessment, without what lies beyond it."""
    found = opened(log)
    return OfAssessment(*found, assessment, ()) if found else None


def stored_facts(
    log: Log, assessment: UUID, after: int = 0, kinds: Collection[str] = ()
) -> Iterator[Row]:
    """An assessment's facts as they are stored, in order: all, or at least those of some kinds.

    Those that are in the base are found by their places; nothing else of the log is looked through.

    Raises:
        Refused: the base's file cannot be read.
    """
    if based := base_alone(log, assessment):
        yield from log.store.at([at for at, _ in based.places(kinds) if at > after])
        after = max(after, based.end)
    yield from log.store.about(assessment, after)
