"""What a guide brings along beside its questions, as `guide show` prints it: every word of it."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Guide
from guides.terms import LocalTable, Partner


def annexes(guide: Guide) -> Iterator[str]:
    """Texts, tables, local terms, partners and evidence asked for, each under its heading."""
    for text in guide.references:
        yield f"\n{text.title} ({text.id}){_beside(text.beside)}"
        yield from (f"  {line}" for line in (text.text, *text.points) if line)
    for table in guide.local_tables:
        yield from _table(table)
    for term in guide.local_terms:
        yield f"\n{term.term} ({term.id}), explained by the area{_beside(term.beside)}"
        yield f"  {term.means}"
    if guide.least_partners:
        yield f"\nWho must take part at the least\n  {guide.least_partners.status}"
        yield from map(_partner, guide.least_partners.partners)
    for asked in guide.evidence_asked:
        yield f"\nAsked for as evidence for the whole: {asked.title} ({asked.id})"
        yield from (f"  {line}" for line in (asked.text,) if line)
    if guide.asked_last:
        yield f"\nAsked of everybody at the end: {', '.join(guide.asked_last)}"


def _table(table: LocalTable) -> Iterator[str]:
    yield f"\n{table.title} ({table.id}), filled in by the area{_beside(table.beside)}"
    yield from (f"  {line}" for line in (table.text, table.instruction, table.note) if line)
    for column in table.columns:
        number = ", a number" if column.kind == "number" else ""
        yield f"  Column {column.title} ({column.id}{number})"


def _partner(partner: Partner) -> str:
    but_not = f"; but not by {', '.join(partner.but_not)}" if partner.but_not else ""
    where = "; only where there are any" if partner.if_any else ""
    return f"  {partner.name}: known by {', '.join(partner.known_by)}{but_not}{where}"


def _beside(words: tuple[str, ...]) -> str:
    return f", beside {', '.join(words)}" if words else ", about the whole guide"
