"""The first page: where the area stands in five sentences and a drawing, and what stands out.

What is drawn stands in a table too, for whoever does not see the drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from projections.documents.model import Block, Bullets, Heading, Pair, Pairs, Plot, Prose, Table
from projections.documents.plot import Dot, drawn
from projections.figures.names import beginning
from projections.report.model import Entry, Means, Named, Report, Todo

Marks = tuple[str, ...]
MOST_TODO = 5  # lines of what is to be done, before the rest is a number
LONG, SHORT = 100, 60  # letters of what is to be done, and of who does it, before they are cut
NONE_STANDS_OUT = {
    "Strongest": "no score yet",
    "Weakest": "none is weaker than the others",
    "Most disagreed": "not shown: too few people answered, or nobody stood apart",
}


def first_page(report: Report, most: int = MOST_TODO) -> Iterator[Block]:
    """Everything that somebody with two minutes needs.

    Args:
        most: how much of what is to be done stands there; the rest is a number.
    """
    yield Heading(level=2, text="Where we stand", anchor="summary")
    yield Bullets(rows=tuple(Prose(text=sentence) for sentence in report.overview.sentences))
    yield from _plots(report)
    yield _means(report.overview.means, report)
    yield _stands_out(report)
    yield from _todo(report, most)


def shorter_pages(report: Report) -> Iterator[tuple[Block, ...]]:
    """The first page with less and less of what is to be done, for paper."""
    for most in reversed(range(min(MOST_TODO, len(report.overview.todo)))):
        yield tuple(first_page(report, most))


def every_score(report: Report) -> Iterator[Block]:
    """Every descriptor in a table, with the score that stands and how it came about."""
    yield Heading(level=2, text="Every score", anchor="scores")
    if report.wording:
        note = f" It says of them: “{report.scale_note}”" if report.scale_note else ""
        yield Prose(
            text=f"The words of the levels are {report.wording}. They came with the guide's file and "
            f"are not the partnership's own.{note}"
        )
    entries = [entry for part in report.parts for entry in part.entries if entry.score]
    wording = f" ({report.wording})" if report.wording else ""
    yield Table(
        caption=f"The score that stands for each descriptor{wording}",
        head=("Descriptor", "Score", "How it came about", "Answers"),
        rows=tuple(
            (entry.title, entry.score or "", entry.how or "not settled", _run(entry))
            for entry in entries
        ),
        leads_to=tuple(f"item-{entry.item}" for entry in entries),
    )


def _run(entry: Entry) -> str:
    if entry.covered:
        return "not needed"
    return entry.spread.ran if entry.spread else "not shown"


# -- the sections ------------------------------------------------------------------------------
def _means(means: Sequence[Means], report: Report) -> Table:
    with_mean = any(row.mean for row in means)
    with_before = with_mean and any(row.before for row in means)
    year = f"Mean in {report.trend.year}" if report.trend else ""
    head = ("Section", "Scored", "Lowest", "Highest")
    return Table(
        caption="The sections",
        head=(*head, *(("Mean",) if with_mean else ()), *((year,) if with_before else ())),
        rows=tuple(
            (
                row.section,
                row.scored,
                row.low,
                row.high,
                *((row.mean or "none",) if with_mean else ()),
                *((row.before or "none",) if with_before else ()),
            )
            for row in means
        ),
    )


def _stands_out(report: Report) -> Pairs:
    overview = report.overview
    rows = (
        ("Strongest", _named(overview.strongest, overview.strongest_more)),
        ("Weakest", _named(overview.weakest, overview.weakest_more)),
        ("Most disagreed", _named(overview.apart, overview.apart_of)),
    )
    return Pairs(
        rows=tuple(
            Pair(term=what, told=Prose(text=told or NONE_STANDS_OUT[what])) for what, told in rows
        )
    )


def _named(named: Sequence[Named], more: str | None) -> str:
    told = [f"{one.title}: {one.told}" for one in named]
    return "; ".join([*told, *([more] if more else [])])


def _todo(report: Report, most: int) -> Iterator[Block]:
    """What is to be done first, cut short; the rest by how many they are and where they stand."""
    rows, rest = report.overview.todo[:most], report.overview.todo[most:]
    if rows:
        yield Table(
            caption="What is to be done",
            head=("Descriptor", "What", "By whom", "By when"),
            rows=tuple(
                (row.title, beginning(row.words, LONG), beginning(row.owner, SHORT), row.due)
                for row in rows
            ),
            leads_to=tuple(f"item-{row.item}" for row in rows),
        )
    said = " ".join(_not_here(rows, rest))
    if said:
        yield Prose(text=said)


def _not_here(rows: Sequence[Todo], rest: Sequence[Todo]) -> Iterator[str]:
    """What the first page leaves out of what is to be done, and where that stands."""
    where = "Actions" if all(row.agreed for row in rest) else "Priorities and Actions"
    if rest and rows:
        yield f"{len(rest)} more {'stands' if len(rest) == 1 else 'stand'} under {where}."
    elif rest:
        yield f"What is to be done stands under {where}, {len(rest)} in all."
    if any(len(" ".join(words.split())) > most for words, most in _told(rows)):
        yield "What ends in … stands whole under Actions."


def _told(rows: Sequence[Todo]) -> Iterator[tuple[str, int]]:
    for row in rows:
        yield from ((row.words, LONG), (row.owner, SHORT))


# -- the drawing -------------------------------------------------------------------------------
def _plots(report: Report) -> Iterator[Plot]:
    """A plot for each scale: scores of different scales do not lie on one line.

    A section of which nothing is scored would be a page of empty lines; the tables have it.
    """
    begun = [part for part in report.parts if any(e.outcome is not None for e in part.entries)]
    placed = [
        (part.title, entry)
        for part in begun
        for entry in part.entries
        if entry.ends and not entry.covered
    ]
    scales = dict.fromkeys(entry.marks for _, entry in placed if entry.outcome is not None)
    before = {row.item: row.outcome for row in report.trend.rows} if report.trend else {}
    for marks in scales:
        own = [(title, entry) for title, entry in placed if entry.marks == marks]
        entries = [entry for _, entry in own]
        lowest = entries[0].ends[0] if entries[0].ends else 0
        yield Plot(
            svg=drawn(list(_dots(own, before)), marks, lowest),
            alt=_alt(entries, marks, lowest),
            caption=_caption(report, entries),
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


def _alt(entries: Sequence[Entry], marks: Marks, lowest: int) -> str:
    """What the drawing shows, in words; the figures themselves are in a table."""
    counts = Counter(entry.outcome for entry in entries if entry.outcome is not None)
    stands = ", ".join(f"{counts[score]} at {marks[score - lowest]}" for score in sorted(counts))
    return (
        f"Dot plot of {len(entries)} descriptors in the guide's order, on a scale from {marks[0]} "
        f"to {marks[-1]}: {stands}. The table of every score has them all."
    )


def _caption(report: Report, entries: Sequence[Entry]) -> str:
    caption = "The score that stands for each descriptor (dot)"
    if any(entry.spread for entry in entries):
        caption += ", how far the panel's answers ran (line)"
    if report.trend and report.trend.comparable:
        caption += f", and the score of {report.trend.year} (square)"
    return caption
