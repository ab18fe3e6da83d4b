"""All scores at a glance: drawn, and the same in a table for whoever does not see the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from projections.documents.model import Block, Heading, Plot, Prose, Table
from projections.documents.plot import Dot, drawn
from projections.report.model import Entry, Report

Ends = tuple[int, int]


def glance(report: Report) -> Iterator[Block]:
    """The plot of every scale that has outcomes, then every descriptor in a table."""
    yield Heading(level=2, text="Scores at a glance", anchor="summary")
    if report.scale_note:
        yield Prose(text=report.scale_note)
    yield from _plots(report)
    entries = [entry for part in report.parts for entry in part.entries if entry.score]
    wording = f" ({report.wording})" if report.wording else ""
    yield Table(
        caption=f"The score that stands for each descriptor{wording}",
        head=("Descriptor", "Score", "How", "Answers"),
        rows=tuple(
            (entry.title, entry.score or "", entry.how or "not settled", _run(entry))
            for entry in entries
        ),
        leads_to=tuple(f"item-{entry.item}" for entry in entries),
    )


def _run(entry: Entry) -> str:
    if entry.spread is None:
        return "not shown"
    low, high = entry.spread.run
    return f"all {low}" if low == high else f"from {low} to {high}"


def _plots(report: Report) -> Iterator[Plot]:
    """A plot for each scale: scores of different scales do not lie on one line."""
    placed = [(part.title, entry) for part in report.parts for entry in part.entries if entry.ends]
    scales = dict.fromkeys(
        entry.ends for _, entry in placed if entry.outcome is not None and entry.ends
    )
    before = {row.item: row.outcome for row in report.trend.rows} if report.trend else {}
    for ends in scales:
        own = [(title, entry) for title, entry in placed if entry.ends == ends]
        yield Plot(
            svg=drawn(list(_dots(own, before)), *ends),
            alt=_alt([entry for _, entry in own], ends),
            caption=_caption(report, own),
        )


def _dots(placed: Sequence[tuple[str, Entry]], before: dict[str, int | None]) -> Iterator[Dot]:
    for _, section in groupby(placed, key=lambda title_and_entry: title_and_entry[0]):
        for place, (_, entry) in enumerate(section):
            yield Dot(
                title=entry.title,
                score=entry.outcome,
                before=before.get(entry.item),
                run=entry.spread.run if entry.spread else None,
                begins=place == 0,
            )


def _alt(entries: Sequence[Entry], ends: Ends) -> str:
    """What the drawing shows, in words; the figures themselves are in the table after it."""
    counts = Counter(entry.outcome for entry in entries if entry.outcome is not None)
    stands = ", ".join(f"{counts[score]} at {score}" for score in sorted(counts))
    return (
        f"Dot plot of {len(entries)} descriptors in the guide's order, on a scale from {ends[0]} "
        f"to {ends[1]}: {stands}. The table that follows has every score."
    )


def _caption(report: Report, placed: Sequence[tuple[str, Entry]]) -> str:
    caption = "The score that stands for each descriptor (dot)"
    if any(entry.spread for _, entry in placed):
        caption += ", how far the panel's answers ran (line)"
    if report.trend and report.trend.comparable:
        caption += f", and the score of {report.trend.year} (square)"
    return caption
