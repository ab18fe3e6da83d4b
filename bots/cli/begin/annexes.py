"""What a guide brings along beside its questions, as `guide show` prints it."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Guide


def annexes(guide: Guide) -> Iterator[str]:
    """Texts, tables, local terms, partners and evidence asked for, each under its heading."""
    for text in guide.references:
        yield f"\n{text.title}{_beside(text.beside)}"
        yield from (f"  {line}" for line in (text.text, *text.points) if line)
    for table in guide.local_tables:
        yield f"\n{table.title}, filled in by the area{_beside(table.beside)}"
        yield from (f"  {line}" for line in (table.text, table.instruction, table.note) if line)
        yield f"  Columns: {', '.join(column.title for column in table.columns)}"
    for term in guide.local_terms:
        yield f"\n{term.term}, explained by the area{_beside(term.beside)}\n  {term.means}"
    if guide.least_partners:
        yield f"\nWho must take part at the least\n  {guide.least_partners.status}"
        yield from (f"  {partner.name}" for partner in guide.least_partners.partners)
    for asked in guide.evidence_asked:
        yield f"\nAsked for as evidence for the whole: {asked.title}\n  {asked.text}".rstrip()
    for item in guide.asked_last:
        yield f"\nAsked of everybody at the end: {guide.items[item].statement}"


def _beside(words: tuple[str, ...]) -> str:
    return f" (beside {', '.join(words)})" if words else ""
