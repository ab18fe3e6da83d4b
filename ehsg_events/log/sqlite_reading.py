"""Every way of reading facts from the log's file, in order and with their positions."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

PAGE = 5000  # facts read at once
FACTS = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
WHERE = "SELECT rowid, originator_id, topic FROM stored_events WHERE"
ABOUT = "WHERE rowid > ? AND rowid <= ? AND instr(state, ?) {topics} ORDER BY rowid LIMIT ?"
# Every state begins with {"assessment": "…": reading it as JSON would take many times as long.
# By a step on the index from each topic to the next: to group a million rows takes a fifth of a second.
EACH_TOPIC = """
WITH RECURSIVE each(topic) AS (
  SELECT min(topic) FROM stored_events
  UNION ALL
  SELECT (SELECT min(topic) FROM stored_events WHERE topic > each.topic) FROM each
  WHERE topic IS NOT NULL
), known AS (
  SELECT
    topic,
    (SELECT min(rowid) FROM stored_events AS one WHERE one.topic = each.topic) AS first,
    (SELECT max(rowid) FROM stored_events AS one WHERE one.topic = each.topic) AS last
  FROM each WHERE topic IS NOT NULL
)"""
FIRSTS = "SELECT topic, first FROM known"
LASTS = "WHERE rowid IN (SELECT last FROM known) ORDER BY rowid"
WHOSE = "SELECT rowid, substr(state, 17, 36) FROM stored_events WHERE rowid <= ? ORDER BY rowid"
OF_TOPIC = "SELECT substr(state, 17, 36) FROM stored_events WHERE topic = ? ORDER BY rowid"
AT_ONCE = 500  # positions asked for in one query
BACKWARDS = "WHERE rowid < ? ORDER BY rowid DESC LIMIT ?"


class SQLiteReading(SQLiteApplicationRecorder):
    """Reads stored facts; `sqlite_store` appends them."""

    def rows(
        self, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[tuple[int, StoredEvent]]:
        """Stored facts in order, with their positions: all, or those of some topics."""
        while True:
            page = self.select_notifications(after, PAGE, upto, topics, inclusive_of_start=False)
            for row in page:
                yield row.id, row
                after = row.id
            if len(page) < PAGE:
                return

    def about(
        self, assessment: UUID, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[tuple[int, StoredEvent]]:
        """Stored facts that name an assessment, in order, with their positions."""
        end = self.last_position() if upto is None else upto
        among = f"AND topic IN ({', '.join('?' * len(topics))})" if topics else ""
        wanted, name = FACTS + ABOUT.format(topics=among), str(assessment).encode()
        while page := self._page(wanted, (after, end, name, *topics, PAGE)):
            yield from page
            after = page[-1][0]

    def by_assessment(self, upto: int) -> dict[UUID, Sequence[int]]:
        """The positions of each assessment's facts, without reading the facts."""
        positions: dict[bytes, array[int]] = defaultdict(lambda: array("Q"))
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(WHOSE, (upto,))
            for position, assessment in cursor.fetchall():
                positions[assessment].append(position)
        return {UUID(name.decode()): where for name, where in positions.items()}

    def whose(self, topic: str) -> list[UUID]:
        """The assessments that the facts of a topic are about, without reading the facts."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(OF_TOPIC, (topic,))
            return [UUID(row[0].decode()) for row in cursor.fetchall()]

    def at(self, positions: Sequence[int]) -> Iterator[tuple[int, StoredEvent]]:
        """The stored facts at some positions, in order."""
        for first in range(0, len(positions), AT_ONCE):
            some = positions[first : first + AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from self._page(f"{FACTS} WHERE rowid IN ({marks}) ORDER BY rowid", some)

    def caused_by(self, key: str) -> Sequence[tuple[int, StoredEvent]]:
        """The facts of one cause, searched backwards: a repeated cause is mostly a recent one."""
        facts: list[tuple[int, StoredEvent]] = []
        before = self.last_position() + 1
        while page := self._page(FACTS + BACKWARDS, (before, PAGE)):
            caused = [row for row in page if json.loads(row[1].state)["key"] == key]
            facts += caused
            before = page[-1][0]
            if facts and page[-1] not in caused:
                break
        return facts[::-1]

    def _page(self, wanted: str, values: Sequence[object]) -> list[tuple[int, StoredEvent]]:
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(wanted, values)
            return [(row[0], StoredEvent(UUID(row[1]), *row[2:])) for row in cursor.fetchall()]

    def last_position(self) -> int:
        """The position of the last fact, 0 when there is none."""
        return self.max_notification_id() or 0

    def tail(self, after: int) -> list[tuple[int, UUID]]:
        """Positions after `after`, each with the stream whose fact stands there."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                "SELECT rowid, originator_id FROM stored_events WHERE rowid > ? ORDER BY rowid",
                (after,),
            )
            return [(row[0], UUID(row[1])) for row in cursor.fetchall()]

    def where(
        self, topics: Sequence[str], upto: int | None = None
    ) -> list[tuple[int, object, str]]:
        """Where facts of some topics stand, without reading the facts."""
        among = ", ".join("?" * len(topics))
        until = "AND rowid <= ?" if upto is not None else ""
        wanted = f"{WHERE} topic IN ({among}) {until} ORDER BY rowid"
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(wanted, (*topics, *(() if upto is None else (upto,))))
            return list(cursor.fetchall())

    def topics(self) -> dict[str, int]:
        """Every topic on the log, with the position where it stands first."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(f"{EACH_TOPIC} {FIRSTS}")
            return {row[0]: row[1] for row in cursor.fetchall()}

    def newest_of_each_topic(self) -> Iterator[tuple[int, StoredEvent]]:
        """The last fact of each topic, with its position."""
        yield from self._page(f"{EACH_TOPIC} {FACTS} {LASTS}", ())
