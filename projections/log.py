"""The log as a table: the facts of one assessment up to a position, in an in-memory DuckDB.

The read models are views over that table, one file each; nothing here is ever written to disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from ehsg_events import assessment as assessments
from ehsg_events import calendar
from ehsg_events.application import Log
from ehsg_events.assessment import Assessment
from ehsg_events.consensus import yardstick
from ehsg_events.kernel import TOPICS, Refused
from ehsg_events.published import guide_of
from guides.model import Guide
from projections.table import lay, select, table_of

SQL = Path(__file__).parent / "sql"
LONGEST_NUMBER = 19  # digits; no log has more facts
READ_MODELS = (  # each may read those before it
    "own_round",
    "closed",
    "asked",
    "standing",
    "notes",
    "named_priorities",
    "participation",
    "progress",
    "consensus",
    "stability",
    "outcome",
    "peers",
    "trail",
    "nudges",
)
SCALE = {
    "item": "VARCHAR",
    "scores": ["BIGINT"],
    **dict.fromkeys(("near", "low_camp", "high_camp", "far"), "BIGINT"),
}
RULE = {"weights": "VARCHAR", "quorum_scores": "BIGINT"} | dict.fromkeys(
    ("agreed_share", "camp_share", "minority_share", "quorum_invited", "quorum_agencies"), "DOUBLE"
)


@dataclass(frozen=True)
class View:
    """One assessment as it stood once the log had reached a position."""

    log: Log
    assessment: UUID
    position: int
    state: Assessment
    guide: Guide
    db: duckdb.DuckDBPyConnection

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The rows that answer a question, by column."""
        return select(self.db, sql, values)


def view_at(log: Log, assessment: UUID, as_of: str | None = None) -> View:
    """An assessment as it stands, or as it stood.

    Args:
        as_of: a log position or a time, see `position_at`; as it stands now when none is given.

    Raises:
        Refused: there is no such assessment, or it was not yet opened then.
    """
    upto = None if as_of is None else position_at(log, assessment, as_of)
    opened = log.folding.opened(assessment)
    db = table_of(log.store.rows(upto=upto), assessment)
    guide = guide_of(opened, log.folder)
    _lay_out(db, guide, opened)
    state = _folded(db)
    last = select(db, "SELECT max(position) AS last FROM fact")[0]["last"]
    return View(log, assessment, last, state, guide, db)


def position_at(log: Log, assessment: UUID, as_of: str) -> int:
    """The position of an assessment's last fact at or before a moment.

    Args:
        as_of: a log position ("127"), a day ("2026-11-03", its end is meant) or a time
            ("2026-11-03 17:00"), in the assessment's zone when it names none.

    Raises:
        Refused: it is none of these, beyond the log's end, or before the assessment was opened.
    """
    zone = log.folding.opened(assessment).policy.zone
    told = list(_moments(log, assessment))
    if as_of.isdecimal() and len(as_of) < LONGEST_NUMBER:
        newest = log.store.max_notification_id() or 0
        if int(as_of) > newest:
            raise Refused(
                f"The log ends at position {newest}, so it has no position {as_of}. "
                f"Leave --as-of out to see how things stand now."
            )
        found = _whole(told, int(as_of))
    else:
        until = _until(as_of, zone)
        found = [position for position, at in told if at <= until]
    if not found:
        first, at = told[0]
        raise Refused(
            f"This assessment was opened at {calendar.say(at, zone)} (log position {first}), "
            f"so there is nothing to show as of {as_of}. Ask for a later time or position."
        )
    return found[-1]


def _whole(told: Sequence[tuple[int, datetime]], upto: int) -> list[int]:
    """Positions up to one, with those after it that were recorded at the same moment.

    A round is closed, measured and settled at one moment; nobody ever saw it half done.
    """
    found = [(position, at) for position, at in told if position <= upto]
    rest = told[len(found) :]
    moment = found[-1][1] if found else None
    beside = takewhile(lambda one: one[1] == moment, rest)
    return [position for position, _ in (*found, *beside)]


def _until(text: str, zone: str) -> datetime:
    try:
        if len(text) == len("2026-11-03"):
            after = date.fromisoformat(text) + timedelta(days=1)
            midnight = datetime.combine(after, time(), ZoneInfo(zone)).astimezone(UTC)
            return midnight - timedelta(microseconds=1)
        wall = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Refused(
            f"{text} is neither a log position nor a time. Write a position such as 127, a day "
            f"such as 2026-11-03, or a time such as 2026-11-03T17:00."
        ) from None
    return wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))


def _moments(log: Log, assessment: UUID) -> Iterator[tuple[int, datetime]]:
    for position, stored in log.store.rows():
        state = json.loads(stored.state)
        if state["assessment"] == str(assessment):
            yield position, datetime.fromisoformat(state["at"])


def _lay_out(db: duckdb.DuckDBPyConnection, guide: Guide, opened: Assessment) -> None:
    """Lay the scales and the rule beside the facts, and the read models over them."""
    scales = []
    for item in guide.descriptors:
        scale = guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        scores = [level.score for level in scale.levels]
        scales.append({"item": item, "scores": scores, **yard._asdict()})
    lay(db, "scale", SCALE, scales)
    lay(db, "rule", RULE, [opened.rule.model_dump(mode="json")])
    for name in READ_MODELS:
        db.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))


def _folded(db: duckdb.DuckDBPyConnection) -> Assessment:
    state: Assessment | None = None
    for row in select(db, "SELECT topic, fact FROM trail WHERE topic LIKE 'assessment.%'"):
        fact = TOPICS[row["topic"]].model_validate_json(row["fact"])
        state = assessments.evolve(state, fact)  # type: ignore[arg-type]  # by the topic's prefix
    assert state is not None, "a position was found, so the assessment is open"
    return state
