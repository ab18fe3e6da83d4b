"""The results page: all at a glance, then every descriptor, and how many people said what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bots.phrases import desk as phrases
from bots.phrases.pages import overview as overview_phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.overview import overview
from ehsg_events.agreement.disclosure import AGREED
from guides.model import Scale
from projections.access.audience import SINGLE_ANSWERS
from projections.facts.view import View
from projections.figures.agreement import score_mark, score_words
from projections.report.look import after
from projections.results.board_results import UNTIL_SETTLED, WITHHELD, shown
from projections.results.results import Result
from projections.results.settled import how

WHOLE = 100  # the width of a bar that stands for everybody


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


class Kept(NamedTuple):
    """Why something is not shown, and of which descriptors."""

    why: str
    items: tuple[str, ...]


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The results as they stood, as far as the visitor may see them."""
    results = shown(view, visitor.role)
    nothing = phrases.NO_OUTCOME if visitor.role in SINGLE_ANSWERS else phrases.NONE_SHOWN
    parts = [
        Part(
            title, tuple(_row(result, view.guide.scale_of(result.item), nothing) for result in rows)
        )
        for title, rows in groupby(results, key=lambda result: result.section)
    ]
    questions = len(view.guide.items) - len(view.guide.descriptors)
    told_only = phrases.told_only(questions) if questions else ""
    values: dict[str, object] = {
        "overview": overview(view, visitor, results),
        "parts": parts,
        "walks": visitor.role in SINGLE_ANSWERS,
        "told_only": told_only,
        "kept": list(_kept(results)),
    }
    return Drawn("results.html", values)


def _kept(results: Sequence[Result]) -> Iterator[Kept]:
    """Each reason for which something is not shown, once, with the descriptors it holds for."""
    by_reason: dict[str, list[str]] = {}
    for result in results:
        for reason in _reasons(result):
            by_reason.setdefault(reason, []).append(result.item)
    yield from (Kept(why, tuple(items)) for why, items in by_reason.items())


def _reasons(result: Result) -> Iterator[str]:
    if _has_no_figures(result):
        yield result.sentence.removesuffix(UNTIL_SETTLED).strip()
        if result.sentence.endswith(UNTIL_SETTLED):
            yield UNTIL_SETTLED
    if _is_untold(result):
        yield overview_phrases.UNTOLD


def _has_no_figures(result: Result) -> bool:
    return result.verdict == WITHHELD and result.n is None


def _is_untold(result: Result) -> bool:
    return result.against == "untold" and result.verdict == WITHHELD


def _row(result: Result, scale: Scale, nothing: str) -> Row:
    return Row(
        item=result.item,
        title=f"{result.item} {result.label}",
        outcome=_outcome(result, scale) or nothing,
        sentence=_sentence(result),
        bars=_bars(result, scale) if result.n and result.counts else (),
        others=tuple(_others(result)),
    )


def _sentence(result: Result) -> str:
    if _has_no_figures(result):
        return overview_phrases.NO_FIGURES
    return f"{result.sentence} {result.leaving or ''}".strip()


def _outcome(result: Result, scale: Scale) -> str | None:
    if result.stands is None:
        return None
    came_about = how(
        moderated=result.moderated,
        where=None if _is_untold(result) else result.against,
        median=None
        if result.median is None
        else f"{score_mark(result.median, scale)}{after(result.of_round)}",
    )
    return phrases.outcome(result.stands, came_about)


def _bars(result: Result, scale: Scale) -> tuple[Bar, ...]:
    """A bar for every level from the lowest, also for those that nobody chose."""
    assert result.n, "a distribution is of somebody"
    return tuple(
        Bar(phrases.chose(people, score_words(level.score, scale)), WHOLE * people // result.n)
        for level, people in zip(scale.levels, result.counts, strict=True)
    )


def _why_none(result: Result) -> Iterator[str]:
    """Why nothing stands though the panel agreed, for whoever is not told how it left the rounds."""
    if result.leaving is not None:
        return
    is_between = result.median is not None and result.median % 1 and not result.of_round
    yield phrases.BETWEEN if is_between else phrases.AGREED_AND_NONE_SHOWN


def _others(result: Result) -> Iterator[str]:
    """What stands beside the figures: who did not know, peers, the reason, objections."""
    if result.outcome is None and result.verdict in AGREED:
        yield from _why_none(result)
    if result.n and result.dont_know:
        yield phrases.did_not_know(result.dont_know)
    yield from (peers.sentence for peers in result.peers)
    if result.because:
        yield phrases.reason(result.because)
    if result.dissent:
        yield phrases.object_to_it(len(result.dissent))
