"""Who took part, by agency, and which agency may be named beside words about an item.

An agency is named where at least three of its people answered: over the whole assessment in the
table of who took part, and about one item beside what was said of it. What was answered decides
nothing of it, so a name tells nothing of anybody's answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ehsg_events.kernel import Frozen
from projections.facts.view import View

SMALLEST = 3  # how many people must have answered for their agency to be named
ANOTHER, ONE_OF_THEM = "another agency", "one of the agencies asked"
PARTIES = """
  SELECT agency, count(*) AS invited,
    count(*) FILTER (stakeholder IN (SELECT stakeholder FROM standing)) AS answered
  FROM member
  WHERE peer_of IS NULL
    AND stakeholder IN (
      SELECT stakeholder FROM asked WHERE theirs UNION SELECT stakeholder FROM standing
    )
  GROUP BY agency ORDER BY min(position)"""
BY_ITEM = """
  SELECT item, agency, count(DISTINCT stakeholder) FILTER (answered) AS answered
  FROM (
    SELECT item, stakeholder, false AS answered FROM asked
    WHERE theirs AND round IN (SELECT round FROM closed)
    UNION
    SELECT item, stakeholder, true FROM standing
  )
  JOIN (SELECT stakeholder, agency, position FROM member WHERE peer_of IS NULL) USING (stakeholder)
  GROUP BY item, agency ORDER BY item, min(position)"""


class Agencies:
    """Which agencies may be named beside what was said of an item."""

    def __init__(self, view: View) -> None:
        self._answered: dict[str, dict[str, int]] = {}
        for row in view.ask(BY_ITEM):
            self._answered.setdefault(row["item"], {})[row["agency"]] = row["answered"]
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
    rows = view.ask(PARTIES)
    large = [row for row in rows if row["answered"] >= SMALLEST]
    small = [row for row in rows if row["answered"] < SMALLEST]
    lines = [
        Party(agency=row["agency"], invited=str(row["invited"]), answered=str(row["answered"]))
        for row in large
    ]
    if small:
        lines.append(
            Party(
                agency=together(len(small), alone=not large),
                invited=_few(row["invited"] for row in small),
                answered=_few(row["answered"] for row in small),
                agencies=len(small),
            )
        )
    return tuple(lines)


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
