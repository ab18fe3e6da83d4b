"""Who took part, by agency; an agency of which fewer than three people answered is never named."""

from __future__ import annotations

from collections.abc import Iterable

from ehsg_events.kernel import Frozen
from projections.facts.view import View

SMALLEST = 3  # how many people must have answered for their agency to be named
SMALLER, TOGETHER = "a smaller agency", "smaller agencies"
PARTIES = """
  SELECT agency, count(*) AS invited,
    count(*) FILTER (stakeholder IN (SELECT stakeholder FROM standing)) AS answered
  FROM member
  WHERE peer_of IS NULL
    AND stakeholder IN (
      SELECT stakeholder FROM asked WHERE theirs UNION SELECT stakeholder FROM standing
    )
  GROUP BY agency ORDER BY min(position)"""


class Agencies:
    """Which agencies may be named: those of which enough people have answered."""

    def __init__(self, view: View) -> None:
        self.rows = view.ask(PARTIES)
        self.large = {row["agency"] for row in self.rows if row["answered"] >= SMALLEST}

    def name(self, agency: str) -> str:
        """An agency's name, or that it is a smaller one."""
        return agency if agency in self.large else SMALLER


def parties(view: View) -> tuple[Party, ...]:
    """How many were invited and answered, the smaller agencies in one line."""
    agencies = Agencies(view)
    large = [row for row in agencies.rows if row["agency"] in agencies.large]
    small = [row for row in agencies.rows if row["agency"] not in agencies.large]
    lines = [
        Party(agency=row["agency"], invited=str(row["invited"]), answered=str(row["answered"]))
        for row in large
    ]
    if small:
        lines.append(
            Party(
                agency=TOGETHER,
                invited=_few(row["invited"] for row in small),
                answered=_few(row["answered"] for row in small),
            )
        )
    return tuple(lines)


def _few(counts: Iterable[int]) -> str:
    total = sum(counts)
    return str(total) if total >= SMALLEST or total == 0 else f"fewer than {SMALLEST}"


class Party(Frozen):
    """How many people of an agency were invited and answered."""

    agency: str
    invited: str
    answered: str
