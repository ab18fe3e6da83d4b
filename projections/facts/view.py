"""The facts of one assessment up to a position, as read models see them.

Those that are folded in Python ask for the columns that they need; those in SQL, one file each, see
a table in an in-memory DuckDB, which is laid out when the first of them is asked for. Nothing here
is ever written to disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import starmap
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import duckdb

from ehsg_events.kernel import TOPICS, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.vault import Opened
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream
from guides.model import Guide
from projections.facts.beside import BESIDE, NOTHING, Supposed, lay_beside
from projections.facts.held import held_of, see
from projections.facts.idle import LONGEST, Answers, Folded, LaidOut, Looked, given_back, taken
from projections.facts.long.base import base_of, naming_a_damaged_base
from projections.facts.long.of_assessment import OfAssessment, in_base
from projections.facts.long.source import InBase
from projections.facts.moments import Place, position_at, unplaced_from
from projections.facts.plain import Unusual, places_of
from projections.facts.plain_cache import Kept, plain_facts
from projections.facts.read_models import READ_MODELS, lay_out, words_of
from projections.facts.sources import InMemory, InTable, Source
from projections.facts.table import select

SHORT = 1_000  # rows of an answer that is kept
PLACES = "SELECT position, epoch_us(said_at) FROM held ORDER BY position"
OF_ASSESSMENTS = tuple(t.split(".")[1] for t in TOPICS if t.startswith("assessment."))

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class View:
    """One assessment as it stood once the log had reached a position."""

    log: Log
    assessment: UUID
    position: int
    state: Assessment
    guide: Guide
    source: Source
    laid: set[str] = field(default_factory=set)
    answers: Answers = field(default_factory=dict)
    folded: Folded = field(default_factory=dict)
    supposed: Supposed = NOTHING

    def facts(
        self, row: type[Row], kinds: Sequence[str] = (), after: int = 0, /, **paths: str
    ) -> list[Row]:
        """The facts of some kinds, or all, in the order of the log.

        Args:
            row: a named tuple whose fields are the columns wanted, the position first.
            after: the position before the first that is wanted.
            paths: where fields are that are no column, such as "exposure.room".
        """
        return self.source.facts(row, kinds, paths, after)

    @property
    def db(self) -> duckdb.DuckDBPyConnection:
        """The same facts as the table `fact` of a database."""
        return self.source.db(self.log)

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The rows of a query, by column name; lays out the read models that it needs.

        Pages, letters and reports ask the same of one view many times: DuckDB is asked once.
        """
        asked = (sql, repr(values))
        rows = self.answers[asked] if asked in self.answers else self._select(sql, values)
        if len(rows) <= SHORT:
            self.answers[asked] = rows
        return [*map(dict, rows)]

    def _select(self, sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
        words = words_of(sql, READ_MODELS) - self.laid
        lacking = [name for name in READ_MODELS if name in words]
        with naming_a_damaged_base():
            if words.intersection(BESIDE):
                lay_beside(self.db, self.guide, self.state.rule, self.supposed)
                self.laid.update(BESIDE)
            lay_out(self.db, lacking)
            self.laid.update(lacking)
            return select(self.db, sql, values)

    @cached_property
    def unplaced_from(self) -> int | None:
        """The first position that is not told, nor how many follow; none where all are."""
        firsts = (unplaced_from(self.log), unplaced_from(self.log, self.position))
        return min((first for first in firsts if first is not None), default=None)

    def placed(self, position: int) -> int | None:
        """A fact's position as it may be told: none from the opening of a round on that is open.

        Nor of one that was open then, so that what was printed then is printed again.
        """
        first = self.unplaced_from
        return position if first is None or position < first else None

    def opened(self, words: Words, position: int) -> Opened:
        """What words stand for in the fact at a position, or why it cannot be read there."""
        stream = self.source.stream(position) if position else None
        return self.log.opened(words, stream)


def view_at(log: Log, assessment: UUID, as_of: str | None = None) -> View:
    """An assessment as it stands, or as it stood.

    Args:
        as_of: a log position ("127"), the end of a day ("2026-11-03") or a time
            ("2026-11-03 17:00"), in the assessment's zone unless it names one; now when none is
            given.

    Raises:
        Refused: there is no such assessment, it was not opened yet at that moment, or the moment
            is none of these, beyond the log's end, or a position that is not told.
    """
    opened = log.assessment(assessment)
    with naming_a_damaged_base():
        kept = _in_memory(log, assessment) or in_base(log, assessment)
        looked = Looked(log.folder, assessment, kept.newest, as_of) if kept else None
        laid_out = looked and taken(looked)
        if laid_out and isinstance(laid_out.source, InBase) and isinstance(kept, OfAssessment):
            laid_out.source.goes_on(log, kept)
        laid_out = laid_out or _laid_out(log, assessment, opened, kept, as_of)
    view = View(
        log,
        assessment,
        laid_out.position,
        laid_out.state,
        laid_out.guide,
        laid_out.source,
        laid_out.laid,
        laid_out.answers,
        laid_out.folded,
    )
    if looked and laid_out.facts <= LONGEST:
        given_back(view, looked, laid_out)
    return view


class _Version(NamedTuple):
    position: int
    version: int


def _in_memory(log: Log, assessment: UUID) -> Kept | None:
    """The facts of an assessment as plain values, if its log has no base and they can be read so."""
    try:
        return None if base_of(log) else plain_facts(log, assessment)
    except Unusual:
        return None


def _laid_out(
    log: Log,
    assessment: UUID,
    opened: Assessment,
    kept: Kept | OfAssessment | None,
    as_of: str | None,
) -> LaidOut:
    """What somebody sees who looks at this for the first time."""
    source: Source
    if isinstance(kept, Kept):
        last = _last(log, opened, as_of, kept.facts[-1].position, lambda: places_of(kept.facts))
        source = InMemory(kept.facts, last, lambda log: _seen(held_of(log, assessment), last))
        in_memory = kept.facts
    elif kept:
        last = _last(log, opened, as_of, kept.last, kept.every_place)
        source = InBase(log, kept, last)
        in_memory = kept.beyond
    else:
        held = held_of(log, assessment)
        stand = [*starmap(Place, held.execute(PLACES).fetchall())]
        last = _last(log, opened, as_of, stand[-1].position, lambda: stand)
        source, in_memory = InTable(_seen(held, last)), []
    version = source.facts(_Version, OF_ASSESSMENTS, {})[-1].version
    guide = guide_of(opened, log.folder)
    state = log.states.at_version(assessment_stream(assessment), version)
    assert state is not None, "it was opened"
    many = sum(fact.position <= last for fact in in_memory)
    return LaidOut(source, last, state, guide, many)


def _last(
    log: Log,
    opened: Assessment,
    as_of: str | None,
    newest: int,
    places: Callable[[], Sequence[Place]],
) -> int:
    """The last position that is seen; where everything lies is asked only for an earlier moment."""
    return newest if as_of is None else position_at(places(), log, as_of, opened.policy.zone)


def _seen(held: duckdb.DuckDBPyConnection, upto: int) -> duckdb.DuckDBPyConnection:
    see(held, upto)
    return held
