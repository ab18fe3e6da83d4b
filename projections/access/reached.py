"""How far a view reaches, as far as that may be told: what is hidden leaves neither a time nor a place."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.panel_facts import ANSWERS
from projections.folded.trail import trail_rows


class Reached(NamedTuple):
    """The last fact of a view that is told in full: when it was recorded, and at which position.

    `position` is none where it is not told because a round takes answers. `place` is that of the last
    fact of which anything is told, for those who count with it and tell it to nobody.
    """

    at: datetime
    position: int | None
    place: int


def reached(view: View) -> Reached:
    """How far a view reaches."""
    rows = [row for row in trail_rows(view) if not row.withdrawn]
    last = next(row for row in reversed(rows) if not row.hidden)
    place = max(row.position for row in rows if not row.hidden or row.what in ANSWERS)
    return Reached(last.said_at, view.placed(last.position), place)
