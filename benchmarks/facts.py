"""A log of any length: a few assessments that were lived, and copies of them under other ids.

"Lived" means run through the product's own decisions. Twenty assessments are under way at a time,
so that on the log the facts of each lie among those of others, as in a region's. The lived ones are
the newest, and their texts can be opened.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from benchmarks.area import AREA, live
from ehsg_events.kernel import Recorded, Stream
from ehsg_events.log.log import Log

LIVED, ABOUT, AT_ONCE, APART = 4, 5000, 20, timedelta(weeks=12)
DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T)")
WORDS = re.compile(r'(?<="id": ")[0-9a-f]{8}|(?<="note": ")[0-9a-f]{8}|(?<="sha256": ")[0-9a-f]{8}')
SAVE = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
    "VALUES (?, ?, ?, ?)"
)
KEYS = (
    "INSERT OR IGNORE INTO idempotency_key "
    "SELECT DISTINCT json_extract(CAST(state AS TEXT), '$.key') FROM stored_events ORDER BY 1"
)
Row = tuple[str, int, str, bytes]


class Written(NamedTuple):
    """What is on the log: how many facts, and the assessments, of which the last was lived."""

    facts: int
    assessments: list[UUID]


class Line(NamedTuple):
    """One fact of an assessment that was lived, and the pattern of its copies."""

    at: datetime
    stream: int
    version: int
    topic: str
    state: str
    pattern: str


@dataclass(frozen=True)
class Lived:
    """An assessment that was lived: its streams, its facts in order, and the days they name."""

    assessment: UUID
    streams: list[Stream]
    lines: list[Line]
    days: frozenset[str]


def write(folder: Path, facts: int) -> Written:
    """Write a log of about so many facts into a data folder, of whole assessments only.

    A log that is there already is used as it is.
    """
    if not (folder / "log.sqlite").exists():
        _write(folder, facts)
    with closing(Log(folder)) as log:
        copies = [name for name, _, opened in log.assessments() if opened.area == AREA]
        return Written(log.store.last_position(), copies)


def _write(folder: Path, facts: int) -> None:
    lived = _live(folder / "lived", min(LIVED, 1 + facts // (3 * ABOUT)))
    lines = sum(len(original.lines) for original in lived)
    many = max(len(lived), round(facts * len(lived) / lines))
    assessments = [uuid5(NAMESPACE_URL, f"copy {number}") for number in range(many - len(lived))]
    assessments += [original.assessment for original in lived]
    Log(folder).close()  # makes the tables
    with closing(sqlite3.connect(folder / "log.sqlite", isolation_level=None)) as db:
        _fill(db, lived, assessments)
        db.execute("ATTACH ? AS lived", (str(folder / "lived" / "log.sqlite"),))
        db.execute("INSERT INTO sealed_text SELECT * FROM lived.sealed_text")
    shutil.rmtree(folder / "keys")
    (folder / "lived" / "keys").rename(folder / "keys")
    shutil.rmtree(folder / "lived")
    Log(folder).close()  # restores the triggers and the journal


def _fill(db: sqlite3.Connection, lived: Sequence[Lived], assessments: Sequence[UUID]) -> None:
    """Write every fact and its key at once, without the triggers and the journal."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("DROP TRIGGER no_replace")
    db.execute("BEGIN")
    for first in range(0, len(assessments), AT_ONCE):
        under_way = assessments[first : first + AT_ONCE]
        back = APART * ((len(assessments) - 1 - first) // AT_ONCE)
        db.executemany(SAVE, _under_way([*_copies(lived, under_way, back)]))
    db.execute(KEYS)
    db.execute("COMMIT")


# -- what was lived ----------------------------------------------------------------------------
def _live(folder: Path, many: int) -> list[Lived]:
    """A few assessments, lived on a log of their own."""
    names = [uuid5(NAMESPACE_URL, f"lived {number}") for number in range(many)]
    with closing(Log(folder)) as log:
        for seed, name in enumerate(names):
            live(log, name, seed)
        facts = [
            (recorded, stored.state.decode())
            for recorded, (_, stored) in zip(log.all(), log.store.rows(), strict=True)
        ]
    return [
        _read(name, [(fact, state) for fact, state in facts if fact.stream.assessment == name])
        for name in names
    ]


def _read(assessment: UUID, facts: Sequence[tuple[Recorded, str]]) -> Lived:
    """Its facts as patterns, in which assessment, days and words are to be filled in."""
    streams = {recorded.stream: None for recorded, _ in facts}
    places = {stream: place for place, stream in enumerate(streams)}
    moments = accumulate((recorded.stamp.at for recorded, _ in facts), max)
    lines = [
        Line(
            at,
            places[recorded.stream],
            recorded.version,
            recorded.fact.TOPIC,
            state,
            _pattern(state, assessment),
        )
        for at, (recorded, state) in zip(moments, facts, strict=True)
    ]
    days = frozenset(day for _, state in facts for day in DAY.findall(state))
    return Lived(assessment, list(places), lines, days)


def _pattern(state: str, assessment: UUID) -> str:
    marked = state.replace("%", "%%").replace(str(assessment), "%(assessment)s")
    return WORDS.sub("%(words)s", DAY.sub(r"%(\g<0>)s", marked))


# -- its copies --------------------------------------------------------------------------------
class Copy(NamedTuple):
    """One assessment under way: what it is a copy of, its streams' ids, and what is filled in.

    `filled` is none for an assessment that was lived.
    """

    of: Lived
    streams: list[str]
    filled: dict[str, str] | None

    def row(self, line: Line) -> Row:
        """A fact as it is to be stored; unchanged for an assessment that was lived."""
        state = line.state if self.filled is None else line.pattern % self.filled
        return self.streams[line.stream], line.version, line.topic, state.encode()


def _copies(lived: Sequence[Lived], assessments: Sequence[UUID], back: timedelta) -> Iterator[Copy]:
    own = {source.assessment: source for source in lived}
    for number, assessment in enumerate(assessments):
        of = own.get(assessment) or lived[number % len(lived)]
        days = {day: (date.fromisoformat(day) - back).isoformat() for day in of.days}
        words = {"assessment": str(assessment), "words": assessment.hex[:8]}
        streams = [_of(assessment, stream).id.hex for stream in of.streams]
        yield Copy(of, streams, None if assessment in own else {**days, **words})


def _of(assessment: UUID, stream: Stream) -> Stream:
    return Stream.model_construct(**{**dict(stream), "assessment": assessment})


def _under_way(copies: Sequence[Copy]) -> Iterator[Row]:
    """The facts of assessments that are under way at the same time, in the order of their times."""
    order = sorted(
        (line.at, place, number)
        for place, copy in enumerate(copies)
        for number, line in enumerate(copy.of.lines)
    )
    for _, place, number in order:
        yield copies[place].row(copies[place].of.lines[number])
