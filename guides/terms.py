"""What a guide brings along, all of it optional: minimum scores, priorities, permissions, a vision."""

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
