"""What a guide is: sections of items on scales, with the rules it brings along.

Nothing here knows how many levels a scale has or how many items a guide asks; both are data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from guides.base import Digest, ItemKind, Minutes, Part, Prose, Published, Slug, Text
from guides.contradictions import contradictions
from guides.terms import (
    About,
    AskedEvidence,
    DataModel,
    LeastPartners,
    LocalTable,
    LocalTerm,
    Permission,
    Reference,
    Selection,
    ServiceType,
    Thresholds,
    Vision,
    topic_of,
)


class Level(Part):
    """One place on a scale: the value people give, the score it stands for, and its words."""

    value: Slug
    score: int
    label: Prose
    text: Text = ""


class Scale(Part):
    """Levels from the lowest score to the highest, one score apart."""

    id: Slug
    suggested: bool = False
    note: Text = ""
    levels: tuple[Level, ...] = Field(min_length=2)
    minutes: Minutes | None = None

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


class Number(Part):
    """What a number given in answer counts, such as `children` or `%`, and its bounds if any."""

    unit: Prose
    minimum: float | None = Field(default=None, allow_inf_nan=False)
    maximum: float | None = Field(default=None, allow_inf_nan=False)


class Item(Part):
    """A descriptor when it has a scale, a question for a number or for words when it has none."""

    id: Slug
    statement: Text
    label: Text = ""
    label_is_ours: bool = False
    scale: Slug | None = None
    number: Number | None = None
    polarity: Literal["positive", "negative"] = "positive"
    alternative_group: Slug | None = None
    ask: bool = True
    note: Text = ""

    @property
    def kind(self) -> ItemKind:
        """What it is answered with: a level that is scored, a number, or one's own words."""
        if self.scale is not None:
            return "score"
        return "text" if self.number is None else "number"


class Section(Part):
    """Items that belong together; `kind` is what the choice of priorities counts by.

    `part` names the questionnaire it belongs to, when a guide holds several for different people.
    """

    id: Slug
    number: int | None = None
    title: Prose
    kind: Slug = "service"
    part: Slug | None = None
    fields: tuple[NarrativeField, ...] = ()
    items: tuple[Item, ...] = Field(min_length=1)


class Asked(Part):
    """Who is usually asked: a kind of work, and the sections that fit it."""

    role: Slug
    title: Prose
    sections: tuple[Slug, ...] = Field(min_length=1)


class Source(Part):
    """Where the wording comes from, with the digest of the copy that was read, if one was kept."""

    document: Prose
    sha256: Digest | None = None
    used_for: Text = ""


