"""Whom an area may be compared with: those of its year and guide whose scores may be seen."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.commands import submissions
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.submissions.handed_in import HandedIn, handed_in


def standing_for(log: Log, area: str, year: int) -> HandedIn | None:
    """What an area handed in for a year; none when it has not."""
    try:
        return handed_in(log, area, year)
    except Refused:
        return None


def comparable(log: Log, own: HandedIn) -> list[str]:
    """The other areas, by name, whose scores may stand beside an area's own."""
    found = (standing_for(log, area, own.year) for area in _areas(log, own.year))
    return sorted({one.area for one in found if one and one.id != own.id and _fits(one, own)})


def _areas(log: Log, year: int) -> Iterator[str]:
    """Every area that may have handed something in for a year."""
    yield from (one.area for one in submissions.imported(log) if one.year == year)
    yield from (opened.area for _, at, opened in log.assessments() if at.year == year)


def _fits(other: HandedIn, own: HandedIn) -> bool:
    return other.guide.id == own.guide.id and lets_its_scores_be_seen(other)


def lets_its_scores_be_seen(found: HandedIn) -> bool:
    """Whether a form was published, or its area said yes to everybody its guide asks about."""
    asked = [one.id for one in found.guide.permissions if "scores" in one.scope]
    granted = all(found.permissions.get(one) is True for one in asked)
    return found.submission is not None or granted
