"""Where the panel stands apart after a closed round, widest first, and which agency stands where.

A coordinator sees each agency by its name, and each person who changed their mind by a pseudonym.
What is handed on names no agency of fewer than three people: see `projections/access/agencies.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ehsg_events.kernel import Frozen, Refused
from projections.facts.view import View
from projections.folded import changes
from projections.folded import standpoints as folded
from projections.folded.changes import changed
from projections.folded.consensus import consensus
from projections.folded.rounds import own_closed
from projections.folded.standpoints import disagreement, standpoints


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
    closed = own_closed(view)
    if number is not None and number not in closed:
        listed = ", ".join(map(str, closed)) or "none yet"
        raise Refused(
            f"Round {number} is not a closed round of the panel's own; these are: {listed}. "
            f"While a round is open nobody sees how people answered."
        )
    wanted = number or max(closed, default=0)
    verdicts = {row.item: row.verdict for row in consensus(view) if row.round == wanted}
    by_middle = sorted(standpoints(view), key=lambda row: (row.median, row.low, row.agency))
    by_agency = sorted(changed(view), key=lambda row: (row.agency, row.stakeholder))
    stands, moved = _by_item(by_middle, wanted), _by_item(by_agency, wanted)
    places = {item: place for place, item in enumerate(view.guide.descriptors)}
    rows = sorted(
        (row for row in disagreement(view) if row.round == wanted),
        key=lambda row: (-row.spread, row.low - row.high, -row.gap, places[row.item]),
    )
    return [
        Disagreement(
            **row._asdict(),
            label=view.guide.items[row.item].label or view.guide.items[row.item].statement,
            verdict=verdicts[row.item],
            agencies=tuple(Standpoint(**agency) for agency in stands.get(row.item, ())),
            changed=tuple(Changed(**change) for change in moved.get(row.item, ())),
        )
        for row in rows
    ]


def _by_item(
    rows: Iterable[folded.Standpoint | changes.Changed], number: int
) -> dict[str, list[dict[str, Any]]]:
    """What else a round's rows say, by item."""
    by_item: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row.round == number:
            values = row._asdict()
            values.pop("round")
            by_item.setdefault(values.pop("item"), []).append(values)
    return by_item
