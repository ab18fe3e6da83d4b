"""The scores as a dot plot: shapes tell what is what, so that it reads in greyscale too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ehsg_events.kernel import Frozen

HERE = Path(__file__).parent
LEFT, STEP = 310, 64  # pixels: where the lowest score stands, and how far apart scores are
ROW, TOP = 17, 30  # pixels: how far apart descriptors are, and where the first stands
LONGEST = 50  # characters of a title


class Dot(Frozen):
    """One line of the plot: the score that stands, what it was before, and how far answers ran."""

    title: str
    score: int | None
    before: int | None = None
    run: tuple[int, int] | None = None
    begins: bool = False  # whether it is the first of a section


def drawn(dots: Sequence[Dot], lowest: int, highest: int) -> str:
    """A dot plot as SVG, a line for each descriptor in order.

    Args:
        lowest, highest: the ends of the scale.
    """
    return _drawing().render(
        dots=dots,
        longest=LONGEST,
        scores=range(lowest, highest + 1),
        across={score: LEFT + STEP * (score - lowest) for score in range(lowest, highest + 1)},
        width=LEFT + STEP * (highest - lowest) + 30,
        height=TOP + ROW * len(dots) + 8,
        row=ROW,
        top=TOP,
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
