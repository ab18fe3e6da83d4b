"""The scores as a dot plot: shapes tell what is what, so that it reads in greyscale too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from textwrap import wrap

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ehsg_events.kernel import Frozen

HERE = Path(__file__).parent
LEFT, STEP, WIDER = 310, 64, 96  # pixels: where the lowest score stands, how far apart scores are
ROW, GAP, TOP, LINE = 12, 3, 26, 13  # pixels: between descriptors and sections; the first
LONGEST, LONGEST_MARK = 50, 16  # characters of a title, and of a line of a level's words


class Dot(Frozen):
    """One line of the plot: the score that stands, what it was before, and how far answers ran."""

    title: str
    score: int | None
    before: int | None = None
    run: tuple[int, int] | None = None
    begins: bool = False  # whether it is the first of a section


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
    return _drawing().render(
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


@cache
def _drawing() -> Template:
    drawings = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return drawings.get_template("plot.svg.jinja")
