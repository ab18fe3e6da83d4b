"""The results page: every descriptor in the guide's order, and how many people said what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bots.phrases import desk as said
from bots.web.desk.page import Asked, Drawn, Visitor
from guides.model import Scale
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.results.board_results import shown
from projections.results.results import Result

WHOLE = 100  # the width of a bar of everybody


class Bar(NamedTuple):
    """How many people said one level: in words, and as a width."""

    words: str
    width: int


class Row(NamedTuple):
    """One descriptor; no bars where no figures are shown."""

    item: str
    title: str
    outcome: str
    sentence: str
    bars: tuple[Bar, ...]
    others: tuple[str, ...]


class Part(NamedTuple):
    """A section of the guide."""

    title: str
    rows: tuple[Row, ...]


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The results as they stood, as far as the visitor may see them."""
    found = shown(view, visitor.role)
    parts = [
        Part(title, tuple(_row(one, view.guide.scale_of(one.item)) for one in rows))
        for title, rows in groupby(found, key=lambda one: one.section)
    ]
    walks = visitor.role in SINGLE_ANSWERS
    return Drawn("results.html", {"parts": parts, "walks": walks})


def _row(one: Result, scale: Scale) -> Row:
    return Row(
        item=one.item,
        title=f"{one.item} {one.label}",
        outcome=_outcome(one, scale),
        sentence=f"{one.sentence} {one.leaving or ''}".strip(),
        bars=_bars(one, scale) if one.n else (),
        others=tuple(_others(one)),
    )


def _outcome(one: Result, scale: Scale) -> str:
    if one.outcome is None:
        return said.NO_OUTCOME
    return said.outcome(score_words(one.outcome, scale), settled=one.moderated)


def _bars(one: Result, scale: Scale) -> tuple[Bar, ...]:
    """Every level from the lowest, those that nobody chose as well."""
    assert one.n, "a distribution is of somebody"
    return tuple(
        Bar(said.chose(people, score_words(level.score, scale)), WHOLE * people // one.n)
        for level, people in zip(scale.levels, one.counts, strict=True)
    )


def _others(one: Result) -> Iterator[str]:
    """What stands beside the figures: who did not know, peers, the reason, objections."""
    if one.n and one.dont_know:
        yield said.did_not_know(one.dont_know)
    yield from (peers.sentence for peers in one.peers)
    if one.because:
        yield said.reason(one.because)
    if one.dissent:
        yield said.object_to_it(len(one.dissent))
