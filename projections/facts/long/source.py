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
from projections.facts.long.kept_rows import kept_rows
from projections.facts.long.of_assessment import OfAssessment, Span
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
        upto = min(self._upto, self._held.end)
        span = after, upto
        if after >= upto:
            return self._beyond.facts(row, kinds, paths, after)
        question = self._held.path, self._assessment, span, row, (*kinds,), (*paths.items(),)
        try:
            first = kept_rows(question, lambda: self._in_base(row, kinds, paths, span))
        except Unusual:
            return InTable(self.db(self._log)).facts(row, kinds, paths, after)
        return [*first, *self._beyond.facts(row, kinds, paths, after)]

    def _in_base(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], span: Span
    ) -> list[R]:
        names: Sequence[str] = row._fields  # type: ignore[attr-defined]
        asked = {paths.get(name, name).partition(".")[0] for name in names}
        has_all = asked <= columns_of_base()
        return (self._selected if has_all else self._as_stored)(row, kinds, paths, span)

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
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], span: Span
    ) -> list[R]:
        def wanted(columns: Collection[str]) -> str:
            return columns_of(row, paths, columns)

        rows = [*self._held.ask(wanted, kinds, span)]
        rows.sort(key=itemgetter(0))  # DuckDB takes longer to plan an order than Python to sort
        return [*map(row._make, rows)]  # type: ignore[attr-defined]

    def _as_stored(
        self, row: type[R], kinds: Sequence[str], paths: dict[str, str], span: Span
    ) -> list[R]:
        positions = [position for position, _ in self._held.places(kinds, span)]
        stored = InMemory(plain(self._log.store.at(positions)), self._upto, _never)
        return stored.facts(row, (), paths)


def _never(_: Log) -> duckdb.DuckDBPyConnection:
    """A part is never asked in SQL; a method of the whole would keep it alive in a circle."""
    raise AssertionError
