"""The scores as a dot plot: shapes tell what is what, so that it reads in greyscale too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ehsg_events.kernel import Frozen

HERE = Path(__file__).parent
LEFT, STEP, WIDER = 310, 64, 96  # pixels: where the lowest score stands, how far apart scores are
ROW, GAP, TOP, LINE = 12, 3, 26, 13  # pixels: between descriptors and sections; the first
LONGEST, LONGEST_MARK = 50, 16  # characters of a title, and of a line of a level's words
STRIP, TALL, KEY = 300, 22, 36  # pixels: a line by itself, and a shape by itself
MOST_KEPT = 4096  # lines that are remembered as they were drawn
Shape = Literal["filled", "hollow", "cross", "none", "mean"]


class Dot(Frozen):
    """One line of the plot: the score that stands, what it was before, and how far answers ran."""

    title: str
    score: int | None
    before: int | None = None
    run: tuple[int, int] | None = None
    begins: bool = False  # whether it is the first of a section
    shape: Shape = "filled"
    at: float | None = None  # where a shape lies that is no score: a middle score, or a mean


def drawn(dots: Sequence[Dot], marks: Sequence[str], lowest: int) -> str:
    """A dot plot as SVG, a line for each descriptor in order.

    Args:
        marks: the levels from the lowest, as they stand on the axis.
        lowest: the lowest score.
    """
    lines = [wrap(mark, LONGEST_MARK) for mark in marks]
    step = WIDER if any(len(mark) > 2 for mark in marks) else STEP
    top = TOP + LINE * (max(map(len, lines)) - 1)
    places = list(accumulate(ROW + GAP * (dot.begins and n > 0) for n, dot in enumerate(dots)))
    return _drawing("plot.svg.jinja").render(
        dots=[(dot, top - ROW + place) for dot, place in zip(dots, places, strict=True)],
        longest=LONGEST,
        marks=[(LEFT + step * place, words) for place, words in enumerate(lines)],
        across={lowest + place: LEFT + step * place for place in range(len(marks))},
        width=LEFT + step * (len(marks) - 1) + step // 2,
        height=top + places[-1] + 2,
        up=(ROW + GAP) / 2,
        top=top,
        line=LINE,
    )


# -- one line by itself ------------------------------------------------------------------------
@lru_cache(MOST_KEPT)
def strip(dot: Dot, levels: int, lowest: int) -> str:
    """One line of the plot as SVG of its own, without its title, to stand beside or below it.

    Lines above one another make a plot whose titles are text, that breaks where a screen is narrow.
    Before the lowest level is a place of the same width, for a cross that lies nowhere.

    Args:
        levels: how many levels the scale has.
        lowest: the lowest score.
    """
    place = dot.score if dot.at is None else dot.at
    x = _at(-1 if place is None else place - lowest, levels)
    return str(_parts().strip(dot, _across(levels, lowest), x, STRIP, TALL, lines=True))


@lru_cache(MOST_KEPT)
def key(dot: Dot) -> str:
    """A shape by itself as SVG, to say what it means: on a scale of three levels from 0."""
    across = {0: 6, 1: KEY / 2, 2: KEY - 6}
    return str(_parts().strip(dot, across, KEY / 2, KEY, TALL, lines=False))


@cache
def _parts() -> Any:
    return _drawing("shapes.svg.jinja").module


def _across(levels: int, lowest: int) -> dict[int, float]:
    return {lowest + place: _at(place, levels) for place in range(levels)}


def _at(place: float, levels: int) -> float:
    return round((place + 1.5) * STRIP / (levels + 1), 1)


@cache
def _drawing(name: str) -> Template:
    drawings = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return drawings.get_template(name)
