"""What a guide brings along, all of it optional: minimum scores, priorities, permissions, a vision.

What stands beside its questions too: texts word for word as their source has them, tables and words
that an area fills in itself, and who must take part.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from guides.base import ItemKind, Minutes, Part, Prose, Slug, Text


class Threshold(Part):
    """A minimum score an item must reach."""

    item: Slug
    minimum: int


class Thresholds(Part):
    """Criteria that must all be met, and what they stand for."""

    title: Prose
    status: Prose
    rule: Prose
    criteria: tuple[Threshold, ...]


class DataModel(Part):
    """One step of the ladder that says how an area brings its data together."""

    level: int
    name: Prose
    text: Prose


class About(Part):
    """What a guide is about and who asks, in words for the middle of a sentence.

    `minutes` says how long an item of a kind takes, unless its scale says it.
    """

    subject: Prose
    asked_by: Text = ""
    led_by: Prose = "the council"
    minutes: dict[ItemKind, Minutes] = Field(default={})

    @property
    def partnership(self) -> str:
        """Who asks: as the guide says it, or the partnership for its subject."""
        return self.asked_by or f"the {self.subject} partnership"

    @property
    def heading(self) -> str:
        """The subject at the beginning of a line."""
        return self.subject[:1].upper() + self.subject[1:]

    @property
    def file_name(self) -> str:
        """The subject as part of a file's name."""
        return re.sub(r"[^a-z0-9]+", "-", self.subject.lower()).strip("-")[:40] or "guide"


EARLY_HELP = About(subject="early help")
EDITIONS = ("ehsg", "isos", "nw")  # published before a guide could say what it is about


def topic_of(name: str, title: str) -> About:
    """What a guide without `about` is about: early help, or else what its title says.

    Args:
        name: the guide's name without its version, such as `ehsg-2022`.
    """
    if name.rpartition("-")[0] in EDITIONS:
        return EARLY_HELP
    return About(subject=title, asked_by="the partnership")


class Quota(Part):
    """How many priorities of each section kind, for a span of data models."""

    data_model_min: int
    data_model_max: int
    counts: dict[Slug, int]
    text: Prose


class Selection(Part):
    """The rule for choosing priorities: a warning to the coordinator, never a block."""

    count: int
    duty: Prose
    quotas: tuple[Quota, ...]
    afterwards: Text = ""
    open_points: tuple[Prose, ...] = ()


class Permission(Part):
    """A question on sharing; a blank answer is never yes."""

    id: Slug
    kind: Literal["acknowledge", "confirm"]
    recipient: Prose
    scope: tuple[Prose, ...]
    excludes: tuple[Prose, ...] = ()
    text: Prose


class Vision(Part):
    """What good looks like, section by section, in the guide's own words."""

    section: Prose
    statements: tuple[Prose, ...]


class ServiceType(Part):
    """One kind of service in the early help system."""

    title: Prose
    members: tuple[Prose, ...]


# -- beside the questions ---------------------------------------------------------------------------
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
