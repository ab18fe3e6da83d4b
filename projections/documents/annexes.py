"""The end of a report: evidence for the whole, and what stands beside the questions."""

from __future__ import annotations

from collections.abc import Iterator

from projections.documents.model import Block, Bullets, Heading, Prose, Table
from projections.report.model import Annex, Report


def annexes(report: Report) -> Iterator[Block]:
    """Both parts, each only if there is anything in it."""
    if report.attached:
        yield Heading(level=2, text="Evidence for the whole", anchor="attached")
        yield Table(
            caption="What was handed in for the assessment as a whole, not for one item",
            head=("What", "In words", "Source", "Day", "File"),
            rows=tuple(
                (one.what, one.words, one.source, one.day, one.file) for one in report.attached
            ),
        )
    if report.annexes:
        yield Heading(level=2, text="Beside the questions", anchor="annexes")
        for annex in report.annexes:
            yield from _annex(annex)


def _annex(annex: Annex) -> Iterator[Block]:
    yield Heading(level=3, text=annex.title)
    yield from (Prose(text=line) for line in annex.lines)
    if annex.points:
        yield Bullets(rows=tuple(Prose(text=point) for point in annex.points))
    if annex.rows:
        yield Table(
            caption=f"{annex.title}, as the area filled it in", head=annex.head, rows=annex.rows
        )
