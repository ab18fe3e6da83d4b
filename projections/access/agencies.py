"""Who took part, by agency, and which agency may be named beside words about an item.

An agency is named where at least three of its people answered: over the whole assessment in the
table of who took part, and about one item beside what was said of it. What was answered decides
nothing of it, so a name tells nothing of anybody's answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ehsg_events.kernel import Frozen
from projections.facts.view import View
from projections.folded.asked import asked
from projections.folded.members import Member, members
from projections.folded.rounds import closed
from projections.folded.standing import standing

SMALLEST = 3  # how many people must have answered for their agency to be named
ANOTHER, ONE_OF_THEM = "another agency", "one of the agencies asked"


class Agencies:
    """Which agencies may be named beside what was said of an item."""

    def __init__(self, view: View) -> None:
        self._answered = _answered(view)
        self._named = {item: named(counts) for item, counts in self._answered.items()}

    def name(self, item: str, agency: str) -> str:
        """An agency's name, or that it is another one, or one of them all where none is named."""
        large = self._named.get(item, frozenset())
        return agency if agency in large else ANOTHER if large else ONE_OF_THEM

    def asked(self, item: str) -> str | None:
        """The agencies of which people were asked about an item, the smaller ones as a number."""
        counts = self._answered.get(item)
        if not counts:
            return None
        large = [agency for agency in counts if agency in self._named[item]]
        return _and_others(large, len(counts) - len(large))


def _answered(view: View) -> dict[str, dict[str, int]]:
    """How many people of each agency answered each item, of those of which any was asked it."""
    heard = {(row.item, row.stakeholder) for row in standing(view)}
    of = {
        (row.item, row.stakeholder)
        for row in asked(view)
        if row.theirs and row.round in closed(view)
    }
    answered: dict[str, dict[str, int]] = {}
    for person in _panel(view):
        for item in view.guide.items:
            place = item, person.stakeholder
            if place in of or place in heard:
                counts = answered.setdefault(item, {})
                counts[person.agency] = counts.get(person.agency, 0) + (place in heard)
    return answered


def _panel(view: View) -> list[Member]:
    """The panel's own members, without peers, in the order in which they were added."""
    own = (person for person in members(view).values() if person.peer_of is None)
    return sorted(own, key=lambda person: person.position)


def named(answered: Mapping[str, int]) -> frozenset[str]:
    """The agencies of which enough people answered, if those of the others are enough too or none.

    Words that are of nobody named are of one of the others, which must not be one or two people.
    Then the smallest that could be named goes with them.

    Args:
        answered: how many people of each agency answered.
    """
    large = sorted((a for a in answered if answered[a] >= SMALLEST), key=lambda a: -answered[a])
    rest = sum(answered.values()) - sum(answered[agency] for agency in large)
    if 0 < rest < SMALLEST:
        large = large[:-1]
    return frozenset(large)


def _and_others(names: list[str], others: int) -> str:
    if not names:
        return "one agency" if others == 1 else f"{others} agencies"
    more = [f"{others} {'other' if others == 1 else 'others'}"] if others else []
    *before, last = [*names, *more]
    return f"{', '.join(before)} and {last}" if before else last


def parties(view: View) -> tuple[Party, ...]:
    """How many were invited and answered, the smaller agencies in one line."""
    counts = _counted(view)
    large = {agency: count for agency, count in counts.items() if count.answered >= SMALLEST}
    small = [count for count in counts.values() if count.answered < SMALLEST]
    lines = [
        Party(agency=agency, invited=str(count.invited), answered=str(count.answered))
        for agency, count in large.items()
    ]
    if small:
        lines.append(
            Party(
                agency=together(len(small), alone=not large),
                invited=_few(count.invited for count in small),
                answered=_few(count.answered for count in small),
                agencies=len(small),
            )
        )
    return tuple(lines)


def _counted(view: View) -> dict[str, _Count]:
    """How many of each agency were asked in any round, and how many have an answer that stands."""
    heard = {row.stakeholder for row in standing(view)}
    of = {row.stakeholder for row in asked(view) if row.theirs} | heard
    counts: dict[str, _Count] = {}
    for person in _panel(view):
        if person.stakeholder in of:
            invited, answered = counts.get(person.agency, _Count(0, 0))
            answered += person.stakeholder in heard
            counts[person.agency] = _Count(invited + 1, answered)
    return counts


class _Count(NamedTuple):
    invited: int
    answered: int


def together(number: int, *, alone: bool) -> str:
    """What the smaller agencies are called in one line, where others are named or none is."""
    kind = "" if alone else "other "
    return f"{number} {kind}{'agency' if number == 1 else 'agencies'}"


def _few(counts: Iterable[int]) -> str:
    total = sum(counts)
    return str(total) if total >= SMALLEST or total == 0 else f"fewer than {SMALLEST}"


class Party(Frozen):
    """How many people of an agency, or of several small ones, were invited and answered."""

    agency: str
    invited: str
    answered: str
    agencies: int = 1
