"""Following one assessment live: its facts are read as they are committed, by whichever process."""

from __future__ import annotations

import threading
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.streams import assessment_stream
from projections.facts.sources import InTable
from projections.facts.table import LOCKED, put, ready
from projections.facts.view import View

FOLLOWED = """
CREATE TEMP VIEW held AS FROM main.staged WHERE position <= {0};
CREATE TEMP VIEW fact AS FROM held"""
REACHED = "SELECT max(position), max(version) FILTER (topic LIKE 'assessment.%') FROM staged"


class Following:
    """One assessment with its facts kept in memory; `catch_up` reads only what is new.

    Safe to use from several threads. It pays off where one looks repeatedly; to look once, use
    `projections.facts.view.view_at`.

    Raises:
        Refused: there is no such assessment.
    """

    def __init__(self, log: Log, assessment: UUID) -> None:
        opened = log.assessment(assessment)
        self._log, self._assessment = log, assessment
        self._guide = guide_of(opened, log.folder)
        self._seen, self._reading = (
            0,
            threading.Lock(),
        )  # the last position read, one reader at a time
        self._db = duckdb.connect(":memory:", config=LOCKED)
        self._db.execute("SET GLOBAL TimeZone = 'UTC'")
        self._db.execute("SET lock_configuration = true")
        ready(self._db)
        self.catch_up()

    def catch_up(self) -> bool:
        """Read what was committed since the last time; whether any of it is this assessment's.

        Raises:
            Refused: a fact cannot be read.
        """
        with self._reading:
            end = self._log.store.last_position()
            new = [*self._log.store.about(self._assessment, self._seen, end)]
            put(self._db, new)
            self._seen = end
            return bool(new)

    def wait(self, timeout: float) -> bool:
        """Sleep until the log has moved on, then catch up.

        Args:
            timeout: seconds to sleep at most.

        Returns:
            Whether anything new is this assessment's; false when the time is over.

        Raises:
            Refused: as `catch_up`.
        """
        return self._log.store.wait(self._seen, timeout) and self.catch_up()

    def view(self) -> View:
        """The assessment as it stands by the facts read so far."""
        db = self._db.cursor()
        ((last, version),) = db.execute(REACHED).fetchall()
        db.execute(FOLLOWED.format(last))
        state = self._log.states.at_version(assessment_stream(self._assessment), version)
        assert state is not None, "it was opened"
        return View(self._log, self._assessment, last, state, self._guide, InTable(db))

    def close(self) -> None:
        """Close the database."""
        self._db.close()
