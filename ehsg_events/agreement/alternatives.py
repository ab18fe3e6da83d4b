"""Descriptors of which one makes up for another, as a guide groups them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from guides.model import Guide, Item, Scale


class Alternative(NamedTuple):
    """A descriptor, and another that makes up for it: a no beside its yes is no weakness.

    `below` and `enough` are the lowest scores of the two that are nearer to a yes than to a no.
    """

    item: str
    below: int
    other: str
    enough: int


def alternatives_to(guide: Guide, item: str) -> tuple[Item, ...]:
    """The other asked items of an item's group, of which one is enough."""
    group = guide.items[item].alternative_group
    return tuple(
        other
        for name, other in guide.items.items()
        if group is not None and name != item and other.alternative_group == group
    )


def alternatives(guide: Guide) -> Iterator[Alternative]:
    """Every descriptor of a group with every other of it, in the guide's order."""
    for item in guide.descriptors:
        for other in alternatives_to(guide, item):
            if other.id in guide.descriptors:
                below, enough = (_rather_yes(guide.scale_of(name)) for name in (item, other.id))
                yield Alternative(item, below, other.id, enough)


def covered_by(guide: Guide, scores: Mapping[str, int | None]) -> dict[str, str]:
    """The descriptors that an alternative makes up for, and the first that does, by their scores."""
    found: dict[str, str] = {}
    for item, below, other, enough in alternatives(guide):
        own, beside = scores.get(item), scores.get(other)
        if own is not None and beside is not None and own < below and beside >= enough:
            found.setdefault(item, other)
    return found


def _rather_yes(scale: Scale) -> int:
    return (scale.lowest + scale.highest) // 2 + 1
