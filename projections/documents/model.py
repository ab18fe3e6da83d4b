"""What a document says, as plain values: a renderer turns them into a file and adds no words.

Text in it is plain text. Characters that would steer a screen or break a file are made visible
here, once, so that no renderer has to deal with them.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, computed_field

from ehsg_events.kernel import Frozen
from projections.documents.direction import Run, among_ours, runs
from projections.steering_characters import visible

CONTENTS = "Contents"
RECORD = "The record behind this page"
FEW, ACROSS = 5, 120  # of more columns none may take what the others' words need
WIDEST, GAP = 56, 4  # characters: the most that a column may ask for, and what its edges take
NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def readable(text: str) -> str:
    """Text with a mark in place of every character that steers, or that no file may hold."""
    return NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def in_a_line(text: str) -> str:
    """Readable text without line breaks, as a heading or a cell holds it."""
    return " ".join(readable(text).split())


Text = Annotated[str, AfterValidator(readable)]
Line = Annotated[str, AfterValidator(in_a_line)]


class Heading(Frozen):
    """A heading of level 2 to 4; the title alone is of level 1. Its anchor can be linked to."""

    kind: Literal["heading"] = "heading"
    level: Literal[2, 3, 4]
    text: Line
    anchor: str | None = None


class Prose(Frozen):
    """A paragraph in our own words."""

    kind: Literal["prose"] = "prose"
    text: Line


class Words(Frozen):
    """What somebody typed, with its lines kept, and whose it is as far as that may be said.

    `source` is where it is from, as it was typed; `beside` what we say of it.
    """

    kind: Literal["words"] = "words"
    text: Text
    whose: Line | None = None
    source: Line | None = None
    beside: Line | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def runs(self) -> tuple[Run, ...]:
        """Its lines, each in its own direction."""
        return runs(self.text)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def brackets(self) -> tuple[str, ...]:
        """What stands in brackets after it: whose it is, where from and of when."""
        source = f"source: {among_ours(self.source)}" if self.source else None
        return tuple(part for part in (self.whose, source, self.beside) if part)


class Bullets(Frozen):
    """A list; ordered when its order says something."""

    kind: Literal["bullets"] = "bullets"
    rows: tuple[Prose | Words, ...]
    ordered: bool = False


class Pair(Frozen):
    """A term and what is said of it."""

    term: Line
    told: Prose | Words


class Pairs(Frozen):
    """Terms, each with what is said of it."""

    kind: Literal["pairs"] = "pairs"
    rows: tuple[Pair, ...]


class Table(Frozen):
    """A table: a heading over each column, and the first cell of a row is that row's heading.

    `leads_to` are the anchors that the rows lead to, one for each row, or none at all.
    """

    kind: Literal["table"] = "table"
    caption: Line
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    leads_to: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def widths(self) -> tuple[int, ...]:
        """The relative widths of its columns, by the longest text of each."""
        columns = zip(self.head, *self.rows, strict=True)
        widest = WIDEST if len(self.head) <= FEW else ACROSS // len(self.head)
        return tuple(min(widest, max(map(len, texts))) + GAP for texts in columns)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def runs(self) -> tuple[tuple[Run, ...], ...]:
        """Its cells, each in its own direction."""
        return tuple(tuple(runs(cell)[0] for cell in row) for row in self.rows)


class Plot(Frozen):
    """A picture drawn from figures: what it shows in words stands beside it."""

    kind: Literal["plot"] = "plot"
    svg: str
    alt: Line
    caption: Line


Block = Annotated[
    Heading | Prose | Words | Bullets | Pairs | Table | Plot, Field(discriminator="kind")
]


class Document(Frozen):
    """A whole document.

    `state` says in one line how far it may be relied on. `record` is what lies behind it, shown at
    its end. `opening` stands on the first page, before a list of the sections, which `contents` asks
    for; `shorter` are openings that say less, each less than the one before, for a page that cannot
    grow. `at` is the moment it describes, and the only time in a file made of it.
    """

    language: str
    title: Line
    subtitle: Line
    state: Line | None = None
    contents: bool = False
    opening: tuple[Block, ...] = ()
    shorter: tuple[tuple[Block, ...], ...] = ()
    blocks: tuple[Block, ...]
    record: tuple[Pair, ...] = ()
    at: datetime

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings of the second level, which a list of contents names."""
        every = (*self.opening, *self.blocks)
        return tuple(b for b in every if isinstance(b, Heading) and b.level == 2)
