"""The area's years side by side: every score as it was given then, and what is lost between guides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bots.phrases.pages import years as phrases
from bots.web.desk.guides.naming import called
from bots.web.desk.hubs.hub import Link, Section, Table, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.report.trend import DONE
from projections.years.side_by_side import Left, Line, Said, Year, Years, on_the_log, years

Names = Mapping[str, str]  # what guides are called, by their names in files
OF_A_YEAR = (phrases.YEAR, phrases.GUIDE, phrases.SOURCE)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """This assessment beside every other year that was handed in."""
    among = {view.assessment, *_handed_in(view)}
    if len(among) == 1:
        lines: tuple[str, ...] = (phrases.ALONE_HERE,)
        return hub(phrases.YEARS, Section(phrases.SHOWN, lines, links=_to_change(visitor)))
    table = years(view.log, view.state.area, upto=view.position, among=among)
    every = (*table.columns, *table.apart)
    names = {one.guide: called(one.guide, view.log.folder) for one in every}
    return hub(
        phrases.YEARS,
        Section(
            phrases.SHOWN,
            (phrases.YEARS_WORDS, *phrases.joins(table)),
            Table(phrases.SHOWN, OF_A_YEAR, tuple(_years(table, names))),
            _to_change(visitor),
        ),
        _each(table, names),
        Section(phrases.NO_MORE, table=_no_more(table, names)),
    )


def _handed_in(view: View) -> Iterator[UUID]:
    """The other years that may be seen from here: what is not handed in is its own readers'."""
    for year in on_the_log(view.log, view.state.area):
        if year.source in DONE:
            yield year.id


def _to_change(visitor: Visitor) -> tuple[Link, ...]:
    sees_all = visitor.role in SINGLE_ANSWERS
    return (Link("change", phrases.TO_CHANGE),) if sees_all else ()


def _years(table: Years, names: Names) -> Iterator[tuple[str, ...]]:
    for one, which in zip(table.columns, _which(table.columns, names), strict=True):
        yield str(one.year), names[one.guide], f"{one.source}{which}"
    for one in table.apart:
        yield str(one.year), phrases.apart(names[one.guide]), one.source


def _each(table: Years, names: Names) -> Section:
    told = [line for line in table.lines if any(one.score is not None for one in line.said)]
    unsaid = [line.item for line in table.lines if line not in told]
    lines = (phrases.unscored(unsaid),) if unsaid else ()
    rows = tuple(_line(table, line, names) for line in told)
    return Section(phrases.EACH, lines, Table(phrases.EACH, _headings(table, names), rows))


def _headings(table: Years, names: Names) -> tuple[str, ...]:
    """A column for each year, and one for what is between their guides if they have several."""
    between = (phrases.BESIDE,) if table.crosswalks else ()
    return (phrases.DESCRIPTOR, *of_the_years(table.columns, names), *between)


def of_the_years(columns: Sequence[Year], names: Names) -> Iterator[str]:
    """Each year with its guide; of one year and guide also what it is, so that no two are alike."""
    plain = [_heading(one, names) for one in columns]
    for one, head, which in zip(columns, plain, _which(columns, names), strict=True):
        yield f"{head}, {one.source}{which}" if plain.count(head) > 1 else head


def _which(columns: Sequence[Year], names: Names) -> list[str]:
    """Which one it is of those of the same year, guide and kind; nothing where there is one."""
    kinds = [(_heading(one, names), one.source) for one in columns]
    return [
        phrases.which(kinds[:place].count(kind) + 1) if kinds.count(kind) > 1 else ""
        for place, kind in enumerate(kinds)
    ]


def _heading(year: Year, names: Names) -> str:
    return f"{year.year}, {names[year.guide]}"


def _line(table: Years, line: Line, names: Names) -> tuple[str, ...]:
    scores = (_score(line.said, year, line.item) for year in table.columns)
    between = " ".join(phrases.bearings(line, names)) or phrases.NOTHING
    return (f"{line.item} {line.label}", *scores, *((between,) if table.crosswalks else ()))


def _score(said: Sequence[Said], year: Year, item: str) -> str:
    """What stands for a descriptor in one year; of another item, with which it is."""
    parts = [
        phrases.level(one) if one.item == item else f"{one.item}: {phrases.level(one)}"
        for one in said
        if one.id == year.id
    ]
    return "; ".join(parts) or phrases.NOTHING


def _no_more(table: Years, names: Names) -> Table:
    rows = tuple(_left(table, left, names) for left in table.alone)
    return Table(phrases.NO_MORE, _headings(table, names), rows)


def _left(table: Years, left: Left, names: Names) -> tuple[str, ...]:
    scores = (_score(left.said, year, left.item) for year in table.columns)
    return (f"{left.item} {left.label}, {names[left.guide]}", *scores, f"Lost: {left.lost}")
