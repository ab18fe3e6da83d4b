"""What peers of another area said, beside the panel's figures and never among them."""

from __future__ import annotations

from collections import Counter

from ehsg_events.agreement.disclosure import LEAST_SCORES
from ehsg_events.kernel import Frozen
from projections.access.agencies import SMALLEST
from projections.facts.view import View
from projections.figures.agreement import figure, people
from projections.folded.members import members
from projections.folded.panel_facts import of_kind, withdrawn
from projections.folded.peers import PeersRow, peer_rows
from projections.folded.rounds import closed


class Peers(Frozen):
    """The peers of one area on one descriptor; no figures where fewer than three gave a score."""

    area: str
    n: int | None
    median: float | None
    low: int | None
    high: int | None
    sentence: str


def peers(view: View) -> dict[str, tuple[Peers, ...]]:
    """What the peers of each area said of each descriptor they were asked about."""
    by_item: dict[str, tuple[Peers, ...]] = {}
    for row in peer_rows(view):
        figures = Peers(
            area=row.peer_of,
            n=row.n,
            median=row.median,
            low=row.low,
            high=row.high,
            sentence=_sentence(row),
        )
        by_item[row.item] = (*by_item.get(row.item, ()), figures)
    return by_item


def peers_told(view: View) -> dict[str, tuple[Peers, ...]]:
    """The peers' figures as far as they tell nobody's score: the middle of five scores or more.

    How far the scores ran would be each of them where they are one.
    """
    return {item: tuple(map(_middle_alone, every)) for item, every in peers(view).items()}


def _middle_alone(figures: Peers) -> Peers:
    area, n = figures.area, figures.n
    if n is None or n < LEAST_SCORES or figures.median is None:
        nothing = {"n": None, "median": None, "low": None, "high": None}
        says = f"Peers from {area}: fewer than {LEAST_SCORES} of them gave a score."
        return figures.model_copy(update=nothing | {"sentence": says})
    says = f"Peers from {area}: middle score {figure(figures.median)}, {people(n)}."
    return figures.model_copy(update={"low": None, "high": None, "sentence": says})


def _sentence(row: PeersRow) -> str:
    if row.n is None or row.median is None:
        return f"Peers from {row.peer_of}: fewer than {SMALLEST} of them gave a score."
    run = f"all {row.low}" if row.low == row.high else f"from {row.low} to {row.high}"
    return f"Peers from {row.peer_of}: middle score {figure(row.median)}, {run}, {people(row.n)}."


class Companies:
    """What a report calls peers: by their area, once enough of them have answered an item."""

    def __init__(self, view: View) -> None:
        answered = {
            (fact.item, fact.stakeholder)
            for fact in of_kind(view, "AnswerGiven")
            if fact.round in closed(view) and fact.stakeholder not in withdrawn(view)
        }
        by_area = Counter(
            (item, members(view)[person].peer_of)
            for item, person in answered
            if person in members(view)
        )
        self._large = {place for place, people in by_area.items() if people >= SMALLEST}

    def name(self, item: str, area: str) -> str:
        """The peers of an area, or that they are peers of some other area."""
        large = (item, area) in self._large
        return f"Peers from {area}" if large else "a peer from another area"
