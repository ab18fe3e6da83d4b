"""Where a view's facts come from: plain values in memory, or a table in DuckDB."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Protocol, TypeVar
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.columns import columns_of
from projections.facts.plain import PlainFact, field_of, is_as_it_is

R = TypeVar("R", bound=tuple[Any, ...])


class Source(Protocol):
    """The facts of an assessment up to a position."""

    def db(self, log: Log) -> duckdb.DuckDBPyConnection:
        """A connection that sees them as `fact`, and in `held` who withdrew later, too."""

    def facts(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int = 0
    ) -> list[R]:
        """As `projections.facts.view.View.facts`."""

    def gone(self) -> frozenset[str]:
        """Who has withdrawn, also if it was after the position."""

    def stream(self, position: int) -> UUID | None:
        """The stream of the fact at a position; none where there is none of the assessment."""

    def rest(self) -> None:
        """Hold no file open while nobody looks."""


class InTable:
    """Facts in DuckDB, of which some are unusual."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def db(self, log: Log) -> duckdb.DuckDBPyConnection:  # noqa: ARG002 - as every source
        """The connection."""
        return self._db

    def facts(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int = 0
    ) -> list[R]:
        """Facts by one flat query."""
        wanted = ", ".join(f"'{kind}'" for kind in kinds)
        among = f"AND what IN ({wanted})" if kinds else ""
        sql = f"SELECT {columns_of(row, paths)} FROM fact WHERE position > {after} {among}"  # noqa: S608 - our own names
        rows = self._db.execute(sql).fetchall()
        rows.sort(key=itemgetter(0))  # DuckDB takes longer to plan an order than Python to sort
        return [*map(row._make, rows)]  # type: ignore[attr-defined]

    def gone(self) -> frozenset[str]:
        """Who has withdrawn."""
        rows = self._db.execute(GONE).fetchall()
        return frozenset(person for (person,) in rows)

    def stream(self, position: int) -> UUID | None:
        """The stream of a fact."""
        return self._streams.get(position)

    @cached_property
    def _streams(self) -> dict[int, UUID]:
        return dict(self._db.execute("SELECT position, stream FROM fact").fetchall())

    def rest(self) -> None:
        """It is in memory."""


GONE = "SELECT DISTINCT stakeholder FROM held WHERE what = 'InterviewWithdrawn'"


class InMemory:
    """Plain facts; DuckDB is asked to read them again only where somebody asks in SQL.

    Args:
        every: all facts of the assessment.
        upto: the last position that is seen.
        opened: opens a connection that sees them in DuckDB; the log that they were read from may be
            closed by then, so it is given another of the same folder.
    """

    def __init__(
        self,
        every: Sequence[PlainFact],
        upto: int,
        opened: Callable[[Log], duckdb.DuckDBPyConnection],
    ) -> None:
        self._seen = [fact for fact in every if fact.position <= upto]
        self._gone = frozenset(
            fact.columns["stakeholder"] for fact in every if fact.what == "InterviewWithdrawn"
        )
        self._opened = opened
        self._db: duckdb.DuckDBPyConnection | None = None

    def db(self, log: Log) -> duckdb.DuckDBPyConnection:
        """The connection, opened when it is first asked for."""
        if self._db is None:
            self._db = self._opened(log)
        return self._db

    def facts(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int = 0
    ) -> list[R]:
        """Facts as they are: of a column its value, of a path what is found there."""
        names: Sequence[str] = row._fields  # type: ignore[attr-defined]
        asked = [paths.get(name, name) for name in names]
        made = [(at, field_of(path)) for at, path in enumerate(asked) if not is_as_it_is(path)]
        wanted, facts = frozenset(kinds), list[R]()
        for fact in self._seen[bisect_right(self._seen, after, key=itemgetter(0)) :]:
            if not wanted or fact.what in wanted:
                values = [*map(fact.columns.get, asked)]
                for at, field in made:
                    values[at] = field(fact)
                facts.append(row._make(values))  # type: ignore[attr-defined]
        return facts

    def gone(self) -> frozenset[str]:
        """Who has withdrawn."""
        return self._gone

    def stream(self, position: int) -> UUID | None:
        """The stream of a fact."""
        return self._streams.get(position)

    @cached_property
    def _streams(self) -> dict[int, UUID]:
        return {fact.position: fact.columns["stream"] for fact in self._seen}

    def rest(self) -> None:
        """They are in memory."""
