"""How far a view reaches, as far as that may be told: what is hidden leaves neither a time nor a place."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from projections.facts.view import View

REACHED = """
  SELECT
    max(position) FILTER (NOT hidden) AS position,
    arg_max(said_at, position) FILTER (NOT hidden) AS at,
    max(position) AS place
  FROM trail
  WHERE NOT withdrawn AND (NOT hidden OR what IN ('AnswerGiven', 'AnswerAmended'))"""


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
    (row,) = view.ask(REACHED)
    return Reached(datetime.fromisoformat(row["at"]), view.placed(row["position"]), row["place"])
