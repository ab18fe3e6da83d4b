"""What the area filled in of what its guide leaves open, as tables: its own, its words, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.values.filled_in import Cell
from guides.terms import LocalTable
from projections.facts.view import View
from projections.tables.model import Column, Table, Value

NUMBER = Column(
    name="number",
    title="Number",
    says="Its place in the table, from 1.",
    kind="integer",
    needed=True,
    least=1,
)
ATTACHED = (
    NUMBER,
    Column(name="asked_as", title="Asked as", says="What the guide asks for; blank if it is more."),
    Column(name="words", title="In words", says="What it is; or why it cannot be read."),
    Column(name="source", title="Source", says="Where it is from, if that was said."),
    Column(name="dated", title="Day", says="The day it is of, if that was said.", kind="date"),
    Column(name="sha256", title="File's digest", says="SHA-256 of the file; blank without one."),
)
TERMS = (
    Column(name="term", title="Word", says="A word of the guide.", needed=True),
    Column(name="means", title="Means here", says="What it means; blank while that is not said."),
)


def of_the_area(view: View) -> Iterator[Table]:
    """Each table for which there is anything, in the guide's order."""
    if view.state.attached:
        yield _attached(view)
    if view.guide.local_terms:
        yield _terms(view)
    yield from (_own(view, table) for table in view.guide.local_tables)


def _attached(view: View) -> Table:
    return Table(
        name="attached",
        title="Evidence for the whole",
        says="A row is evidence for the assessment as a whole, not for one item.",
        columns=ATTACHED,
        rows=tuple(
            (
                number,
                fact.asked_as,
                view.log.shown(fact.words),
                view.log.shown(kept.origin) if (kept := fact.evidence) else None,
                kept.dated if kept else None,
                kept.file.sha256 if kept and kept.file else None,
            )
            for number, fact in view.state.attached.items()
        ),
        key=("number",),
    )


def _terms(view: View) -> Table:
    return Table(
        name="local_terms",
        title="Local words",
        says="A row is a word of the guide that each area explains itself.",
        columns=TERMS,
        rows=tuple(
            (term.term, view.log.shown(view.state.terms.get(term.id)))
            for term in view.guide.local_terms
        ),
        key=("term",),
    )


def _own(view: View, table: LocalTable) -> Table:
    rows = view.state.tables.get(table.id, ())
    columns = tuple(
        Column(
            name=column.id,
            title=column.title,
            says=f"{column.title}, as the area filled it in.",
            kind="number" if column.kind == "number" else "string",
        )
        for column in table.columns
    )
    return Table(
        name=f"local_{table.id.replace('-', '_')}",
        title=table.title,
        says="A row is one that the area filled in.",
        columns=(NUMBER, *columns),
        rows=tuple(
            (place, *_values(view, {cell.column: cell for cell in row}, table))
            for place, row in enumerate(rows, start=1)
        ),
        key=("number",),
    )


def _values(view: View, row: dict[str, Cell], table: LocalTable) -> Iterator[Value]:
    for column in table.columns:
        cell = row.get(column.id)
        words = view.log.shown(cell.words) if cell else None
        yield cell.number if cell and cell.number is not None else words
