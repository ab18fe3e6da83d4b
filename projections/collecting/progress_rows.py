"""How far each round is: how many were asked and have answered, by agency and item."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.asked import Asked, asked
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import answers, withdrawn
from projections.folded.rounds import closed


class Progress(NamedTuple):
    """A round, an agency, an item, and how many were asked about it and have answered.

    What they answered, even "don't know", is null until the round is closed.
    """

    round: int
    agency: str
    item: str
    asked: int
    answered: int
    dont_know: int | None
    not_my_area: int | None
    skipped: int | None


@once
def progress_rows(view: View) -> list[Progress]:
    """By round, the items in the order in which they were first asked."""
    said = {
        (fact.round, fact.stakeholder, fact.item): fact.kind
        for fact in answers(view)
        if fact.stakeholder not in withdrawn(view)
    }
    cells: defaultdict[tuple[int, str, str], list[Asked]] = defaultdict(list)
    for row in asked(view):
        if row.theirs and row.stakeholder in members(view):
            party = members(view)[row.stakeholder].party
            cells[row.round, party, row.item].append(row)
    first = {cell: min(row.first_asked for row in rows) for cell, rows in cells.items()}
    return [
        _cell(view, cell, [said.get(row[:3]) for row in cells[cell]])
        for cell in sorted(cells, key=lambda cell: (cell[0], first[cell], *cell[1:]))
    ]


def _cell(view: View, cell: tuple[int, str, str], kinds: list[str | None]) -> Progress:
    many = Counter(kinds)
    told = [many[kind] for kind in ("dont-know", "not-my-area", "skip")]
    shown = told if cell[0] in closed(view) else [None, None, None]
    return Progress(*cell, len(kinds), len(kinds) - many[None], *shown)