class Guide(Part):
    """A questionnaire at one version, written `name@version`."""

    name: Slug
    version: Annotated[int, Field(ge=1)]
    title: Prose
    edition: Text = ""
    year: int
    language: Slug = "en"
    publisher: Prose
    licence: Prose
    sources: tuple[Source, ...] = Field(min_length=1)
    about: About | None = None
    like: Published | None = None
    definition: Text = ""
    instruction: Text = ""
    scales: tuple[Scale, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    usually_asked: tuple[Asked, ...] = ()
    thresholds: Thresholds | None = None
    data_models: tuple[DataModel, ...] = ()
    selection: Selection | None = None
    permissions: tuple[Permission, ...] = ()
    vision: tuple[Vision, ...] = ()
    service_types: tuple[ServiceType, ...] = ()
    target_groups: tuple[Prose, ...] = ()
    central_use: tuple[Prose, ...] = ()
    missing: tuple[Prose, ...] = ()
    references: tuple[Reference, ...] = ()
    local_tables: tuple[LocalTable, ...] = ()
    local_terms: tuple[LocalTerm, ...] = ()
    least_partners: LeastPartners | None = None
    evidence_asked: tuple[AskedEvidence, ...] = ()
    asked_last: tuple[Slug, ...] = ()  # of everybody on the panel

    @model_validator(mode="after")
    def _everything_named_exists(self) -> Self:
        if mistakes := [what for _, what in contradictions(self.model_dump())]:
            raise ValueError("; ".join(mistakes))
        return self

    def __copy__(self) -> Self:
        """A copy without the cached properties, which were worked out from the old content."""
        fresh = super().__copy__()
        for name in fresh.__dict__.keys() - type(self).model_fields.keys():
            del fresh.__dict__[name]
        return fresh

    @property
    def id(self) -> str:
        """The guide's name and version, such as `ehsg-2022@1`."""
        return f"{self.name}@{self.version}"

    @cached_property
    def topic(self) -> About:
        """What it is about; for a guide that does not say it, what guides of its kind are about."""
        return self.about or topic_of(self.name, self.title)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item that is asked, by id, in the guide's order."""
        return {i.id: i for section in self.sections for i in section.items if i.ask}

    @cached_property
    def descriptors(self) -> dict[str, Item]:
        """Every asked item that is scored, by id, in the guide's order."""
        return {name: item for name, item in self.items.items() if item.kind == "score"}

    def kind_of(self, item: str) -> ItemKind | None:
        """What an asked item is answered with, none for an item that is not asked."""
        asked = self.items.get(item)
        return asked.kind if asked else None

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """What every asked item that takes a number counts, by the item's id."""
        return {name: item.number for name, item in self.items.items() if item.number is not None}

    @cached_property
    def _section_of(self) -> dict[str, Section]:
        return {item.id: section for section in self.sections for item in section.items}

    def section_of(self, item: str) -> Section:
        """The section that an item stands in."""
        return self._section_of[item]

    def called(self, word: str) -> frozenset[str]:
        """The asked items a word stands for.

        Args:
            word: an item, a section by id or number, a part, or a role that is usually asked.
        """
        return self._called.get(word, frozenset())

    def stands(self, item: str, beside: tuple[str, ...]) -> bool:
        """Whether what stands beside some items, sections or parts stands beside an item."""
        return any(item in self.called(word) for word in beside)

    @cached_property
    def _called(self) -> dict[str, frozenset[str]]:
        called: dict[str, set[str]] = {}
        for section in self.sections:
            mine = {item.id for item in section.items if item.ask}
            roles = [asked.role for asked in self.usually_asked if section.id in asked.sections]
            # an older guide names no parts: there the kind says who answers
            names = {section.id, str(section.number), section.part or section.kind, *roles}
            for name in names - {"None"}:
                called.setdefault(name, set()).update(mine)
            for item in mine:
                called.setdefault(item, set()).add(item)
        return {name: frozenset(items) for name, items in called.items()}

    @cached_property
    def _scales(self) -> dict[str | None, Scale]:
        return {scale.id: scale for scale in self.scales}

    @cached_property
    def _scale_of(self) -> dict[str, Scale]:
        return {name: self._turned(item) for name, item in self.descriptors.items()}

    def scale_of(self, item: str) -> Scale:
        """The scale of a descriptor, lowest score first.

        An item of negative polarity (a yes is the weaker answer) gets the same words with the
        scores turned round, so that a higher score is always the stronger answer.
        """
        return self._scale_of[item]

    def _turned(self, item: Item) -> Scale:
        scale = self._scales[item.scale]
        if item.polarity == "positive":
            return scale
        levels = (
            level.model_copy(update={"score": scale.lowest + index})
            for index, level in enumerate(reversed(scale.levels))
        )
        return scale.model_copy(update={"levels": tuple(levels)})

    def wording_digest(self, item: str, local_note: str = "", filled_in: Sequence[str] = ()) -> str:
        """SHA-256 of all the words that are shown with an item, for the exposure stamp.

        Args:
            local_note: the area's own note under the item, if one is shown.
            filled_in: the digests of what the area filled in beside the item.
        """
        asked = self.items[item]
        fields = [field.model_dump() for field in self.section_of(item).fields]
        # how long it takes is no wording, and older guides do not say it
        scored = self.scale_of(item) if asked.kind == "score" else None
        scale = scored.model_dump(exclude={"minutes"}) if scored else None
        shown = [asked.label, asked.statement, scale, fields]
        # what older guides do not have is left out, so that their digests stay the same
        shown += [asked.number.model_dump()] if asked.number else []
        shown += [{"local_note": local_note}] if local_note else []
        shown += [{"filled_in": list(filled_in)}] if filled_in else []
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
