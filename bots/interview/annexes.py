"""What stands beside a question: the guide's own texts, and what the area filled in.

No clock and no writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bots import phrases
from bots.interview.talk import Choice, Prompt, Talk
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.filled_in import Row
from guides.terms import LocalTable, LocalTerm


class Annex(NamedTuple):
    """One text beside a question: its title, and its paragraphs."""

    title: str
    lines: tuple[str, ...]


def annexes(talk: Talk, item: str) -> tuple[Annex, ...]:
    """Everything that stands beside an item, in the guide's order; local terms first."""
    guide, sitting = talk.sitting.guide, talk.sitting
    terms = (_term(talk, term) for term in guide.local_terms if guide.stands(item, term.beside))
    texts = (
        Annex(text.title, tuple(part for part in (text.text, *text.points) if part))
        for text in guide.references
        if guide.stands(item, text.beside)
    )
    tables = (
        _table(talk, table, sitting.tables.get(table.id, ()))
        for table in guide.local_tables
        if guide.stands(item, table.beside)
    )
    return (*terms, *texts, *tables)


def _term(talk: Talk, term: LocalTerm) -> Annex:
    here = talk.read(talk.sitting.terms.get(term.id))
    said = phrases.means_here(term.term, here) if here else _(phrases.NOT_SAID_HERE)
    return Annex(phrases.what_means(term.term), (term.means, said))


def _table(talk: Talk, table: LocalTable, rows: tuple[Row, ...]) -> Annex:
    own = tuple(_row(talk, table, rows)) or (_(phrases.NOT_FILLED_IN),)
    # the area's own rows come first: what the source says of the table is long
    told = (
        _(phrases.AS_FILLED_IN) if rows else "",
        *own,
        table.text,
        table.instruction,
        table.note,
    )
    return Annex(table.title, tuple(part for part in told if part))


def _row(talk: Talk, table: LocalTable, rows: tuple[Row, ...]) -> Iterator[str]:
    """Each row in a line, every cell after the heading of its column."""
    heads = {column.id: column.title for column in table.columns}
    for row in rows:
        cells = (
            (heads.get(cell.column, cell.column), talk.read(cell.words), cell.number)
            for cell in row
        )
        yield phrases.table_row(
            (head, words if number is None else f"{number:g}") for head, words, number in cells
        )


def local_note(talk: Talk, item: str) -> str:
    """The area's own note under an item, and what the words mean here that it uses."""
    meanings = (
        phrases.means_here(term.term, here)
        for term in talk.sitting.guide.local_terms
        if talk.sitting.guide.stands(item, term.beside)
        if (here := talk.read(talk.sitting.terms.get(term.id)))
    )
    note = talk.sitting.local_notes.get(item, "")
    return "\n".join(part for part in (note, *meanings) if part)


def offered(talk: Talk, item: str) -> tuple[Choice, ...]:
    """The button that shows what stands beside an item, if anything does."""
    ways = (Choice(_(phrases.WHAT_STANDS_BESIDE), f"beside:{item}"),)
    return ways if annexes(talk, item) else ()


def of_prompt(talk: Talk, prompt: Prompt) -> tuple[Annex, ...]:
    """What stands beside the question of a prompt, for a page, which has room for it."""
    asks = prompt.kind in ("question", "words")
    return annexes(talk, prompt.item) if asks and prompt.item else ()


def annexes_screen(talk: Talk, item: str | None, go_on: tuple[Choice, ...]) -> Prompt:
    """What stands beside an item, as a chat shows it."""
    if item is None or item not in talk.sitting.guide.items:
        return Prompt("beside", _(phrases.NOT_STARTED), go_on)
    title = phrases.title(talk.sitting.guide.items[item])
    texts = annexes(talk, item)
    body = "\n\n".join("\n".join((text.title, *text.lines)) for text in texts)
    heads = (title, *(text.title for text in texts))
    return Prompt(
        "beside", f"{title}\n{body or _(phrases.NOTHING_BESIDE)}", go_on, item, headings=heads
    )
