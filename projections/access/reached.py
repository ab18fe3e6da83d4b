"""How far a view reaches, as far as that may be told: what is hidden leaves neither a time nor a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import ANSWERS
from projections.folded.trail import TrailRow, newest_rows, trail_rows

NEWEST = 2_000  # positions


class Reached(NamedTuple):
    """The last fact of a view that is told in full: when it was recorded, and at which position.

    `position` is none where it is not told because a round takes answers. `place` is that of the last
    fact of which anything is told, for those who count with it and tell it to nobody.
    """

    at: datetime
    position: int | None
    place: int


@once
def reached(view: View) -> Reached:
    """How far a view reaches; nearly always one of its newest facts is told."""
    after = (view.position - NEWEST) // NEWEST * NEWEST  # the same for many that look
    found = _among(view, newest_rows(view, max(after, 0)))
    found = found or _among(view, trail_rows(view))
    assert found, "that it was opened is told"
    return found


def _among(view: View, rows: Sequence[TrailRow]) -> Reached | None:
    """How far the last of a view's facts reach; none where nothing of them is told in full."""
    told = [row for row in rows if not row.withdrawn]
    last = next((row for row in reversed(told) if not row.hidden), None)
    if last is None:
        return None
    place = max(row.position for row in told if not row.hidden or row.what in ANSWERS)
    recorded = view.facts(_Recorded, (), last.position - 1)[0]
    return Reached(recorded.said_at, view.placed(last.position), place)


class _Recorded(NamedTuple):
    position: int
    said_at: datetime
