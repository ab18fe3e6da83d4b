"""One area's years side by side, under different guides: what each said, and what is lost between.

A crosswalk says which items bear on each other; scores are shown as they were given, each in the
words of its own scale, and never turned into one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from duckdb import DuckDBPyConnection

from ehsg_events.commands import submissions
from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen, Refused, Way
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.streams import assessment_stream
from ehsg_events.states.submission import submission_id
from guides import library
from guides.crosswalk import Crosswalk
from guides.model import Guide
from projections.facts.held import facts_of
from projections.facts.read_models import lay_out
from projections.facts.table import lay, select

READ_MODELS = ("handed_in", "years")


class Year(Frozen):
    """What was handed in or is being assessed: a column."""

    id: UUID
    year: int
    guide: str
    source: str


class Said(Frozen):
    """One item's score in one column, in its own scale's words; both are none where missing."""

    id: UUID
    year: int
    guide: str
    item: str
    score: int | None
    words: str | None


class Line(Frozen):
    """A descriptor of the newest guide with all that bears on it.

    `kind` and `lost` say for each older guide how closely, and what is lost.
    """

    item: str
    label: str
    said: tuple[Said, ...]
    kind: dict[str, str]
    lost: dict[str, str]


class Left(Frozen):
    """What an older guide asked and the newest does not."""

    guide: str
    item: str
    label: str
    lost: str
    said: tuple[Said, ...]


class Years(Frozen):
    """One area's years side by side.

    `crosswalks` are those used, with whose judgement they are; `apart` names the years that no
    crosswalk joins to the newest guide.
    """

    area: str
    guide: str
    columns: tuple[Year, ...]
    crosswalks: dict[str, str]
    scales: tuple[str, ...]
    lines: tuple[Line, ...]
    alone: tuple[Left, ...]
    apart: tuple[Year, ...]


class _Held(NamedTuple):
    column: Year
    guide: Guide


def years(log: Log, area: str, upto: int | None = None) -> Years:
    """Everything on the log that an area assessed or handed in, by year.

    Args:
        upto: scores as they stood once the log had reached this position; as they stand if none.

    Raises:
        Refused: there is nothing of this area.
    """
    held = sorted(_held(log, area), key=lambda one: (one.column.year, one.guide.year))
    if not held:
        raise Refused(
            f"Nothing of {area} is on the log.",
            Way("assessment list", "see the assessments"),
            Way("submission import", "bring a form in", {"area": area}),
        )
    newest = max(held, key=lambda one: (one.guide.year, one.guide.version)).guide
    walks = {walk.earlier: walk for walk in _walks(held, newest, log.folder)}
    joined = [one for one in held if one.guide.id in (newest.id, *walks)]
    found = facts_of(log, *(one.column.id for one in joined), upto=upto)
    rows = _rows(found, joined, newest, list(walks.values()))
    guides = {one.guide.id: one.guide for one in held}
    said = [(row["item"], _said(row, guides[row["guide"]])) for row in rows]
    return Years(
        area=area,
        guide=newest.id,
        columns=tuple(one.column for one in joined),
        crosswalks={walk.id: walk.by for walk in walks.values()},
        scales=tuple(walk.scales for walk in walks.values()),
        lines=tuple(_line(newest, item, said, list(walks.values())) for item in newest.descriptors),
        alone=tuple(_alone(guides, said, list(walks.values()))),
        apart=tuple(one.column for one in held if one not in joined),
    )


def _held(log: Log, area: str) -> Iterator[_Held]:
    for one in submissions.imported(log):
        if submission_id(one.area, one.year) == submission_id(area, one.year):
            found = library.guide(one.guide, log.folder).guide
            name = submission_id(area, one.year)
            yield _Held(
                Year(id=name, year=one.year, guide=found.id, source="imported submission"), found
            )
    for assessment, at, opened in log.assessments():
        if submission_id(opened.area, 0) != submission_id(area, 0):
            continue
        state = log.read(assessment_stream(assessment))
        assert state is not None, "it was opened"
        guide = guide_of(state, log.folder)
        signed = "signed off" if state.signed_off else "not signed off"
        year = calendar.local_day(at, state.policy.zone).year
        column = Year(id=assessment, year=year, guide=guide.id, source=f"assessment, {signed}")
        yield _Held(column, guide)


def _walks(held: Sequence[_Held], newest: Guide, folder: Path) -> Iterator[Crosswalk]:
    for name in dict.fromkeys(one.guide.id for one in held if one.guide.id != newest.id):
        walk = library.newest(Crosswalk, f"{name}--{newest.id}", folder)
        if walk is not None:
            yield walk


def _rows(
    db: DuckDBPyConnection, held: Sequence[_Held], newest: Guide, walks: Sequence[Crosswalk]
) -> list[dict[str, Any]]:
    columns = {"assessment": "UUID", "year": "BIGINT", "guide": "VARCHAR", "nth": "BIGINT"}
    lay(
        db,
        "submission",
        columns,
        [
            {"assessment": str(c.id), "year": c.year, "guide": c.guide, "nth": nth}
            for nth, (c, _) in enumerate(held)
        ],
    )
    bearing = {"place": "BIGINT", "item": "VARCHAR", "guide": "VARCHAR", "source": "VARCHAR"}
    lay(db, "bears_on", bearing, list(_bearings(newest, walks)))
    lay_out(db, READ_MODELS)
    return select(db, "SELECT * FROM years")


def _bearings(newest: Guide, walks: Sequence[Crosswalk]) -> Iterator[dict[str, Any]]:
    places = {item: place for place, item in enumerate(newest.descriptors)}
    for item, place in places.items():
        yield {"place": place, "item": item, "guide": newest.id, "source": item}
    for walk in walks:
        for one in walk.bearings:
            for source in one.earlier:
                where = {"place": places[one.item], "item": one.item}
                yield {**where, "guide": walk.earlier, "source": source}
        for left in walk.alone:
            yield {"place": len(places), "item": None, "guide": walk.earlier, "source": left.item}


def _said(row: dict[str, Any], guide: Guide) -> Said:
    score, words = row["score"], None
    if score is not None:
        levels = guide.scale_of(row["source"]).levels
        words = next(level.label for level in levels if level.score == score)
    return Said(
        id=row["assessment"],
        year=row["year"],
        guide=guide.id,
        item=row["source"],
        score=score,
        words=words,
    )


def _line(
    newest: Guide, item: str, said: Sequence[tuple[str | None, Said]], walks: Sequence[Crosswalk]
) -> Line:
    bearings = {walk.earlier: b for walk in walks for b in walk.bearings if b.item == item}
    return Line(
        item=item,
        label=newest.items[item].label or newest.items[item].statement,
        said=tuple(one for bears_on, one in said if bears_on == item),
        kind={name: one.kind for name, one in bearings.items()},
        lost={name: one.lost for name, one in bearings.items()},
    )


def _alone(
    guides: dict[str, Guide], said: Sequence[tuple[str | None, Said]], walks: Sequence[Crosswalk]
) -> Iterator[Left]:
    for walk in walks:
        for left in walk.alone:
            asked = guides[walk.earlier].items[left.item]
            here = (walk.earlier, left.item)
            yield Left(
                guide=walk.earlier,
                item=left.item,
                label=asked.label or asked.statement,
                lost=left.lost,
                said=tuple(s for on, s in said if on is None and (s.guide, s.item) == here),
            )
