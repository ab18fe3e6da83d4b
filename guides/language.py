"""A guide's sections in another language: a file of its own over a published guide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Annotated

from pydantic import Field

from guides.base import Part, Prose, Published, Slug, Text
from guides.contradictions import Mistake, Path
from guides.model import Guide, Item, Level, Scale, Section
from guides.terms import About, Vision


class LevelWords(Part):
    """A level by its value, in other words."""

    value: Slug
    label: Prose
    text: Text = ""


class ScaleWords(Part):
    """A scale by its id, in other words."""

    id: Slug
    note: Text = ""
    levels: tuple[LevelWords, ...]


class FieldWords(Part):
    """A field by its id, in other words."""

    id: Slug
    label: Prose


class ItemWords(Part):
    """An item by its id, in other words."""

    id: Slug
    label: Text = ""
    statement: Prose
    note: Text = ""


class AboutWords(Part):
    """What the guide is about and who asks, in other words."""

    subject: Prose
    asked_by: Text = ""
    led_by: Prose


class SectionWords(Part):
    """A whole section by its id, in other words; `vision` is what good looks like in it."""

    id: Slug
    title: Prose
    vision: tuple[Prose, ...] = ()
    fields: tuple[FieldWords, ...] = ()
    items: tuple[ItemWords, ...] = Field(min_length=1)


class Rendering(Part):
    """Some sections of one guide in another language; what it leaves out stays as it is.

    `status` says whose words these are and is shown with them, such as `unofficial rendering`.
    `about`, `definition` and `instruction` are what the guide says of itself.
    """

    guide: Published
    language: Slug
    version: Annotated[int, Field(ge=1)]
    title: Prose
    status: Prose
    by: Prose
    about: AboutWords | None = None
    definition: Text = ""
    instruction: Text = ""
    scales: tuple[ScaleWords, ...] = ()
    sections: tuple[SectionWords, ...] = Field(min_length=1)

    @property
    def id(self) -> str:
        """The guide, the language and the version, such as `ehsg-2022@1--cy@1`."""
        return f"{self.guide}--{self.language}@{self.version}"

    def against(self, find: Callable[[str], Guide]) -> list[Mistake]:
        """The mistakes: what is left out of a section or scale, and what the guide lacks."""
        guide = find(self.guide)
        return list(chain(_scales(self, guide), _sections(self, guide), _visions(self, guide)))


def rendered(guide: Guide, rendering: Rendering) -> tuple[Guide, frozenset[str]]:
    """A guide as it is shown in another language, and the items that are shown in it."""
    scales = {scale.id: scale for scale in rendering.scales}
    worded = {section.id: section for section in rendering.sections}
    used = {
        item.scale
        for section in guide.sections
        if section.id in worded
        for item in section.items
        if item.scale in scales
    }
    turned = tuple(
        _scale(scale, scales[scale.id], rendering) for scale in guide.scales if scale.id in used
    )
    sections = tuple(
        _section(section, worded[section.id], rendering, frozenset(scales))
        if section.id in worded
        else section
        for section in guide.sections
    )
    changed = {
        "about": _about(guide, rendering),
        "definition": rendering.definition or guide.definition,
        "instruction": rendering.instruction or guide.instruction,
        "scales": (*guide.scales, *turned),
        "sections": sections,
        "vision": tuple(_vision(vision, guide, worded, rendering) for vision in guide.vision),
    }
    shown = guide.model_copy(update=changed)
    return shown, frozenset(item.id for section in rendering.sections for item in section.items)


def _rendered_id(scale: str, rendering: Rendering) -> str:
    """The id of a scale's rendering; items left in the guide's language keep the original scale."""
    return f"{scale}--{rendering.language}"


def _scale(scale: Scale, wording: ScaleWords, rendering: Rendering) -> Scale:
    worded = {level.value: level for level in wording.levels}
    levels = tuple(_level(level, worded[level.value]) for level in scale.levels)
    changed = {"id": _rendered_id(scale.id, rendering), "note": wording.note, "levels": levels}
    return scale.model_copy(update=changed)


def _level(level: Level, wording: LevelWords) -> Level:
    return level.model_copy(update={"label": wording.label, "text": wording.text})


def _section(
    section: Section, wording: SectionWords, rendering: Rendering, scales: frozenset[str]
) -> Section:
    labels = {field.id: field.label for field in wording.fields}
    worded = {item.id: item for item in wording.items}
    return section.model_copy(
        update={
            "title": _titled(wording, rendering),
            "fields": tuple(
                field.model_copy(update={"label": labels[field.id]}) for field in section.fields
            ),
            "items": tuple(
                _item(item, worded[item.id], rendering, scales) if item.ask else item
                for item in section.items
            ),
        }
    )


def _about(guide: Guide, rendering: Rendering) -> About:
    own = rendering.about
    return guide.topic.model_copy(update=own.model_dump() if own else {})


def _titled(wording: SectionWords, rendering: Rendering) -> str:
    return f"{wording.title} ({rendering.status})"


def _vision(
    vision: Vision, guide: Guide, worded: Mapping[str, SectionWords], rendering: Rendering
) -> Vision:
    """What good looks like under the section's title as it is shown, which finds it again."""
    known = (
        worded.get(section.id) for section in guide.sections if section.title == vision.section
    )
    wording = next(known, None)
    if wording is None:
        return vision
    return Vision(
        section=_titled(wording, rendering), statements=wording.vision or vision.statements
    )


