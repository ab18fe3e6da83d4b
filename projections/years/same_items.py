"""Which descriptors of last year's guide are the same item this year, and may be compared.

Under one guide all are. Between two guides a descriptor is the same as an earlier item if both are
asked in the same words, or a crosswalk says so, names no other earlier item for it, and names that
one for no other descriptor. If their scales have other levels they are not compared, since no score
is ever turned into another; if only the words of the levels differ they are, and it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable
from pathlib import Path
from typing import Literal, NamedTuple

from ehsg_events.kernel import Refused, Way
from guides import library
from guides.crosswalk import Crosswalk
from guides.model import Guide

Because = Literal["guide", "scale", "asked"]


class Pairing(NamedTuple):
    """This year's descriptors with what last year's guide calls them.

    `earlier` may be compared; `rescaled` are the same item on another scale. Of those that may be
    compared, `reworded` have the same levels in other words, which is always said beside them.
    """

    earlier: dict[str, str]
    rescaled: dict[str, str]
    reworded: tuple[str, ...] = ()

    def key(self, item: str) -> Hashable:
        """The key of a descriptor of last year's: this year's name for it, or one of its own."""
        return next((now for now, then in self.earlier.items() if then == item), ("last", item))

    def because_last_alone(self, item: str) -> Because:
        """Why a descriptor of last year's has no counterpart this year."""
        return _because(item, self.earlier.values(), self.rescaled.values())

    def because_this_alone(self, item: str) -> Because:
        """Why a descriptor of this year's has no counterpart last year."""
        return _because(item, self.earlier, self.rescaled)


def _because(item: str, alike: Collection[str], rescaled: Collection[str]) -> Because:
    return "asked" if item in alike else "scale" if item in rescaled else "guide"


def pairing(last: Guide, this: Guide, folder: Path) -> Pairing:
    """Pair the descriptors of two guides.

    Raises:
        Refused: they differ, and no crosswalk leads from the earlier to the later.
    """
    if last.id == this.id:
        return Pairing({item: item for item in this.descriptors}, {})
    walk = library.crosswalk(last, this, folder)
    if walk is None:
        raise Refused(
            f"{last.id} and {this.id} are different guides, and no crosswalk leads from the first "
            f"to the second.",
            Way("guide publish", "publish one that you wrote"),
        )
    same = _same(walk, last)
    scaled = {item for item, then in same.items() if _ladder(last, then) == _ladder(this, item)}
    return Pairing(
        earlier={item: then for item, then in same.items() if item in scaled},
        rescaled={item: same[item] for item in this.descriptors if item in same.keys() - scaled},
        reworded=tuple(
            item
            for item in this.descriptors
            if item in scaled and _words(last, same[item]) != _words(this, item)
        ),
    )


def _ladder(guide: Guide, item: str) -> list[tuple[str, int]]:
    return [(level.value, level.score) for level in guide.scale_of(item).levels]


def _words(guide: Guide, item: str) -> list[tuple[str, str]]:
    return [(level.label, level.text) for level in guide.scale_of(item).levels]


def _same(walk: Crosswalk, last: Guide) -> dict[str, str]:
    times = Counter(item for bearing in walk.bearings for item in bearing.earlier)
    return {
        bearing.item: bearing.earlier[0]
        for bearing in walk.bearings
        if bearing.kind == "same" and len(bearing.earlier) == 1 and times[bearing.earlier[0]] == 1
        if bearing.earlier[0] in last.descriptors
    }
