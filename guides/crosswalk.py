"""How an earlier guide bears on a later one: which questions, how closely, and what is lost.

A crosswalk never changes a score and never converts one: it says which words to lay side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from guides.base import Part, Prose, Published, Slug
from guides.contradictions import Mistake
from guides.model import Guide

REWORDED = "The question is the same, but the levels are worded differently."
SAME_LEVELS = "The levels are worded alike."
OTHER_WORDS = "It is not asked in the same words."
Kind = Literal["same", "close", "part", "none"]


class Bearing(Part):
    """What bears on one descriptor of the later guide, and what is lost between them.

    `same` asks the same; `close` asks nearly the same; `part` covers some of it, or more than
    it; `none` says that nothing earlier asked it.
    """

    item: Slug
    kind: Kind
    earlier: tuple[Slug, ...] = ()
    lost: Prose


class Alone(Part):
    """A question of the earlier guide that bears on nothing later."""

    item: Slug
    lost: Prose


class Crosswalk(Part):
    """From one published guide to a later one, item by item, leaving none out."""

    earlier: Published
    later: Published
    version: Annotated[int, Field(ge=1)]
    by: Prose
    scales: Prose
    bearings: tuple[Bearing, ...] = Field(min_length=1)
    alone: tuple[Alone, ...] = ()

    @property
    def id(self) -> str:
        """Both guides and the version, such as `ehsg-2020@1--ehsg-2022@1@1`."""
        return f"{self.earlier}--{self.later}@{self.version}"

    def against(self, find: Callable[[str], Guide]) -> list[Mistake]:
        """The mistakes: items that the guides do not have, and items that are left out here."""
        earlier, later = find(self.earlier), find(self.later)
        return list(
            chain(
                _later(self, later),
                _earlier(self, earlier),
                _kinds(self),
                _left_out(self, earlier, later),
            )
        )


def equal_items(one: Guide, other: Guide) -> dict[str, bool]:
    """The descriptors that two guides ask in the same words, on levels of the same values and scores.

    Returns:
        By item, whether the levels are worded alike too.
    """
    return {
        item: _levels(one, item) == _levels(other, item)
        for item in one.descriptors
        if item in other.descriptors and _asked(one, item) == _asked(other, item)
    }


def _asked(guide: Guide, item: str) -> tuple[object, ...]:
    asked = guide.items[item]
    ladder = tuple((level.value, level.score) for level in guide.scale_of(item).levels)
    return (_plain(asked.label), _plain(asked.statement), ladder)


def _levels(guide: Guide, item: str) -> tuple[tuple[str, str], ...]:
    levels = guide.scale_of(item).levels
    return tuple((_plain(level.label), _plain(level.text)) for level in levels)


def _plain(text: str) -> str:
    return " ".join(text.split())


def by_itself(earlier: Guide, later: Guide) -> Crosswalk | None:
    """The crosswalk that follows from equal wording alone; none where nothing is asked alike."""
    equal = equal_items(earlier, later)
    if not equal:
        return None
    return Crosswalk(
        earlier=earlier.id,
        later=later.id,
        version=1,
        by="nobody: these items are asked in the same words",
        scales=REWORDED if not all(equal.values()) else SAME_LEVELS,
        bearings=tuple(_bearing(item, equal) for item in later.descriptors),
        alone=tuple(
            Alone(item=item, lost=OTHER_WORDS) for item in earlier.items if item not in equal
        ),
    )


def _bearing(item: str, equal: dict[str, bool]) -> Bearing:
    if item not in equal:
        return Bearing(item=item, kind="none", lost=OTHER_WORDS)
    lost = "Nothing: it is asked in the same words." if equal[item] else REWORDED
    return Bearing(item=item, kind="same", earlier=(item,), lost=lost)


def _later(walk: Crosswalk, guide: Guide) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, bearing in enumerate(walk.bearings):
        if bearing.item not in guide.descriptors:
            yield ("bearings", index, "item"), f"{guide.id} has no descriptor {bearing.item}"
        if bearing.item in seen:
            yield ("bearings", index, "item"), f"{bearing.item} is there twice"
        seen.add(bearing.item)


def _earlier(walk: Crosswalk, guide: Guide) -> Iterator[Mistake]:
    used = {item for bearing in walk.bearings for item in bearing.earlier}
    for index, bearing in enumerate(walk.bearings):
        for inner, item in enumerate(bearing.earlier):
            if item not in guide.items:
                yield ("bearings", index, "earlier", inner), f"{guide.id} asks no item {item}"
    for index, alone in enumerate(walk.alone):
        if alone.item not in guide.items:
            yield ("alone", index, "item"), f"{guide.id} asks no item {alone.item}"
        if alone.item in used:
            yield ("alone", index, "item"), f"{alone.item} stands alone but also bears on another"


def _kinds(walk: Crosswalk) -> Iterator[Mistake]:
    for index, bearing in enumerate(walk.bearings):
        if (bearing.kind == "none") == bool(bearing.earlier):
            what = f"{bearing.item}: the kind none names no earlier item, every other at least one"
            yield ("bearings", index, "kind"), what


def _left_out(walk: Crosswalk, earlier: Guide, later: Guide) -> Iterator[Mistake]:
    covered = {bearing.item for bearing in walk.bearings}
    for item in later.descriptors:
        if item not in covered:
            yield ("bearings",), f"{item} of {later.id} is left out: give it the kind none at least"
    used = {item for bearing in walk.bearings for item in bearing.earlier}
    used |= {alone.item for alone in walk.alone}
    for item in earlier.items:
        if item not in used and not _is_asked_alike(item, earlier, later):
            yield ("alone",), f"{item} of {earlier.id} is left out: list it under alone at least"


def _is_asked_alike(item: str, earlier: Guide, later: Guide) -> bool:
    """Whether the later guide asks a question without a score in the same words: nothing is lost."""
    same = item in later.items and later.items[item].statement == earlier.items[item].statement
    return same and item not in earlier.descriptors and item not in later.descriptors
