"""A document as Markdown: words stay plain text, whatever they contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from projections.documents.model import (
    RECORD,
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Plot,
    Prose,
    Table,
    Words,
)

ACTIVE = re.compile(r"([\\`*_{}\[\]<>#+|~&@^=$]|:(?=//)|(?<=www)\.)")
BEGINS = re.compile(r"^(\d*)([.)]|-)(?=[\s-]|$)")  # an item of a list, or a horizontal rule


def write(document: Document) -> bytes:
    """A document as Markdown, in which no text acts as markup."""
    return ("\n\n".join(_parts(document)) + "\n").encode()


def inert(text: str) -> str:
    """A text as one line of Markdown, with everything escaped that would act as markup."""
    line = ACTIVE.sub(r"\\\1", " ".join(text.split()))
    return BEGINS.sub(r"\1\\\2", line)


def _parts(document: Document) -> Iterator[str]:
    yield f"# {inert(document.title)}"
    yield inert(document.subtitle)
    if document.state:
        yield f"**{inert(document.state)}**"
    for block in (*document.opening, *document.blocks):
        yield _block(block)
    if document.record:
        yield f"## {RECORD}"
        yield _pairs(document.record)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {inert(block.text)}"
        case Prose() | Words():
            return _told(block)
        case Bullets():
            marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.rows) + 1))
            return "\n".join(f"{m} {_told(row)}" for m, row in zip(marks, block.rows, strict=True))
        case Pairs():
            return _pairs(block.rows)
        case Table():
            return _table(block)
        case Plot():
            return f"{inert(block.caption)}. {inert(block.alt)}"
    assert_never(block)


def _told(words: Prose | Words) -> str:
    if isinstance(words, Words) and words.brackets:
        return f"{inert(words.text)} ({'; '.join(map(inert, words.brackets))})"
    return inert(words.text)


def _pairs(rows: tuple[Pair, ...]) -> str:
    return "\n\n".join(f"**{inert(row.term)}:** {_told(row.told)}" for row in rows)


def _table(block: Table) -> str:
    rows = (block.head, *block.rows)
    lines = [f"| {' | '.join(inert(cell) for cell in row)} |" for row in rows]
    lines.insert(1, "|---" * len(block.head) + "|")
    return f"{inert(block.caption)}.\n\n" + "\n".join(lines)
