"""The area's years side by side: every score as it was given then, and what is lost between guides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from bots.phrases.pages import years as phrases
from bots.web.desk.hubs.hub import Link, Section, Table, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.report.trend import DONE
from projections.years.side_by_side import Left, Line, Said, Year, Years, on_the_log, years

OF_A_YEAR = (phrases.YEAR, phrases.GUIDE, phrases.SOURCE)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """This assessment beside every other year that was handed in."""
    among = {view.assessment, *_handed_in(view)}
    if len(among) == 1:
        lines: tuple[str, ...] = (phrases.ALONE_HERE,)
        return hub(phrases.YEARS, Section(phrases.SHOWN, lines, links=_to_change(visitor)))
    table = years(view.log, view.state.area, upto=view.position, among=among)
    return hub(
        phrases.YEARS,
        Section(
            phrases.SHOWN,
            (phrases.YEARS_WORDS, *phrases.joins(table)),
            Table(phrases.SHOWN, OF_A_YEAR, tuple(_years(table))),
            _to_change(visitor),
        ),
        _each(table),
        Section(phrases.NO_MORE, table=_no_more(table)),
    )


def _handed_in(view: View) -> Iterator[UUID]:
    """The other years that may be seen from here: what is not handed in is its own readers'."""
    for year in on_the_log(view.log, view.state.area):
        if year.source in DONE:
            yield year.id


def _to_change(visitor: Visitor) -> tuple[Link, ...]:
    sees_all = visitor.role in SINGLE_ANSWERS
    return (Link("change", phrases.TO_CHANGE),) if sees_all else ()


def _years(table: Years) -> Iterator[tuple[str, ...]]:
    for one in table.columns:
        yield str(one.year), one.guide, one.source
    for one in table.apart:
        yield str(one.year), phrases.apart(one.guide), one.source


def _each(table: Years) -> Section:
    told = [line for line in table.lines if any(one.score is not None for one in line.said)]
    unsaid = [line.item for line in table.lines if line not in told]
    lines = (phrases.unscored(unsaid),) if unsaid else ()
    rows = tuple(_line(table, line) for line in told)
    return Section(phrases.EACH, lines, Table(phrases.EACH, _headings(table), rows))


def _headings(table: Years) -> tuple[str, ...]:
    """A column for each year, and one for what is between their guides if they have several."""
    between = (phrases.BESIDE,) if table.crosswalks else ()
    return (phrases.DESCRIPTOR, *map(_heading, table.columns), *between)


def _heading(year: Year) -> str:
    return f"{year.year}, {year.guide}"


def _line(table: Years, line: Line) -> tuple[str, ...]:
    scores = (_score(line.said, year, line.item) for year in table.columns)
    between = " ".join(phrases.bearings(line)) or phrases.NOTHING
    return (f"{line.item} {line.label}", *scores, *((between,) if table.crosswalks else ()))


def _score(said: Sequence[Said], year: Year, item: str) -> str:
    """What stands for a descriptor in one year; of another item, with which it is."""
    parts = [
        phrases.level(one) if one.item == item else f"{one.item}: {phrases.level(one)}"
        for one in said
        if one.id == year.id
    ]
    return "; ".join(parts) or phrases.NOTHING


def _no_more(table: Years) -> Table:
    rows = tuple(_left(table, left) for left in table.alone)
    return Table(phrases.NO_MORE, _headings(table), rows)


def _left(table: Years, left: Left) -> tuple[str, ...]:
    scores = (_score(left.said, year, left.item) for year in table.columns)
    return (f"{left.guide} {left.item} {left.label}", *scores, f"Lost: {left.lost}")
