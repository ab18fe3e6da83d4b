"""The comparison page: this area's outcomes beside those of another of the same year and guide."""

from __future__ import annotations

from typing import NamedTuple

from bots.phrases import desk as said
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides.model import Guide
from projections.facts.view import View
from projections.figures.names import named
from projections.submissions.comparable import comparable, standing_for
from projections.submissions.comparison import Comparison, Mean, compare
from projections.submissions.handed_in import HandedIn

OTHER = "other"


class Row(NamedTuple):
    """A section or a descriptor, with each area's figures in words."""

    title: str
    figures: tuple[str, ...]
    apart: str = ""


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The areas to choose from, and the one that was chosen beside this one.

    Raises:
        Refused: an earlier moment was asked for, or an area that cannot be compared.
    """
    if asked.get("as-of"):
        raise Refused(said.COMPARES_NOW)
    own = _own(view.log, visitor)
    others = comparable(view.log, own) if own else []
    chosen = asked.get(OTHER, "")
    values: dict[str, object] = {"others": others, "chosen": chosen, "handed_in": own is not None}
    if own is None or not chosen:
        return Drawn("compare.html", values)
    if chosen not in others:
        raise Refused(said.not_comparable(chosen, own.area, own.year, own.guide.id))
    return Drawn("compare.html", values | _side_by_side(view.log, own, chosen))


def _own(log: Log, visitor: Visitor) -> HandedIn | None:
    at, opened = next((at, one) for id, at, one in log.assessments() if id == visitor.assessment)
    return standing_for(log, opened.area, at.year)


def _side_by_side(log: Log, own: HandedIn, other: str) -> dict[str, object]:
    found = compare(log, own.area, other, own.year)
    return {
        "areas": found.areas,
        "caption": said.means_of(found.year, found.guide),
        "sections": [
            Row(one.title, tuple(_mean(one.areas[area]) for area in found.areas))
            for one in found.sections
        ],
        "descriptors": _descriptors(found, own.guide),
    }


def _descriptors(found: Comparison, guide: Guide) -> list[Row]:
    return [
        Row(
            named(guide, item),
            tuple(said.NO_SCORE if score is None else str(score) for score in pair),
            said.FAR_APART if item in found.differ_by_two else "",
        )
        for item, pair in found.scores.items()
    ]


def _mean(mean: Mean) -> str:
    if mean.mean is None:
        return said.NO_SCORE
    return said.mean(f"{mean.mean:.2f}", mean.n, mean.low, mean.high)
