"""The facts of one assessment on a long log: from its base, and from the log itself beyond it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.columns import columns_of
from projections.facts.held import facts_of
from projections.facts.long.families import columns_of_base
from projections.facts.long.of_assessment import OfAssessment
from projections.facts.plain import Unusual, plain
from projections.facts.sources import InMemory, InTable

R = TypeVar("R", bound=tuple[Any, ...])
WITHDRAWN = ("InterviewWithdrawn",)


class InBase:
    """Facts up to a position.

    What the base has no column for is read as it is stored, by its place. DuckDB is given all facts
    only where somebody asks in SQL.
    """

    def __init__(self, log: Log, based: OfAssessment, upto: int) -> None:
        self._log, self._upto = log, upto
        self._based: OfAssessment | None = based
        self._assessment = based.assessment
        self._beyond = InMemory(based.beyond, upto, _never)
        self._table: duckdb.DuckDBPyConnection | None = None

    def rest(self) -> None:
        """Hold the base no longer: it may be damaged, or made anew under its name."""
        self._based = None

    def goes_on(self, log: Log, based: OfAssessment) -> None:
        """Look again, from a log and a base that are open now."""
        self._log, self._based = log, based

    @property
    def _held(self) -> OfAssessment:
        assert self._based, "nobody asks while it rests"
        return self._based

    def db(self, log: Log) -> duckdb.DuckDBPyConnection:
        """The connection, opened when it is first asked for."""
        if self._table is None:
            self._table = facts_of(log, self._assessment, upto=self._upto)
        return self._table

    def facts(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int = 0
    ) -> list[R]:
        """Facts by flat queries."""
        names: Sequence[str] = row._fields  # type: ignore[attr-defined]
        asked = {paths.get(name, name).partition(".")[0] for name in names}
        try:
            if asked <= columns_of_base():
                first = self._selected(row, kinds, paths, after)
            else:
                first = self._as_stored(row, kinds, paths, after)
        except Unusual:
            return InTable(self.db(self._log)).facts(row, kinds, paths, after)
        return first + self._beyond.facts(row, kinds, paths, after)

    def gone(self) -> frozenset[str]:
        """Who has withdrawn."""
        found = self._held.ask(lambda _: "stakeholder", WITHDRAWN)
        return self._beyond.gone().union(person for (person,) in found)

    def stream(self, position: int) -> UUID | None:
        """The stream of a fact, wherever it stands."""
        return next(
            (UUID(str(row.originator_id)) for _, row in self._log.store.at((position,))), None
        )

    def _selected(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int
    ) -> list[R]:
        def wanted(columns: Collection[str]) -> str:
            return columns_of(row, paths, columns)

        rows = [*self._held.ask(wanted, kinds, self._upto, after)]
        rows.sort(key=itemgetter(0))  # DuckDB takes longer to plan an order than Python to sort
        return [*map(row._make, rows)]  # type: ignore[attr-defined]

    def _as_stored(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], after: int
    ) -> list[R]:
        places = self._held.places(kinds, self._upto)
        positions = [position for position, _ in places if position > after]
        stored = InMemory(plain(self._log.store.at(positions)), self._upto, _never)
        return stored.facts(row, (), paths)


def _never(_: Log) -> duckdb.DuckDBPyConnection:
    """A part is never asked in SQL; a method of the whole would keep it alive in a circle."""
    raise AssertionError
