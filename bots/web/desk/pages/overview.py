"""The overview: where all descriptors stand in five sentences and a drawing, for two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from bots.phrases.pages import overview as phrases
from bots.web.desk.page import Visitor
from projections.access.audience import SINGLE_ANSWERS
from projections.documents.plot import Dot, Shape, key, strip
from projections.facts.view import View
from projections.report.look import Look, Spot, Standing, Stretch, look
from projections.report.trend import trend
from projections.results.results import Result

SHAPES: dict[Standing, Shape] = {
    "agreed": "filled",
    "by hand": "hollow",
    "open": "cross",
    "not needed": "none",
}


class Key(NamedTuple):
    """A shape, and what it means."""

    drawn: Markup
    means: str


class Line(NamedTuple):
    """A descriptor in the drawing: where it leads, what it is called, and all of it in words."""

    item: str
    title: str
    words: str
    drawn: Markup


class Block(NamedTuple):
    """Lines under the levels of one scale; the last is the mean, where the section has one."""

    title: str
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    mean: Key | None


class Overview(NamedTuple):
    """What stands on top of a page of results."""

    sentences: tuple[str, ...]
    keys: tuple[Key, ...]
    blocks: tuple[Block, ...]


def overview(view: View, visitor: Visitor, results: Sequence[Result]) -> Overview | None:
    """The overview of results as their reader sees them; none while there is nothing to see."""
    sees_all = visitor.role in SINGLE_ANSWERS
    unsaid = phrases.OPEN if sees_all else phrases.OPEN_OR_NOT_SHOWN
    by_item = {result.item: result for result in results}
    found = look(view, results, trend(view, by_item), unsaid)
    if found is None:
        return None
    return Overview(
        sentences=found.sentences,
        keys=tuple(_keys(found, unsaid)),
        blocks=tuple(block for stretch in found.stretches for block in _blocks(stretch)),
    )


def _keys(found: Look, unsaid: str) -> Iterator[Key]:
    """What the shapes mean, of those that are drawn."""
    spots = [spot for stretch in found.stretches for spot in stretch.spots]
    are = {spot.standing for spot in spots}
    if "agreed" in are:
        yield _key(Dot(title="", score=1), phrases.FILLED)
    if "by hand" in are:
        yield _key(Dot(title="", score=1, shape="hollow"), phrases.HOLLOW)
    if "open" in are:
        yield _key(Dot(title="", score=None, shape="cross", at=1), phrases.cross(unsaid))
    if any(spot.run for spot in spots):
        yield _key(Dot(title="", score=None, run=(0, 2)), phrases.RUN)
    if found.year is not None:
        yield _key(Dot(title="", score=None, before=1), phrases.square(found.year))
    if any(stretch.mean is not None for stretch in found.stretches):
        yield _key(Dot(title="", score=None, shape="mean", at=1), phrases.MEAN)


def _key(dot: Dot, means: str) -> Key:
    return Key(_svg(key(dot)), means)


def _blocks(stretch: Stretch) -> Iterator[Block]:
    """A section of the guide: one block for each scale in it."""
    for marks in dict.fromkeys(spot.marks for spot in stretch.spots):
        spots = [spot for spot in stretch.spots if spot.marks == marks]
        yield Block(
            title=stretch.title,
            marks=marks,
            lines=tuple(map(_line, spots)),
            mean=_mean(stretch, spots[0].lowest, len(marks)),
        )


def _line(spot: Spot) -> Line:
    dot = Dot(
        title=spot.title,
        score=spot.score,
        before=spot.before,
        run=spot.run,
        shape=SHAPES[spot.standing],
        at=spot.middle,
    )
    drawn = _svg(strip(dot, len(spot.marks), spot.lowest))
    return Line(spot.item, spot.title, spot.words, drawn)


def _mean(stretch: Stretch, lowest: int, levels: int) -> Key | None:
    if stretch.mean is None or stretch.mean_said is None:
        return None
    dot = Dot(title="", score=None, shape="mean", at=stretch.mean)
    words = phrases.mean_of(stretch.scored, stretch.mean_said)
    return Key(_svg(strip(dot, levels, lowest)), words)


def _svg(drawing: str) -> Markup:
    return Markup(drawing)  # noqa: S704 - filled in with our numbers, and escaped there
