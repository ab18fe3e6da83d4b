"""What stands beside the questions, for the end of a report: the guide's texts, the area's own.

What people on the panel said is never in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.dates import calendar
from ehsg_events.events import EvidenceAttached
from ehsg_events.values.filled_in import Cell
from guides.terms import LocalTable
from projections.facts.view import View
from projections.report.model import Annex, Attached

NOT_FILLED_IN = "The area has not filled this table in."
NOT_SAID = "What it means here has not been said."


def annexes(view: View) -> Iterator[Annex]:
    """The local terms, then the tables, then the texts of the guide, each as it stands.

    Texts about the whole guide, such as ways to conduct it, tell a board nothing of its area.
    """
    state = view.state
    for term in view.guide.local_terms:
        meaning = view.log.shown(state.terms.get(term.id))
        here = f"In {state.area}: {meaning}" if meaning else NOT_SAID
        yield Annex(title=term.term, lines=(term.means, here))
    for table in view.guide.local_tables:
        yield _table(view, table)
    for text in (text for text in view.guide.references if text.beside):
        yield Annex(title=text.title, lines=(text.text,) if text.text else (), points=text.points)


def _table(view: View, table: LocalTable) -> Annex:
    filled = view.state.tables.get(table.id, ())
    used = {cell.column for row in filled for cell in row}
    columns = [column for column in table.columns if column.id in used]
    rows = tuple(
        tuple(_told(view, {cell.column: cell for cell in row}.get(c.id)) for c in columns)
        for row in filled
    )
    lines = (table.text, table.note, "" if rows else NOT_FILLED_IN)
    return Annex(
        title=table.title,
        lines=tuple(line for line in lines if line),
        head=tuple(column.title for column in columns),
        rows=rows,
    )


def _told(view: View, cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"{cell.number:g}" if cell.number is not None else view.log.shown(cell.words) or ""


def attached(view: View) -> Iterator[Attached]:
    """The evidence for the assessment as a whole, then what the guide asks for and is not there."""
    titles = {asked.id: asked.title for asked in view.guide.evidence_asked}
    for fact in view.state.attached.values():
        yield _attached(view, fact, titles.get(fact.asked_as or "", "Evidence"))
    there = {fact.asked_as for fact in view.state.attached.values()}
    for name, title in titles.items():
        if name not in there:
            yield Attached(what=title, words="Not attached.", source="", day="", file="")


def _attached(view: View, fact: EvidenceAttached, what: str) -> Attached:
    kept = fact.evidence
    file = kept.file if kept else None
    return Attached(
        what=what,
        words=view.log.shown(fact.words) or "",
        source=(view.log.shown(kept.origin) or "") if kept else "",
        day=calendar.say_day(kept.dated) if kept and kept.dated else "",
        file=(view.log.shown(file.name) or "") if file else "",
    )
