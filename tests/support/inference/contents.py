"""What the people of a group may have said between them, each way once.

Inside a group people are exchangeable. Either each person is spelled out, by a letter; or, where
somebody may say anything at each of two closes, only the sums at each close are told apart and how
many people differ, which is all that anybody could be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations_with_replacement, product
from operator import or_

from support.inference.kinds import Group, Letter

WIDTH = 8  # bits for the scores of one close, more than any scale has levels
Masks = int  # the scores that were given, a bit for each, at every close in turn
MANY = 3  # of more people who changed their mind it does not matter how many
Sums = tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Content:
    """What a group said: at each close, lowest first; and without each of its people in turn.

    It is built once, and told from others by which it is. `letters` are the people where they are spelled out, `changed` how many differ where they are not.
    """

    said: tuple[tuple[int | str, ...], ...]
    masks: Masks
    readers: tuple[tuple[Letter, Masks], ...]
    letters: tuple[Letter, ...] = ()
    changed: int = 0


Panel = tuple[Content, ...]


def spelled(group: Group) -> list[Content]:
    """Everything a group may have said, person by person."""
    return [
        _spelled(letters) for letters in combinations_with_replacement(group.letters, group.people)
    ]


def _spelled(letters: tuple[Letter, ...]) -> Content:
    closes = range(len(letters[0]))
    said = tuple(tuple(letter[at] for letter in letters if letter[at] is not None) for at in closes)
    readers = tuple(
        (letter, _masks(_without(letters, letter))) for letter in dict.fromkeys(letters)
    )
    return Content(said, _masks(letters), readers, letters)  # type: ignore[arg-type]


def _without(letters: tuple[Letter, ...], one: Letter) -> tuple[Letter, ...]:
    place = letters.index(one)
    return (*letters[:place], *letters[place + 1 :])


def _masks(letters: Sequence[Letter]) -> Masks:
    return _either(map(_mask, letters))


@cache
def _mask(letter: Letter) -> Masks:
    scores = ((at, one) for at, one in enumerate(letter) if isinstance(one, int))
    return sum(1 << WIDTH * at + score for at, score in scores)


def _either(every: Iterable[Masks]) -> Masks:
    return reduce(or_, every, 0)


def summed(group: Group) -> list[Content]:
    """Everything a group may have said at two closes, by sums and by how many people differ."""
    levels = len({letter[0] for letter in group.letters})
    closes = [
        tuple(Counter(said)[level] for level in range(levels))
        for said in combinations_with_replacement(range(levels), group.people)
    ]
    return [
        _summed(first, second, changed)
        for first, second in product(closes, repeat=2)
        for changed in ways(first, second)
    ]


def _summed(first: Sums, second: Sums, changed: int) -> Content:
    readers = tuple(
        ((a, b), _support(one) | _support(other) << WIDTH)
        for a, b in product(range(len(first)), repeat=2)
        if first[a] and second[b]
        for one, other in [(_less(first, a), _less(second, b))]
        if _may_rest(one, other, changed, differs=a != b)
    )
    masks = _support(first) | _support(second) << WIDTH
    return Content((_elements(first), _elements(second)), masks, readers, changed=changed)


def _may_rest(first: Sums, second: Sums, changed: int, *, differs: bool) -> bool:
    """Whether the others can have said this, so many of all having changed their mind."""
    left = ways(first, second)
    return changed - differs in left or (changed == MANY and MANY in left)


@cache
def ways(first: Sums, second: Sums) -> frozenset[int]:
    """How many people can have changed their mind between two closes; `MANY` stands for more, too."""
    people = sum(first)
    fewest = people - sum(map(min, first, second))
    most = people - max(0, *(a + b - people for a, b in zip(first, second, strict=True)))
    found = {fewest} & {0, 1, 2}
    if _may_be_two(first, second, fewest):
        found.add(2)
    return frozenset(found | {MANY} if most >= MANY else found)


def _may_be_two(first: Sums, second: Sums, fewest: int) -> bool:
    """Whether two can have changed where fewer would do: they swap, or one takes another's place."""
    alike = [a for a, b in zip(first, second, strict=True) if a == b and a]
    return (fewest == 0 and len(alike) > 1) or (fewest == 1 and bool(alike))


@cache
def _less(sums: Sums, level: int) -> Sums:
    return (*sums[:level], sums[level] - 1, *sums[level + 1 :])


@cache
def _support(sums: Sums) -> int:
    return sum(1 << level for level, people in enumerate(sums) if people)


def _elements(sums: Sums) -> tuple[int, ...]:
    return tuple(level for level, people in enumerate(sums) for _ in range(people))
