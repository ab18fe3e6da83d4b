"""The year before beside this one, where it is on the log: each score as it was given then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from projections.facts.view import View
from projections.figures.names import named
from projections.report.model import Since, Trend
from projections.results.results import Result
from projections.years.side_by_side import Line, Said, Year, Years, on_the_log, years

ASKED_THEN = {  # how an earlier guide bears on this one, by the kinds of a crosswalk
    "same": "asked the same",
    "close": "asked nearly the same",
    "part": "asked only in part",
}
DONE = ("imported submission", "assessment, signed off")  # what a year is compared with


def trend(view: View, results: Mapping[str, Result]) -> Trend | None:
    """The newest earlier year that was handed in, with its scores beside those that stand now.

    Args:
        results: of this assessment, by item.
    """
    if not _any_before(view, on_the_log(view.log, view.state.area)):
        return None  # most areas have one year: the others are not read in vain
    across = years(view.log, view.state.area, upto=view.position)
    before = _before(view, across)
    if before is None:
        return None
    rows = tuple(_rows(view, results, across, before))
    if not rows:
        return None
    same = before.guide == view.guide.id
    return Trend(year=before.year, guide=before.guide, comparable=same, rows=rows)


def _before(view: View, across: Years) -> Year | None:
    if across.guide != view.guide.id:
        return None
    return max(_any_before(view, across.columns), key=lambda year: year.year, default=None)


def _any_before(view: View, columns: Sequence[Year]) -> list[Year]:
    """The years before this assessment's that were handed in."""
    own = next((year.year for year in columns if year.id == view.assessment), 0)
    return [year for year in columns if year.year < own and year.source in DONE]


def _rows(
    view: View, results: Mapping[str, Result], across: Years, before: Year
) -> Iterator[Since]:
    for line in across.lines:
        earlier = [s for s in line.said if s.id == before.id and s.score is not None]
        if earlier:
            yield _since(view, results[line.item], line, earlier)


def _since(view: View, result: Result, line: Line, earlier: Sequence[Said]) -> Since:
    same = earlier[0].guide == view.guide.id
    scores = [
        f"{said.words}" if said.covered else f"{said.score} ({said.words})" for said in earlier
    ]
    by_item = zip((said.item for said in earlier), scores, strict=True)
    return Since(
        item=line.item,
        title=named(view.guide, line.item),
        before=scores[0] if same else "; ".join(f"{item}: {score}" for item, score in by_item),
        now=result.stands or "none yet",
        change=_change(earlier[0], result) if same else ASKED_THEN[line.kind[earlier[0].guide]],
        outcome=earlier[0].score if same and not earlier[0].covered else None,
    )


def _change(earlier: Said, result: Result) -> str:
    if result.covered_by:
        return "not needed"
    if earlier.covered:
        return "was not needed"
    before, now = earlier.score, result.outcome
    if before is None or now is None:
        return "no score yet"
    if before == now:
        return "as before"
    return f"up {now - before}" if now > before else f"down {before - now}"
