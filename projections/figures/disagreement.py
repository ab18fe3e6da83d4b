"""Where the panel stands apart after a closed round, widest first, and which agency stands where.

A coordinator sees each agency by its name, and each person who changed their mind by a pseudonym.
What is handed on names no agency of fewer than three people: see `projections/access/agencies.py`.
"""

from __future__ import annotations

from typing import Any

from ehsg_events.kernel import Frozen, Refused
from projections.facts.view import View

CLOSED = "SELECT round FROM closed WHERE round IN (SELECT round FROM own_round) ORDER BY round"
APART = "SELECT * FROM disagreement WHERE round = ?"
VERDICTS = "SELECT item, verdict FROM consensus WHERE round = ?"
STANDS = "SELECT * EXCLUDE (round) FROM standpoint WHERE round = ? ORDER BY median, low, agency"
MOVED = "SELECT * EXCLUDE (round) FROM changed WHERE round = ? ORDER BY agency, stakeholder"


class Standpoint(Frozen):
    """One agency on one descriptor: how many gave a score, their lowest, middle and highest."""

    agency: str
    n: int
    low: int
    median: float
    high: int


class Changed(Frozen):
    """Somebody who had a score standing before the round, and another after it.

    `saw_figures` and `saw_reasons` say what they had ever been shown of the group, `in_room` whether
    they had heard it discussed in a workshop. `blind` means that they knew nothing of the others.
    """

    stakeholder: str
    agency: str
    since: int
    score_before: int
    score_after: int
    moved_by: int
    saw_figures: bool
    saw_reasons: bool
    in_room: bool
    blind: bool


class Disagreement(Frozen):
    """One descriptor after a round: how far apart its scores stand, and who stands where.

    `spread` is the mean distance from the middle score as a share of the scale. `gap` is how far
    the middle scores of the agencies lie apart. Agencies are sorted by middle score, lowest first.
    """

    round: int
    item: str
    label: str
    verdict: str
    n: int
    low: int
    high: int
    spread: float
    gap: float
    agencies: tuple[Standpoint, ...]
    changed: tuple[Changed, ...]


def disagreements(view: View, number: int | None = None) -> list[Disagreement]:
    """Every descriptor with two scores or more after a closed round, widest first.

    Args:
        number: the round; the newest closed one of the panel's own when none is given.

    Raises:
        Refused: that round is not closed, or is not the panel's own.
    """
    closed = [row["round"] for row in view.ask(CLOSED)]
    if number is not None and number not in closed:
        listed = ", ".join(map(str, closed)) or "none yet"
        raise Refused(
            f"Round {number} is not a closed round of the panel's own; these are: {listed}. "
            f"While a round is open nobody sees how people answered."
        )
    wanted = number or max(closed, default=0)
    verdicts = {row["item"]: row["verdict"] for row in view.ask(VERDICTS, wanted)}
    stands, moved = _by_item(view, STANDS, wanted), _by_item(view, MOVED, wanted)
    places = {item: place for place, item in enumerate(view.guide.descriptors)}
    rows = sorted(
        view.ask(APART, wanted),
        key=lambda row: (
            -row["spread"],
            row["low"] - row["high"],
            -row["gap"],
            places[row["item"]],
        ),
    )
    return [
        Disagreement(
            **row,
            label=view.guide.items[row["item"]].label or view.guide.items[row["item"]].statement,
            verdict=verdicts[row["item"]],
            agencies=tuple(Standpoint(**agency) for agency in stands.get(row["item"], ())),
            changed=tuple(Changed(**change) for change in moved.get(row["item"], ())),
        )
        for row in rows
    ]


def _by_item(view: View, sql: str, number: int) -> dict[str, list[dict[str, Any]]]:
    by_item: dict[str, list[dict[str, Any]]] = {}
    for row in view.ask(sql, number):
        by_item.setdefault(row.pop("item"), []).append(row)
    return by_item
