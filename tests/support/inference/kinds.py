"""Kinds of panels: groups of people of whom it is known who they are, and what each may have said.

A person is a letter: what they said at each close, none where they did not. A close may also be a
vote that was shown in a room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import comb, prod
from typing import NamedTuple

Letter = tuple[int | str | None, ...]


class Group(NamedTuple):
    """People of whom it is known that they are one kind: how many, and what each may have said."""

    people: int
    letters: tuple[Letter, ...]
    agency: str | None = None  # none: of several agencies, in turn


class Kind(NamedTuple):
    """Panels that are alike in how many people are known to be what.

    Args:
        asked: who is asked twice: the second close is that of a feedback round.
        room: which of the closes is a vote in a room; none if there was none.
    """

    name: str
    groups: tuple[Group, ...]
    asked: bool = False
    room: int | None = None

    @property
    def closes(self) -> int:
        """How many there are."""
        return len(self.groups[0].letters[0])

    @property
    def panels(self) -> int:
        """How many panels there are, if agencies of one size are told apart."""
        return prod(comb(len(g.letters) + g.people - 1, g.people) for g in self.groups)


def same(levels: int, closes: int = 1) -> tuple[Letter, ...]:
    """Letters of somebody who says the same at each close."""
    return tuple((score,) * closes for score in range(levels))


def changed(levels: int) -> tuple[Letter, ...]:
    """Letters of somebody who may change their mind between two closes."""
    return tuple(product(range(levels), repeat=2))


def late(levels: int) -> tuple[Letter, ...]:
    """Letters of somebody who joins after a close, and gives a score or does not know."""
    return (*((None, score) for score in range(levels)), (None, "dont-know"))


def early(levels: int) -> tuple[Letter, ...]:
    """Letters of somebody who leaves after a close, having given a score or not known."""
    return (*((score, None) for score in range(levels)), ("dont-know", None))


def partitions(people: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Every way to divide people among agencies, by size."""
    if people == 0:
        yield ()
    for first in range(min(people, most or people), 0, -1):
        for rest in partitions(people - first, first):
            yield (first, *rest)


def _by_agency(sizes: Sequence[int], letters: tuple[Letter, ...]) -> tuple[Group, ...]:
    return tuple(Group(size, letters, f"agency {n}") for n, size in enumerate(sizes))


def _sizes(sizes: Sequence[int]) -> str:
    return "+".join(map(str, sizes))


def heard_once(people: int, levels: int, agency: str | None = None) -> Kind:
    """A panel after one close; of one agency if it is named."""
    of = "one agency" if agency else "three agencies"
    return Kind(f"{people} of {of}", (Group(people, same(levels), agency),))


def by_agency(sizes: Sequence[int], levels: int) -> Kind:
    """A panel of which it is known who is of which agency."""
    return Kind(f"{_sizes(sizes)} by agency", _by_agency(sizes, same(levels)))


def fed_back(people: int, levels: int, sizes: Sequence[int] = ()) -> Kind:
    """A panel that is asked twice; nobody knows who changed their mind.

    Args:
        sizes: of its agencies, if it is known who is of which.
    """
    letters = changed(levels)
    groups = _by_agency(sizes, letters) if sizes else (Group(people, letters),)
    return Kind(f"{_sizes(sizes) or people} asked twice", groups, asked=True)


def joined(stayed: int, came: int, levels: int) -> Kind:
    """A panel that was reopened for some, who give a score or do not know."""
    groups = (Group(stayed, same(levels, 2)), Group(came, late(levels)))
    return Kind(f"{stayed}, then {came} join", groups)


def left(stayed: int, went: int, levels: int) -> Kind:
    """A panel of which some withdrew before the next close."""
    groups = (Group(stayed, same(levels, 2)), Group(went, early(levels)))
    return Kind(f"{stayed}, and {went} leave", groups)


def changed_and_joined(stayed: int, came: int, levels: int) -> Kind:
    """A panel that was reopened for some, while others may change their mind."""
    groups = (Group(stayed, changed(levels)), Group(came, late(levels)))
    return Kind(f"{stayed} may change, then {came} join", groups)


def changed_and_left(stayed: int, went: int, levels: int) -> Kind:
    """A panel of which some withdrew, while others may change their mind."""
    groups = (Group(stayed, changed(levels)), Group(went, early(levels)))
    return Kind(f"{stayed} may change, and {went} leave", groups)


def exchanged(stayed: int, went: int, came: int, levels: int) -> Kind:
    """A panel of which some withdrew while others joined."""
    groups = (*left(stayed, went, levels).groups, joined(stayed, came, levels).groups[1])
    return Kind(f"{stayed}, {went} leave and {came} join", groups)


def joined_twice(stayed: int, first: int, second: int, levels: int) -> Kind:
    """A panel that grew at each of two reopenings."""
    every = range(levels)
    groups = (
        Group(stayed, same(levels, 3)),
        Group(first, tuple((None, score, score) for score in every)),
        Group(second, tuple((None, None, score) for score in every)),
    )
    return Kind(f"{stayed}, {first} join, then {second}", groups)


def joined_and_left(stayed: int, moved: int, levels: int) -> Kind:
    """A panel that some join at one reopening and leave at the next."""
    guests = tuple((None, score, None) for score in range(levels))
    groups = (Group(stayed, same(levels, 3)), Group(moved, guests))
    return Kind(f"{stayed}, {moved} join and leave", groups)


def joined_by_agency(sizes: Sequence[int], came: str, levels: int) -> Kind:
    """A panel of known agencies that somebody joins: of the first of them, the last, or another."""
    stayed = _by_agency(sizes, same(levels, 2))
    agency = {"first": stayed[0].agency, "last": stayed[-1].agency}.get(came, came)
    return Kind(f"{_sizes(sizes)}, one of {came} joins", (*stayed, Group(1, late(levels), agency)))


def left_by_agency(sizes: Sequence[int], levels: int) -> Kind:
    """A panel of known agencies that somebody of the first leaves."""
    stayed = _by_agency(sizes, same(levels, 2))
    gone = Group(1, early(levels), stayed[0].agency)
    return Kind(f"{_sizes(sizes)}, one of first leaves", (*stayed, gone))


def in_a_room(present: int, away: int, levels: int) -> Kind:
    """A vote in a room, then the close; who is away answered in an earlier round or does not know."""
    groups = [Group(present, same(levels, 2))]
    groups += [Group(away, late(levels))] if away else []
    return Kind(f"{present} in a room, {away} away", tuple(groups), room=0)


def in_a_room_by_agency(sizes: Sequence[int], levels: int) -> Kind:
    """A vote of a whole panel of known agencies, then the close."""
    return Kind(f"{_sizes(sizes)} in a room", _by_agency(sizes, same(levels, 2)), room=0)


def heard_then_in_a_room(present: int, away: int, levels: int) -> Kind:
    """A close, then a vote of those who are in a room, who may change their mind, then another."""
    pairs = product(range(levels), repeat=2)
    groups = [Group(present, tuple((before, vote, vote) for before, vote in pairs))]
    stay = tuple((score, None, score) for score in range(levels))
    groups += [Group(away, stay)] if away else []
    return Kind(f"{present + away}, then {present} in a room", tuple(groups), room=1)
