"""Every panel of some groups, each of those that are alike once.

Agencies of one size are exchangeable: what is seen tells them apart by nothing but what their people
said. And a scale may be read from either end: a panel and its mirror image are seen as mirror images.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import chain, combinations_with_replacement, product
from math import comb, prod

from support.inference.contents import Content, Panel, spelled, summed
from support.inference.kinds import Group, Kind

Alike = tuple[int, ...]  # the places of groups that are exchangeable
Places = tuple[tuple[int, ...], ...]  # of each of these the contents, by their place among all


def together(groups: Sequence[Group]) -> list[Alike]:
    """The groups by who is exchangeable: agencies of one size that are one group each."""
    agencies = [group.agency for group in groups]
    by_kind: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        is_whole = group.agency is not None and agencies.count(group.agency) == 1
        kind = (group.people, group.letters) if is_whole else place
        by_kind.setdefault(kind, []).append(place)
    return [tuple(places) for places in by_kind.values()]


def panels(
    groups: Sequence[Group], alike: Sequence[Alike], *, sums: bool
) -> Iterator[tuple[Panel, Panel | None]]:
    """Every panel or its mirror image, with the other of the two; none if that is the same."""
    build = summed if sums and len(groups[0].letters[0]) > 1 else spelled
    contents = [build(groups[of[0]]) for of in alike]
    mirrors = [_mirrors(some) for some in contents]
    ways = (
        combinations_with_replacement(range(len(some)), len(of))
        for some, of in zip(contents, alike, strict=True)
    )
    order = list(chain.from_iterable(alike))
    for chosen in product(*map(list, ways)):
        image = tuple(
            tuple(sorted(mirror[one] for one in some))
            for some, mirror in zip(chosen, mirrors, strict=True)
        )
        if chosen <= image:
            other = None if chosen == image else _panel(contents, order, image)
            yield _panel(contents, order, chosen), other


def _panel(contents: Sequence[Sequence[Content]], order: Sequence[int], chosen: Places) -> Panel:
    by_place = dict(
        zip(
            order,
            (some[one] for some, ones in zip(contents, chosen, strict=True) for one in ones),
            strict=True,
        )
    )
    return tuple(by_place[place] for place in range(len(order)))


def _mirrors(contents: Sequence[Content]) -> list[int]:
    """For each content the place of its mirror image."""
    highest = max(said for one in contents for said in chain(*one.said) if isinstance(said, int))
    places = {_key(one, None): place for place, one in enumerate(contents)}
    return [places[_key(one, highest)] for one in contents]


def _key(content: Content, highest: int | None) -> Hashable:
    """What tells a content apart from others, or its image where the highest score is given."""

    def image(said: int | str | None) -> int | str | None:
        return highest - said if highest is not None and isinstance(said, int) else said

    if content.letters:
        letters = (tuple(map(image, letter)) for letter in content.letters)
        return tuple(sorted(letters, key=str))
    said = (tuple(sorted(map(image, close), key=str)) for close in content.said)
    return (*said, content.changed)


# -- how many there are ----------------------------------------------------------------------------
def size(kind: Kind, *, sums: bool) -> int:
    """How many panels of a kind there are; of sums, no more than so many."""
    many = []
    for places in together(kind.groups):
        group = kind.groups[places[0]]
        contents = _summed(group) if sums and kind.closes > 1 else _spelled(group)
        many.append(comb(contents + len(places) - 1, len(places)))
    return prod(many)


def _spelled(group: Group) -> int:
    return comb(len(group.letters) + group.people - 1, group.people)


def _summed(group: Group) -> int:
    """How many sums a group may have; of more than three people, no more than so many."""
    if group.people <= 3:
        return len(summed(group))
    levels = len({letter[0] for letter in group.letters})
    return 3 * comb(levels + group.people - 1, group.people) ** 2
