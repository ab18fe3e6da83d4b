"""The comparison page: this area's outcomes beside those of another of the same year and guide."""

from __future__ import annotations

from typing import NamedTuple

from bots.phrases import desk as phrases
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
        raise Refused(phrases.COMPARES_NOW)
    own = _own(view.log, visitor)
    others = comparable(view.log, own) if own else []
    chosen = asked.get(OTHER, "")
    values: dict[str, object] = {"others": others, "chosen": chosen, "handed_in": own is not None}
    if own is None or not chosen:
        return Drawn("compare.html", values)
    if chosen not in others:
        raise Refused(phrases.not_comparable(chosen, own.area, own.year, own.guide.id))
    return Drawn("compare.html", values | _side_by_side(view.log, own, chosen))


def _own(log: Log, visitor: Visitor) -> HandedIn | None:
    at, opened = next(
        (at, fact) for id, at, fact in log.every_assessment() if id == visitor.assessment
    )
    return standing_for(log, opened.area, at.year)


def _side_by_side(log: Log, own: HandedIn, other: str) -> dict[str, object]:
    comparison = compare(log, own.area, other, own.year)
    return {
        "areas": comparison.areas,
        "caption": phrases.means_of(comparison.year, comparison.guide),
        "sections": [
            Row(section.title, tuple(_mean(section.areas[area]) for area in comparison.areas))
            for section in comparison.sections
        ],
        "descriptors": _descriptors(comparison, own.guide),
        "editions": comparison.editions,
    }


def _descriptors(comparison: Comparison, guide: Guide) -> list[Row]:
    return [
        Row(
            named(guide, item),
            tuple(phrases.NO_SCORE if score is None else str(score) for score in pair),
            _marks(comparison, item),
        )
        for item, pair in comparison.scores.items()
    ]


def _marks(comparison: Comparison, item: str) -> str:
    """What is to be known of a row: that the two are far apart, or that their levels differ."""
    far = phrases.FAR_APART if item in comparison.differ_by_two else ""
    other = phrases.OTHER_LEVELS if item in comparison.reworded else ""
    return " ".join(mark for mark in (far, other) if mark)


def _mean(mean: Mean) -> str:
    if mean.mean is None:
        return phrases.NO_SCORE
    return phrases.mean(f"{mean.mean:.2f}", mean.n, mean.low, mean.high)