def _item(item: Item, wording: ItemWords, rendering: Rendering, scales: frozenset[str]) -> Item:
    scale = (
        _rendered_id(item.scale, rendering) if item.scale in scales and item.scale else item.scale
    )
    changed = {
        "label": wording.label,
        "statement": wording.statement,
        "note": wording.note or item.note,
        "scale": scale,
    }
    return item.model_copy(update=changed)


def _scales(rendering: Rendering, guide: Guide) -> Iterator[Mistake]:
    known = {scale.id: scale for scale in guide.scales}
    for index, scale in enumerate(rendering.scales):
        at = ("scales", index)
        if scale.id not in known:
            yield (*at, "id"), f"{guide.id} has no scale called {scale.id}"
            continue
        wanted = [level.value for level in known[scale.id].levels]
        yield from _same(wanted, [level.value for level in scale.levels], (*at, "levels"), "level")


def _sections(rendering: Rendering, guide: Guide) -> Iterator[Mistake]:
    known = {section.id: section for section in guide.sections}
    for index, section in enumerate(rendering.sections):
        at = ("sections", index)
        if section.id not in known:
            yield (*at, "id"), f"{guide.id} has no section called {section.id}"
            continue
        own = known[section.id]
        asked = [item.id for item in own.items if item.ask]
        yield from _same(asked, [item.id for item in section.items], (*at, "items"), "item")
        boxes = [field.id for field in own.fields]
        yield from _same(boxes, [field.id for field in section.fields], (*at, "fields"), "field")


def _visions(rendering: Rendering, guide: Guide) -> Iterator[Mistake]:
    said = {vision.section: len(vision.statements) for vision in guide.vision}
    titles = {section.id: section.title for section in guide.sections}
    for index, section in enumerate(rendering.sections):
        wanted = said.get(titles.get(section.id, ""), 0)
        if section.vision and len(section.vision) != wanted:
            at = ("sections", index, "vision")
            yield at, f"the guide has {wanted} statements here, not {len(section.vision)}"


def _same(wanted: list[str], given: list[str], at: Path, noun: str) -> Iterator[Mistake]:
    for name in wanted:
        if name not in given:
            yield at[:2], f"{noun} {name} of the guide is left out: say it too"
    for index, name in enumerate(given):
        if name not in wanted or name in given[:index]:
            yield (*at, index), f"the guide has no such {noun} {name}, or it is there twice"
