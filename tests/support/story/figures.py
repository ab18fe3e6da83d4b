"""The figures of a story on both sides: by the read model, and by the rule."""

from __future__ import annotations

import json

from projections.facts.view import View
from support.story.story import Story

SHARED = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "verdict", "agencies")


def equal(view: View, story: Story, upto: int) -> None:
    """Every descriptor asked so far has the same figures on both sides."""
    rows = view.ask("SELECT * FROM consensus WHERE round = ?", upto)
    python = story.measured(upto, [row["item"] for row in rows])
    for row in rows:
        measured = python[row["item"]]
        assert {n: row[n] for n in SHARED} == {n: getattr(measured, n) for n in SHARED}
        assert tuple(row["counts"]) == measured.counts


def recorded_alike(view: View, number: int) -> None:
    """What was recorded as measured is what the read model says."""
    rows = {r["item"]: r for r in view.ask("SELECT * FROM consensus WHERE round = ?", number)}
    sql = "SELECT measures FROM fact WHERE what = 'RoundMeasured' AND round = ? ORDER BY position"
    for measured in json.loads(view.ask(sql, number)[-1]["measures"]):
        row = rows[measured["item"]]
        assert {n: row[n] for n in SHARED} == {n: measured[n] for n in SHARED}
