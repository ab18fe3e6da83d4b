"""The library's own way to make a read model: a projection that is given one fact after another.

Each fact and its position are written into the view in one transaction, as in the documentation of
eventsourcing; here the view is in a DuckDB file.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import duckdb
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.projection import Projection

from ehsg_events.kernel import Recorded
from ehsg_events.log.log import Log

TABLES = """
CREATE TABLE fact (
  position BIGINT, topic VARCHAR, assessment UUID, round BIGINT, stakeholder VARCHAR,
  item VARCHAR, said_at TIMESTAMPTZ, said_by VARCHAR, score BIGINT, state VARCHAR);
CREATE TABLE tracking (application VARCHAR, position BIGINT);"""


class Facts(TrackingRecorder):
    """A view in a DuckDB file: the facts, and up to which position they were read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._db = duckdb.connect(str(path))
        self._db.execute(TABLES)

    def keep(self, recorded: Recorded, tracking: Tracking) -> None:
        """Keep a fact and its position, in one transaction."""
        stream, fact = recorded.stream, recorded.fact
        item, score = getattr(fact, "item", stream.item), getattr(fact, "score", None)
        address = (stream.assessment, stream.round, stream.stakeholder, item)
        content = (recorded.stamp.at, recorded.stamp.by, score, fact.model_dump_json())
        row = (tracking.notification_id, fact.TOPIC, *address, *content)
        self._db.execute("BEGIN")
        self._db.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.insert_tracking(tracking)
        self._db.execute("COMMIT")

    def insert_tracking(self, tracking: Tracking) -> None:
        """Store up to which position an application was read."""
        row = (tracking.application_name, tracking.notification_id)
        self._db.execute("INSERT INTO tracking VALUES (?, ?)", row)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Up to which position an application was read."""
        query = "SELECT max(position) FROM tracking WHERE application = ?"
        row = self._db.execute(query, [application_name]).fetchone()
        return row[0] if row else None


class KeptFacts(Projection[Facts]):
    """Every fact, kept in the view."""

    @singledispatchmethod
    def process_event(self, domain_event: Recorded, tracking: Tracking) -> None:
        """Keep one fact."""
        self.view.keep(domain_event, tracking)


def project(folder: str, out: str, most: str) -> int:
    """Give the first facts of a log to the projection, one by one; the position of the last."""
    log, kept = Log(Path(folder)), KeptFacts(Facts(Path(out) / "idiom.duckdb"))
    for recorded in islice(log.all(), int(most)):
        kept.process_event(recorded, Tracking(log.name, recorded.position))
    return kept.view.max_tracking_id(log.name) or 0
