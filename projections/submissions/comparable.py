"""Whom an area may be compared with: areas of its year, asked alike, whose scores may be seen."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.commands import submissions
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides.crosswalk import equal_items
from projections.submissions.handed_in import HandedIn, handed_in


def standing_for(log: Log, area: str, year: int) -> HandedIn | None:
    """What an area handed in for a year; none when it has not."""
    try:
        return handed_in(log, area, year)
    except Refused:
        return None


def comparable(log: Log, own: HandedIn) -> list[str]:
    """The other areas, by name, whose scores may stand beside an area's own."""
    others = (standing_for(log, area, own.year) for area in _areas(log, own.year))
    return sorted({other.area for other in others if other and _may_stand_beside(other, own)})


def _areas(log: Log, year: int) -> Iterator[str]:
    """Every area that may have handed something in for a year."""
    yield from (form.area for form in submissions.imported(log) if form.year == year)
    yield from (opened.area for _, at, opened in log.assessments() if at.year == year)


def _may_stand_beside(other: HandedIn, own: HandedIn) -> bool:
    is_comparable = other.id != own.id and bool(equal_items(own.guide, other.guide))
    return is_comparable and lets_its_scores_be_seen(other)


def lets_its_scores_be_seen(handed_in: HandedIn) -> bool:
    """Whether a form was published, or its area said yes to everybody its guide asks about."""
    asked = [
        permission.id for permission in handed_in.guide.permissions if "scores" in permission.scope
    ]
    granted = all(handed_in.permissions.get(permission) is True for permission in asked)
    return handed_in.submission is not None or granted
