"""Plain facts stay in memory: who looks again has only new ones read.

All of it may be forgotten at any time; then the facts are read from the log again.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ehsg_events.log.log import Log
from projections.facts.plain import PlainFact, plain
from projections.facts.table import Row

MOST = 20_000  # facts in memory, of all assessments together: 70 MB; of a larger one all
_reading = threading.Lock()


class Kept(NamedTuple):
    """All facts of an assessment, and the newest as it is stored."""

    facts: list[PlainFact]
    newest: Row


_kept: dict[tuple[Path, UUID], Kept] = {}
NOTHING = Kept([], (0, StoredEvent(UUID(int=0), 0, "", b"")))


def plain_facts(log: Log, assessment: UUID) -> Kept:
    """All facts of an assessment, in the order of the log.

    Raises:
        Unusual: one of them is to be read by the table.
    """
    with _reading:
        place = log.folder, assessment
        before = _kept.pop(place, None)
        if before is None or not _is_there(log, assessment, before.newest):
            before = NOTHING  # the log may have been put back
        rows = list(log.store.about(assessment, before.newest[0]))
        kept = Kept([*before.facts, *plain(rows)], rows[-1]) if rows else before
        while _kept and sum(len(other.facts) for other in _kept.values()) + len(kept.facts) > MOST:
            _kept.pop(next(iter(_kept)))  # whoever was looked at longest ago
        _kept[place] = kept
        return kept


def _is_there(log: Log, assessment: UUID, newest: Row) -> bool:
    position, _ = newest
    return [*log.store.about(assessment, position - 1, position)] == [newest]
