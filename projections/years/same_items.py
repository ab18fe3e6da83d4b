"""Which descriptors of last year's guide are the same item this year, and may be compared.

Under one guide all are. Between two a crosswalk says so: only where it calls one earlier item the
same, and calls it so once. Where that item stands on another scale nothing is compared, for no score
is ever turned into another.
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
    """This year's descriptors with what last year's guide calls them; `rescaled` are apart."""

    earlier: dict[str, str]
    rescaled: dict[str, str]

    def key(self, item: str) -> Hashable:
        """What a descriptor of last year's is known by: this year's name, or one of its own."""
        return next((now for now, then in self.earlier.items() if then == item), ("last", item))

    def because_last_alone(self, item: str) -> Because:
        """Why a descriptor of last year's has nothing beside it this year."""
        return _because(item, self.earlier.values(), self.rescaled.values())

    def because_this_alone(self, item: str) -> Because:
        """Why a descriptor of this year's has nothing beside it last year."""
        return _because(item, self.earlier, self.rescaled)


def _because(item: str, alike: Collection[str], rescaled: Collection[str]) -> Because:
    return "asked" if item in alike else "scale" if item in rescaled else "guide"


def pairing(last: Guide, this: Guide, folder: Path) -> Pairing:
    """Lay two guides side by side.

    Raises:
        Refused: they differ, and no crosswalk leads from the earlier to the later.
    """
    if last.id == this.id:
        return Pairing({item: item for item in this.descriptors}, {})
    walk = library.newest(Crosswalk, f"{last.id}--{this.id}", folder)
    if walk is None:
        raise Refused(
            f"{last.id} and {this.id} are different guides, and no crosswalk leads from the first "
            f"to the second.",
            Way("guide publish", "publish one that you wrote"),
        )
    same = _same(walk, last)
    scaled = {item for item, then in same.items() if last.scale_of(then) == this.scale_of(item)}
    return Pairing(
        earlier={item: then for item, then in same.items() if item in scaled},
        rescaled={item: same[item] for item in this.descriptors if item in same.keys() - scaled},
    )


def _same(walk: Crosswalk, last: Guide) -> dict[str, str]:
    bears = Counter(item for one in walk.bearings for item in one.earlier)
    return {
        one.item: one.earlier[0]
        for one in walk.bearings
        if one.kind == "same" and len(one.earlier) == 1 and bears[one.earlier[0]] == 1
        if one.earlier[0] in last.descriptors
    }
