"""What a guide is: sections of items on scales, with the rules it brings along.

Nothing here knows how many levels a scale has or how many items a guide asks; both are data.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Part(BaseModel):
    """A frozen piece of a guide; an unknown key is a mistake, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(Part):
    """One place on a scale: the value people give, the score it stands for, and its words."""

    value: Slug
    score: int
    label: Prose
    text: str = ""


class Scale(Part):
    """Levels from the lowest score to the highest, one score apart."""

    id: Slug
    suggested: bool = False
    note: str = ""
    levels: tuple[Level, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _levels_are_one_apart(self) -> Self:
        scores = [level.score for level in self.levels]
        if scores != list(range(scores[0], scores[0] + len(scores))):
            raise ValueError(f"scale {self.id}: scores must rise by one, not {scores}")
        if len({level.value for level in self.levels}) != len(self.levels):
            raise ValueError(f"scale {self.id}: two levels have the same value")
        return self

    @property
    def lowest(self) -> int:
        """The score of the lowest level."""
        return self.levels[0].score

    @property
    def highest(self) -> int:
        """The score of the highest level."""
        return self.levels[-1].score


class NarrativeField(Part):
    """A box for words under an item: evidence of what is, or a next step."""

    id: Slug
    label: Prose
    kind: Literal["evidence", "next-step"]


class Item(Part):
    """A descriptor when it has a scale, a question when it has none."""

    id: Slug
    statement: str
    label: str = ""
    label_is_ours: bool = False
    scale: Slug | None = None
    polarity: Literal["positive", "negative"] = "positive"
    alternative_group: Slug | None = None
    ask: bool = True
    note: str = ""


class Section(Part):
    """Items that belong together; `kind` is what the choice of priorities counts by."""

    id: Slug
    number: int | None = None
    title: Prose
    kind: Slug = "service"
    fields: tuple[NarrativeField, ...] = ()
    items: tuple[Item, ...] = Field(min_length=1)


class Source(Part):
    """Where the wording comes from, with the digest of the copy that was read."""

    document: Prose
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    used_for: str = ""


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


class Quota(Part):
    """How many priorities of each section kind, for a span of data models."""

    data_model_min: int
    data_model_max: int
    counts: dict[str, int]
    text: Prose


class Selection(Part):
    """The rule for choosing priorities: a warning to the coordinator, never a block."""

    count: int
    duty: Prose
    quotas: tuple[Quota, ...]
    afterwards: str = ""
    open_points: tuple[str, ...] = ()


class Permission(Part):
    """A question on sharing; a blank answer is never yes."""

    id: Slug
    kind: Literal["acknowledge", "confirm"]
    recipient: Prose
    scope: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    text: Prose


class Vision(Part):
    """What good looks like, section by section, in the guide's own words."""

    section: Prose
    statements: tuple[Prose, ...]


class ServiceType(Part):
    """One kind of service in the early help system."""

    title: Prose
    members: tuple[Prose, ...]


class Guide(Part):
    """A questionnaire at one version, written `name@version`."""

    name: Slug
    version: Annotated[int, Field(ge=1)]
    title: Prose
    edition: str = ""
    year: int
    language: Slug = "en"
    publisher: Prose
    licence: Prose
    sources: tuple[Source, ...] = Field(min_length=1)
    definition: str = ""
    instruction: str = ""
    scales: tuple[Scale, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    thresholds: Thresholds | None = None
    data_models: tuple[DataModel, ...] = ()
    selection: Selection | None = None
    permissions: tuple[Permission, ...] = ()
    vision: tuple[Vision, ...] = ()
    service_types: tuple[ServiceType, ...] = ()
    central_use: tuple[Prose, ...] = ()
    missing: tuple[Prose, ...] = ()

    @model_validator(mode="after")
    def _everything_named_exists(self) -> Self:
        every = [item.id for section in self.sections for item in section.items]
        for name in {i for i in every if every.count(i) > 1}:
            raise ValueError(f"item {name} is there twice")
        scales = {scale.id for scale in self.scales}
        for section in self.sections:
            for item in section.items:
                if item.scale is not None and item.scale not in scales:
                    raise ValueError(f"item {item.id}: no scale is called {item.scale}")
                if item.ask and not item.statement:
                    raise ValueError(f"item {item.id} is asked but has no statement")
        for criterion in self.thresholds.criteria if self.thresholds else ():
            if criterion.item not in every:
                raise ValueError(f"threshold: no item is called {criterion.item}")
        return self

    @property
    def id(self) -> str:
        """The guide's name and version, such as `ehsg-2022@1`."""
        return f"{self.name}@{self.version}"

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item that is asked, by id, in the guide's order."""
        return {i.id: i for section in self.sections for i in section.items if i.ask}

    @cached_property
    def descriptors(self) -> dict[str, Item]:
        """Every asked item that is scored, by id, in the guide's order."""
        return {name: item for name, item in self.items.items() if item.scale is not None}

    @cached_property
    def _section_of(self) -> dict[str, Section]:
        return {item.id: section for section in self.sections for item in section.items}

    def section_of(self, item: str) -> Section:
        """The section an item stands in."""
        return self._section_of[item]

    def scale_of(self, item: str) -> Scale:
        """The scale of a descriptor, lowest score first.

        An item of negative polarity (a yes is the weaker answer) gets the same words with the
        scores turned round, so that a higher score is always the stronger answer.
        """
        asked = self.items[item]
        scale = next(s for s in self.scales if s.id == asked.scale)
        if asked.polarity == "positive":
            return scale
        turned = reversed(scale.levels)
        levels = (
            level.model_copy(update={"score": scale.lowest + place})
            for place, level in enumerate(turned)
        )
        return scale.model_copy(update={"levels": tuple(levels)})

    def wording_digest(self, item: str) -> str:
        """SHA-256 of all the words a person is shown with this item, for the exposure stamp."""
        asked = self.items[item]
        fields = [field.model_dump() for field in self.section_of(item).fields]
        scale = None if asked.scale is None else self.scale_of(item).model_dump()
        shown = [asked.label, asked.statement, scale, fields]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
