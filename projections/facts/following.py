"""Following one assessment live: its facts are taken in as they are committed, by whichever process."""

from __future__ import annotations

import threading
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.streams import assessment_stream
from projections.facts.table import LOCKED, put, ready
from projections.facts.view import View, lay_beside

FOLLOWED = "CREATE TEMP VIEW fact AS FROM main.staged WHERE position <= {}"
REACHED = "SELECT max(position), max(version) FILTER (topic LIKE 'assessment.%') FROM staged"


class Following:
    """One assessment whose facts are at hand; what is new is taken in, what was read stays read.

    Safe to ask from several threads. It is of use to whoever looks again and again: who looks once
    asks `projections.facts.view.view_at`.

    Raises:
        Refused: there is no such assessment.
    """

    def __init__(self, log: Log, assessment: UUID) -> None:
        opened = log.assessment(assessment)
        self._log, self._assessment = log, assessment
        self._guide = guide_of(opened, log.folder)
        self._seen, self._taking = 0, threading.Lock()
        self._db = duckdb.connect(":memory:", config=LOCKED)
        self._db.execute("SET GLOBAL TimeZone = 'UTC'")
        self._db.execute("SET lock_configuration = true")
        lay_beside(self._db, self._guide, opened, shared=True)
        ready(self._db)  # last: a table laid later would have its statement planned anew each time
        self.catch_up()

    def catch_up(self) -> bool:
        """Take in what was committed since; whether anything of this assessment was.

        Raises:
            Refused: a fact cannot be read.
        """
        with self._taking:
            end = self._log.store.last_position()
            new = [*self._log.store.about(self._assessment, self._seen, end)]
            put(self._db, new)
            self._seen = end
            return bool(new)

    def wait(self, timeout: float) -> bool:
        """Sleep until the assessment has moved on, and take it in; false if it has not in time."""
        return self._log.store.wait(self._seen, timeout) and self.catch_up()

    def view(self) -> View:
        """The assessment as it stands by what was taken in."""
        db = self._db.cursor()
        ((last, version),) = db.execute(REACHED).fetchall()
        db.execute(FOLLOWED.format(last))
        state = self._log.states.at_version(assessment_stream(self._assessment), version)
        assert state is not None, "it was opened"
        return View(self._log, self._assessment, last, state, self._guide, db)

    def close(self) -> None:
        """Let go of what is at hand."""
        self._db.close()
