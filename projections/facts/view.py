"""The log as a table: the facts of one assessment up to a position, in an in-memory DuckDB.

The read models are views over that table, one file each; nothing here is ever written to disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

import duckdb

from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Words
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.vault import Opened
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream
from guides.model import Guide
from projections.facts.base import naming_a_damaged_base
from projections.facts.beside import BESIDE, NOTHING, Supposed, lay_beside
from projections.facts.columns import columns_of
from projections.facts.held import NOBODY_KNOWS, held_of, newest_of, see
from projections.facts.idle import LONGEST, Answers, Folded, LaidOut, Looked, given_back, taken
from projections.facts.moments import refuse_unless_placed, unplaced_from, until
from projections.facts.read_models import READ_MODELS, lay_out, words_of
from projections.facts.table import select

SHORT = 1_000  # rows of an answer that is kept
LONGEST_NUMBER = 19  # digits; no log has more facts
STREAMS = "SELECT position, stream FROM fact"
REACHED = """
  SELECT max(position), max(version) FILTER (topic LIKE 'assessment.%'), count(*) FROM fact"""
BY_PLACE = """
  SELECT max(position) FROM held WHERE position < coalesce((
    SELECT min(position) FROM held WHERE position > $1 AND said_at IS DISTINCT FROM (
      SELECT arg_max(said_at, position) FROM held WHERE position <= $1)), $2)"""
BY_TIME = "SELECT max(position) FROM held WHERE said_at <= $1"
OPENED = "SELECT arg_min(said_at, position) FROM held"

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class View:
    """One assessment as it stood once the log had reached a position."""

    log: Log
    assessment: UUID
    position: int
    state: Assessment
    guide: Guide
    db: duckdb.DuckDBPyConnection
    laid: set[str] = field(default_factory=set)
    answers: Answers = field(default_factory=dict)
    folded: Folded = field(default_factory=dict)
    supposed: Supposed = NOTHING

    def facts(self, row: type[Row], kinds: Sequence[str] = (), **paths: str) -> list[Row]:
        """The facts of some kinds, or all, in the order of the log.

        Args:
            row: a named tuple whose fields are the columns wanted, the position first.
            paths: where fields are that are no column, such as "exposure.room".
        """
        wanted = ", ".join(f"'{kind}'" for kind in kinds)
        where = f"WHERE what IN ({wanted})" if kinds else ""
        sql = f"SELECT {columns_of(row, paths)} FROM fact {where}"  # noqa: S608 - our own names
        with naming_a_damaged_base():
            rows = self.db.execute(sql).fetchall()
        rows.sort(key=itemgetter(0))  # DuckDB takes longer to plan an order than Python to sort
        return [*map(row._make, rows)]  # type: ignore[attr-defined]

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
    def _streams(self) -> dict[int, UUID]:
        """The stream of each fact, by its position."""
        return {row["position"]: row["stream"] for row in self.ask(STREAMS)}

    @cached_property
    def _unplaced_from(self) -> int | None:
        firsts = (unplaced_from(self.log), unplaced_from(self.log, self.position))
        return min((first for first in firsts if first is not None), default=None)

    def placed(self, position: int) -> int | None:
        """A fact's position as it may be told: none from the opening of a round on that is open.

        Nor of one that was open then, so that what was printed then is printed again.
        """
        first = self._unplaced_from
        return position if first is None or position < first else None

    def opened(self, words: Words, position: int) -> Opened:
        """What words stand for in the fact at a position, or why it cannot be read there."""
        return self.log.opened(words, self._streams.get(position))


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
        laid_out = _idle(log, assessment, as_of) or _laid_out(log, assessment, opened, as_of)
    view = View(
        log,
        assessment,
        laid_out.position,
        laid_out.state,
        laid_out.guide,
        laid_out.db,
        laid_out.laid,
        laid_out.answers,
        laid_out.folded,
    )
    if laid_out.newest:
        looked = Looked(log.folder, assessment, laid_out.newest, as_of)
        given_back(view, looked, laid_out)
    return view


def _idle(log: Log, assessment: UUID, as_of: str | None) -> LaidOut | None:
    """What somebody laid out who looked at the same before.

    What could be told of a moment then can be told of it now: a round hides only what comes later.
    """
    newest = newest_of(log, assessment)
    return newest and taken(Looked(log.folder, assessment, newest, as_of))


def _laid_out(log: Log, assessment: UUID, opened: Assessment, as_of: str | None) -> LaidOut:
    held = held_of(log, assessment)
    db, zone = held.db, opened.policy.zone
    see(held, NOBODY_KNOWS if as_of is None else _position_at(db, log, as_of, zone))
    ((last, version, facts),) = db.execute(REACHED).fetchall()
    guide = guide_of(opened, log.folder)
    state = log.states.at_version(assessment_stream(assessment), version)
    assert state is not None, "it was opened"
    newest = held.newest[0] if held.small and facts <= LONGEST else None
    return LaidOut(db, last, state, guide, newest)


def _position_at(db: duckdb.DuckDBPyConnection, log: Log, as_of: str, zone: str) -> int:
    """The position of the last fact held at or before a moment.

    Facts recorded at one moment are never split: a round is closed, measured and settled at once,
    and nobody ever saw it half done.
    """
    if as_of.isdecimal() and len(as_of) < LONGEST_NUMBER:
        refuse_unless_placed(log, int(as_of))
        ((last,),) = db.execute(BY_PLACE, [int(as_of), NOBODY_KNOWS]).fetchall()
    else:
        ((last,),) = db.execute(BY_TIME, [until(as_of, zone)]).fetchall()
    if last is None:
        ((at,),) = db.execute(OPENED).fetchall()
        raise Refused(
            f"This assessment was opened at {calendar.say(at, zone)}, so there is nothing to show as "
            f"of {as_of}. Ask for a later time or position."
        )
    position: int = last
    return position
