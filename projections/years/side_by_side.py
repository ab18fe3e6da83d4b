"""One area's years side by side, under different guides: what each said, and what is lost between.

A crosswalk says which items bear on each other; scores are shown as they were given, each in the
words of its own scale, and never turned into one another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from duckdb import DuckDBPyConnection

from ehsg_events.agreement.alternatives import covered_by
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
from projections.access.closes import lay_withheld
from projections.facts.held import facts_of
from projections.facts.read_models import kinds_named_in, lay_out
from projections.facts.table import lay, select

READ_MODELS = ("handed_in", "years")


class Year(Frozen):
    """A column: what was handed in for a year, or is being assessed."""

    id: UUID
    year: int
    guide: str
    source: str


class Said(Frozen):
    """One item's score in one column, in its own scale's words; both are none where missing.

    `covered` says that an alternative makes up for it, so that it is no weakness.
    """

    id: UUID
    year: int
    guide: str
    item: str
    score: int | None
    words: str | None
    covered: bool = False


class Line(Frozen):
    """A descriptor of the newest guide, with the scores of everything that bears on it.

    `kind` and `lost` say for each older guide how closely it bears on it, and what is lost.
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

    `crosswalks` are those used, each with whose judgement it is; `apart` are the years that no
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


class _Column(NamedTuple):
    year: Year
    guide: Guide


def years(
    log: Log, area: str, upto: int | None = None, among: Collection[UUID] | None = None
) -> Years:
    """Everything on the log that an area assessed or handed in, by year.

    Args:
        upto: the log position as of which scores are given; the newest when none is given.
        among: the only ones that are shown; all of them when none is given.

    Raises:
        Refused: there is nothing of this area.
    """
    every = [one for one in _columns(log, area) if among is None or one.year.id in among]
    columns = sorted(every, key=lambda column: (column.year.year, column.guide.year))
    if not columns:
        raise Refused(
            f"Nothing of {area} is on the log.",
            Way("assessment list", "see the assessments"),
            Way("submission import", "bring a form in", {"area": area}),
        )
    newest = max(columns, key=lambda column: (column.guide.year, column.guide.version)).guide
    walks = {walk.earlier: walk for walk in _walks(columns, newest, log.folder)}
    joined = [column for column in columns if column.guide.id in (newest.id, *walks)]
    db = facts_of(
        log, *(column.year.id for column in joined), upto=upto, kinds=kinds_named_in(READ_MODELS)
    )
    lay_withheld(db, log, [column.year.id for column in joined], upto)
    rows = _rows(db, joined, newest, list(walks.values()))
    guides = {column.guide.id: column.guide for column in columns}
    given = {(row["assessment"], row["source"]): row["score"] for row in rows}
    scores = [(row["item"], _said(row, guides[row["guide"]], given)) for row in rows]
    return Years(
        area=area,
        guide=newest.id,
        columns=tuple(column.year for column in joined),
        crosswalks={walk.id: walk.by for walk in walks.values()},
        scales=tuple(walk.scales for walk in walks.values()),
        lines=tuple(
            _line(newest, item, scores, list(walks.values())) for item in newest.descriptors
        ),
        alone=tuple(_alone(guides, scores, list(walks.values()))),
        apart=tuple(column.year for column in columns if column not in joined),
    )


def on_the_log(log: Log, area: str) -> list[Year]:
    """The years that an area assessed or handed in, without any score; quick to look at."""
    return [column.year for column in _columns(log, area)]


def _columns(log: Log, area: str) -> Iterator[_Column]:
    for form in submissions.imported(log):
        if submission_id(form.area, form.year) == submission_id(area, form.year):
            guide = library.guide(form.guide, log.folder).guide
            id = submission_id(area, form.year)
            year = Year(id=id, year=form.year, guide=guide.id, source="imported submission")
            yield _Column(year, guide)
    for assessment, at, opened in log.assessments():
        if submission_id(opened.area, 0) != submission_id(area, 0):
            continue
        state = log.read(assessment_stream(assessment))
        assert state is not None, "it was opened"
        guide = guide_of(state, log.folder)
        signed = "signed off" if state.signed_off else "not signed off"
        number = calendar.local_day(at, state.policy.zone).year
        year = Year(id=assessment, year=number, guide=guide.id, source=f"assessment, {signed}")
        yield _Column(year, guide)


def _walks(columns: Sequence[_Column], newest: Guide, folder: Path) -> Iterator[Crosswalk]:
    for guide in {column.guide.id: column.guide for column in columns}.values():
        if guide.id == newest.id:
            continue
        walk = library.crosswalk(guide, newest, folder)
        if walk is not None:
            yield walk


def _rows(
    db: DuckDBPyConnection, columns: Sequence[_Column], newest: Guide, walks: Sequence[Crosswalk]
) -> list[dict[str, Any]]:
    shapes = {"assessment": "UUID", "year": "BIGINT", "guide": "VARCHAR", "nth": "BIGINT"}
    lay(
        db,
        "submission",
        shapes,
        [
            {"assessment": str(year.id), "year": year.year, "guide": year.guide, "nth": nth}
            for nth, (year, _) in enumerate(columns)
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
        for bearing in walk.bearings:
            for source in bearing.earlier:
                where = {"place": places[bearing.item], "item": bearing.item}
                yield {**where, "guide": walk.earlier, "source": source}
        for left in walk.alone:
            yield {"place": len(places), "item": None, "guide": walk.earlier, "source": left.item}


def _said(row: dict[str, Any], guide: Guide, given: Mapping[tuple[UUID, str], int | None]) -> Said:
    score, words, covered = row["score"], None, False
    if score is not None:
        levels = guide.scale_of(row["source"]).levels
        words = next(level.label for level in levels if level.score == score)
        theirs = {item: value for (of, item), value in given.items() if of == row["assessment"]}
        covered = row["source"] in covered_by(guide, theirs)
    return Said(
        covered=covered,
        id=row["assessment"],
        year=row["year"],
        guide=guide.id,
        item=row["source"],
        score=score,
        words=f"{words}, not needed" if covered else words,
    )


def _line(
    newest: Guide, item: str, scores: Sequence[tuple[str | None, Said]], walks: Sequence[Crosswalk]
) -> Line:
    bearings = {walk.earlier: b for walk in walks for b in walk.bearings if b.item == item}
    return Line(
        item=item,
        label=newest.items[item].label or newest.items[item].statement,
        said=tuple(score for bears_on, score in scores if bears_on == item),
        kind={guide: bearing.kind for guide, bearing in bearings.items()},
        lost={guide: bearing.lost for guide, bearing in bearings.items()},
    )


def _alone(
    guides: dict[str, Guide], scores: Sequence[tuple[str | None, Said]], walks: Sequence[Crosswalk]
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
                said=tuple(
                    score
                    for bears_on, score in scores
                    if bears_on is None and (score.guide, score.item) == here
                ),
            )
