"""What a guide brings along beside its questions: texts, tables and terms, and who must take part.

A text stands word for word as its source has it. What an area fills in itself (a table, a word's
local meaning) is no part of the guide; the guide only says what is to be filled in.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guides.base import Part, Prose, Slug, Text


class Reference(Part):
    """A text that is no question, as the source has it.

    `beside` are the items, sections or parts that it is offered with; without any it is about the
    whole guide.
    """

    id: Slug
    title: Prose
    text: Text = ""
    points: tuple[Prose, ...] = ()
    beside: tuple[Slug, ...] = ()


class Column(Part):
    """A column of a table that an area fills in: its heading, and what stands in it."""

    id: Slug
    title: Prose
    kind: Literal["words", "number"] = "words"


class LocalTable(Part):
    """A table that an area fills in, and what its source says of it; shown beside some items."""

    id: Slug
    title: Prose
    text: Text = ""
    instruction: Text = ""
    note: Text = ""
    columns: tuple[Column, ...] = Field(min_length=1)
    beside: tuple[Slug, ...] = ()


class LocalTerm(Part):
    """A word that means something else in each area, and what the source says of it."""

    id: Slug
    term: Prose
    means: Prose
    beside: tuple[Slug, ...] = ()


class Partner(Part):
    """Who must take part, and the words by which they are known on a panel.

    `but_not` are words that only look like one of these. `if_any` marks who does not exist
    everywhere, such as district councils.
    """

    name: Prose
    known_by: tuple[Prose, ...] = Field(min_length=1)
    but_not: tuple[Prose, ...] = ()
    if_any: bool = False


class LeastPartners(Part):
    """Who must take part at the least, and where that is said."""

    status: Prose
    partners: tuple[Partner, ...] = Field(min_length=1)


class AskedEvidence(Part):
    """Evidence that is asked for of the assessment as a whole, not of an item."""

    id: Slug
    title: Prose
    text: Text = ""
