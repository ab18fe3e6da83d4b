"""Everything a reader may see of every panel there could be, and whom that leaves one score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from ehsg_events.agreement.disclosure import LEAST_SCORES
from ehsg_events.values.policy import Rule
from support.inference.contents import WIDTH, Content, Masks, Panel
from support.inference.kinds import Group, Kind, Letter
from support.inference.panels import Alike, panels, together
from support.inference.sight import Seen, looks

Reader = (
    tuple[int, Letter] | None
)  # of which exchangeable groups, and what they said; or a stranger
Look = Callable[[Panel], Seen]
ALL = (1 << WIDTH) - 1  # all scores of one close


class Certain(NamedTuple):
    """Some people whose score at a close is left no choice, and who would know it."""

    seen: Seen
    reader: Reader
    people: int | None  # of which exchangeable groups; none for the reader's own
    close: int


class Tally(NamedTuple):
    """How many panels were tried, how many views there are of them, and who is certain."""

    panels: int
    views: int
    certain: list[Certain]


def tried(kind: Kind, levels: int, rule: Rule) -> list[Tally]:
    """A kind of panel under a rule: settled by the rule, and settled by hand.

    Where that a level is settled by hand changes nothing of what is told later, what is seen in the
    first is a part of what is seen in the second, and tells no more: then the second alone is tried.
    """
    sums, alone = sums_do(kind, rule), kind.closes == 1 or _is_told_anyway(kind, rule)
    return [
        tally(kind, sight.of_sums if sums else sight.of_people, sums=sums)
        for sight in looks(kind, levels, rule)[int(alone) :]
    ]


def _is_told_anyway(kind: Kind, rule: Rule) -> bool:
    """Whether of each close counts or nearly as much can be told, so that it speaks in any case."""
    stay = [group.people for group in kind.groups if _is_always_heard(group)]
    return rule.weights == "people" and sum(stay) >= LEAST_SCORES and None in _agencies(kind)


def _is_always_heard(group: Group) -> bool:
    return all(isinstance(said, int) for letter in group.letters for said in letter)


def _agencies(kind: Kind) -> set[str | None]:
    """Those of the groups; none stands for three in turn."""
    return {group.agency for group in kind.groups}


def sums_do(kind: Kind, rule: Rule) -> bool:
    """Whether nothing but sums can be seen: nobody is asked a third time, by who changed."""
    return kind.closes == 1 or (kind.asked and rule.rounds == 2)


def tally(kind: Kind, look: Look, *, sums: bool = False) -> Tally:
    """Try every panel of a kind; of views that are mirror images of one another, one stands for both."""
    alike, by_view = together(kind.groups), defaultdict[Seen, list[Panel]](list)
    images: dict[Seen, Seen] = {}
    for panel, other in panels(kind.groups, alike, sums=sums):
        view = look(panel)
        if view not in images:
            images[view] = look(other) if other else view
            images.setdefault(images[view], view)
        if view in by_view or images[view] not in by_view:
            by_view[view].append(panel)
        if other and images[view] in by_view:
            by_view[images[view]].append(other)
    stands_for = {view: 1 + (images[view] != view) for view in by_view}
    found = certain(by_view, alike, kind)
    return Tally(
        panels=sum(len(some) * stands_for[view] for view, some in by_view.items()),
        views=sum(stands_for.values()),
        certain=[one for one in found for _ in range(stands_for[one.seen])],
    )


def certain(
    by_view: Mapping[Seen, Sequence[Panel]], alike: Sequence[Alike], kind: Kind
) -> Iterator[Certain]:
    """Whoever is left one score by what is seen, for a stranger or for one of the panel."""
    for seen, every in by_view.items():
        known: defaultdict[Reader, int] = defaultdict(int)
        for panel in every:
            for reader, masks in _readers(panel, alike, kind.closes):
                known[reader] |= masks
        places = range(len(alike) + 1)
        for reader, masks in known.items():
            priced = _told_by_the_vote(every[0], alike, kind, reader)
            for place, close in product(places, range(seen.closes)):
                mask = masks >> (place * kind.closes + close) * WIDTH & ALL
                if _is_single(mask) and (place, close) not in priced:
                    yield Certain(seen, reader, place or None, close)


def _readers(panel: Panel, alike: Sequence[Alike], closes: int) -> Iterator[tuple[Reader, int]]:
    """What a panel adds to what each reader holds possible: of their own group, then of the others.

    It is one number: the masks of all of these, one behind the other.
    """
    places = [(of + 1) * closes * WIDTH for of in range(len(alike))]
    sides = [[panel[place] for place in of] for of in alike]
    all_of = [_all_of(contents) << at for at, contents in zip(places, sides, strict=True)]
    every = sum(all_of)
    yield None, every
    for of, contents in enumerate(sides):
        elsewhere = every - all_of[of]
        for place, content in enumerate(contents):
            others = _all_of([*contents[:place], *contents[place + 1 :]]) << places[of]
            for letter, rest in content.readers:
                yield (of, letter), elsewhere | others | rest


def _all_of(contents: Sequence[Content]) -> Masks:
    masks = 0
    for content in contents:
        masks |= content.masks
    return masks


def _is_single(mask: int) -> bool:
    return mask != 0 and mask & (mask - 1) == 0


def _told_by_the_vote(
    panel: Panel, alike: Sequence[Alike], kind: Kind, reader: Reader
) -> frozenset[tuple[int, int]]:
    """Whose scores a vote tells by itself, at which closes: all in the room were of one mind.

    That is the price of a show of hands (0018); nothing that is told later may add to it.
    """
    room = kind.room
    if room is None:
        return frozenset()
    votes = [said for content in panel for said in content.said[room]]
    own = reader[1][room] if reader else None
    if own is not None:
        votes.remove(own)
    if len(set(votes)) > 1:
        return frozenset()
    present = [of for of, places in enumerate(alike) if panel[places[0]].said[room]]
    own_group = [0] if reader and reader[0] in present else []
    places = [*own_group, *(of + 1 for of in present)]
    return frozenset(product(places, range(room, kind.closes)))
