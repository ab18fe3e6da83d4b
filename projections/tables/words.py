"""The tables of words and numbers that were given beside the scores, by agency and never by person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ehsg_events.interview.numbers import amount
from guides.model import NarrativeField
from projections.access.agencies import Agencies
from projections.facts.view import View
from projections.figures.names import field_label
from projections.folded.notes import NoteRow
from projections.history.evidence_files import evidence_in, words_in
from projections.report.entries import notes
from projections.report.entries import numbers as given
from projections.results.peers import Companies
from projections.tables.model import Column, Table, Value
from projections.tables.scores import ITEM

COLUMNS = (
    ITEM,
    Column(name="field", title="Field", says="The guide's heading over the words.", needed=True),
    Column(
        name="agency",
        title="Agency",
        says="Whose words they are; an agency of which fewer than three people answered the item has "
        "no name.",
        needed=True,
    ),
    Column(
        name="kind",
        title="Kind",
        says="Whether it is a statement, a link or a file that was handed in.",
        needed=True,
        choices=("statement", "link", "file"),
    ),
    Column(
        name="source", title="Source", says="Where it is from, as it was typed, if it was said."
    ),
    Column(name="dated", title="Dated", says="The day it speaks of, if it was said.", kind="date"),
    Column(name="words", title="Words", says="The words that were typed.", needed=True),
)
TITLES: Mapping[str, tuple[str, str, str]] = {
    "evidence": ("evidence", "Evidence", "A row is one thing somebody wrote of how they know."),
    "next-step": ("next_steps", "Next steps", "A row is one thing somebody wrote should happen."),
}
NUMBERED = (
    Column(name="item", title="Item", says="The question's number in the guide.", needed=True),
    COLUMNS[2],
    Column(name="number", title="Number", says="The number given.", kind="number", needed=True),
    Column(name="unit", title="Unit", says="What it counts.", needed=True),
    Column(name="in_words", title="In words", says="The number with its unit.", needed=True),
)


def said(view: View, kind: str) -> Table:
    """What was written as evidence, or as next steps, in closed rounds, except forgotten words.

    Args:
        kind: `evidence` or `next-step`.
    """
    name, title, says = TITLES[kind]
    places = {item: place for place, item in enumerate(view.guide.items)}
    rows = sorted(_rows(view, kind), key=lambda row: places[str(row[0])])
    return Table(name=name, title=title, says=says, columns=COLUMNS, rows=tuple(rows))


def numbers(view: View) -> Table:
    """The numbers that were given in answer to questions that are not scored."""
    agencies = Agencies(view)
    units = {item: number.unit for item, number in view.guide.numbers.items()}
    return Table(
        name="numbers",
        title="Numbers",
        says="A row is a number that was given in answer to a question.",
        columns=NUMBERED,
        rows=tuple(
            (
                item,
                agencies.name(item, agency),
                number,
                units[item],
                amount(number, units[item]),
            )
            for item, number, agency in given(view)
        ),
    )


def _rows(view: View, kind: str) -> Iterator[tuple[Value, ...]]:
    agencies, companies = Agencies(view), Companies(view)
    for row in notes(view):
        words = words_in(view, row).says
        if words is None or _kind(view, row) != kind:
            continue
        peer, item, kept = row.peer_of, row.item, evidence_in(row)
        whose = companies.name(item, peer) if peer else agencies.name(item, row.agency)
        label = field_label(view.guide, item, row.field)
        source = view.log.shown(kept.origin)
        yield item, label, whose, kept.kind, source, kept.dated, words


def _kind(view: View, note: NoteRow) -> str:
    boxes: tuple[NarrativeField, ...] = view.guide.section_of(note.item).fields
    return next((box.kind for box in boxes if box.id == note.field), "evidence")
