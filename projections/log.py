"""The log as a table: the facts of one assessment up to a position, in an in-memory DuckDB.

The read models are views over that table, one file each; nothing here is ever written to disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from ehsg_events import calendar
from ehsg_events.application import Log
from ehsg_events.assessment import Assessment
from ehsg_events.consensus import yardstick
from ehsg_events.kernel import Refused
from ehsg_events.published import guide_of
from guides.model import Guide
from projections.facts import facts_of, moments
from projections.read_models import lay_out, words_of
from projections.table import lay, select

LONGEST_NUMBER = 19  # digits; no log has more facts
READ_MODELS = (  # each may read those before it
    "own_round",
    "in_force",
    "closed",
    "asked",
    "asked_of",
    "standing",
    "voiced",
    "missing",
    "notes",
    "named_priorities",
    "participation",
    "took_part",
    "progress",
    "consensus",
    "changed",
    "stability",
    "standpoint",
    "disagreement",
    "evidence_quality",
    "outcome",
    "actions",
    "next_steps",
    "peers",
    "trail",
    "nudges",
)
REACHED = "SELECT max(position), max(version) FILTER (topic LIKE 'assessment.%') FROM fact"
SCALE = {
    "item": "VARCHAR",
    "scores": ["BIGINT"],
    **dict.fromkeys(("near", "low_camp", "high_camp", "far"), "BIGINT"),
}
BOX = dict.fromkeys(("item", "field", "kind"), "VARCHAR")
RULE = {"weights": "VARCHAR", "quorum_scores": "BIGINT"} | dict.fromkeys(
    ("agreed_share", "camp_share", "minority_share", "quorum_invited", "quorum_agencies"), "DOUBLE"
)
SUPPOSED = {  # empty, but where something else than what is so is supposed
    "supposed": RULE,
    "left_out": {"stakeholder": "VARCHAR"},
    "unheard": {"position": "BIGINT"},
}


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

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The rows that answer a question, by column."""
        words = words_of(sql, READ_MODELS)
        lacking = [name for name in READ_MODELS if name in words - self.laid]
        lay_out(self.db, lacking)
        self.laid.update(lacking)
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
    db = facts_of(log, assessment, upto=upto)
    guide = guide_of(opened, log.folder)
    lay_beside(db, guide, opened)
    ((last, version),) = db.execute(REACHED).fetchall()
    state = log.folding.as_of(assessment, version)
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
    told = moments(log, assessment)
    if as_of.isdecimal() and len(as_of) < LONGEST_NUMBER:
        newest = log.store.max_notification_id() or 0
        if int(as_of) > newest:
            raise Refused(
                f"The log ends at position {newest}, so it has no position {as_of}. "
                f"Leave --as-of out to see how things stand now."
            )
        found = _whole(told, int(as_of))
    else:
        last = until(as_of, zone)
        found = [position for position, at in told if at <= last]
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


def until(text: str, zone: str) -> datetime:
    """The last moment that a day or a time means, in a zone when it names none.

    Raises:
        Refused: it is neither.
    """
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


def lay_beside(
    db: duckdb.DuckDBPyConnection, guide: Guide, opened: Assessment, *, shared: bool = False
) -> None:
    """Lay the scales and the rule beside the facts: neither ever changes for an assessment.

    Args:
        shared: as `lay` says.
    """
    scales = []
    for item in guide.descriptors:
        scale = guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        scores = [level.score for level in scale.levels]
        scales.append({"item": item, "scores": scores, **yard._asdict()})
    lay(db, "scale", SCALE, scales, shared=shared)
    lay(db, "rule", RULE, [opened.rule.model_dump(mode="json")], shared=shared)
    lay(db, "box", BOX, [*_boxes(guide)], shared=shared)
    for name, drawn in SUPPOSED.items():
        lay(db, name, drawn, [], shared=shared)


def _boxes(guide: Guide) -> Iterator[dict[str, str]]:
    """The boxes for words under each item, and whether they take evidence or a next step."""
    for item in guide.items:
        for box in guide.section_of(item).fields:
            yield {"item": item, "field": box.id, "kind": box.kind}
