"""What peers of a second area said, and what everybody would have worked on first."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from ehsg_events.agreement.consensus import median
from projections.facts.view import View
from projections.folded.asked import asked
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import answers, of_kind, withdrawn
from projections.folded.rounds import closed, own_rounds

FEWEST = 3  # peers with a score, before any figure of theirs is told


class PeersRow(NamedTuple):
    """A second area and a descriptor its peers were asked about in a closed round, and their scores.

    All figures are null where fewer than three gave a score.
    """

    peer_of: str
    item: str
    n: int | None
    median: float | None
    low: int | None
    high: int | None


class NamedPriority(NamedTuple):
    """A descriptor that somebody named as first to work on, and how many did, of how many agencies."""

    item: str
    people: int
    agencies: int


@once
def peer_rows(view: View) -> list[PeersRow]:
    """The descriptors in the order in which peers were first asked; without who has withdrawn."""
    theirs = {number for number in closed(view) if number not in own_rounds(view)}
    said = {
        (fact.stakeholder, fact.item): fact.score
        for fact in answers(view)
        if fact.round in theirs and fact.stakeholder not in withdrawn(view)
    }
    scores: defaultdict[tuple[str, str], list[int | None]] = defaultdict(list)
    first: dict[tuple[str, str], int] = {}
    for row in asked(view):
        peer_of = (
            members(view)[row.stakeholder].peer_of if row.stakeholder in members(view) else None
        )
        if row.round in theirs and peer_of is not None and row.item in view.guide.descriptors:
            place = peer_of, row.item
            scores[place].append(said.get((row.stakeholder, row.item)))
            first[place] = min(first.get(place, row.first_asked), row.first_asked)
    return [
        _figures(*place, [score for score in scores[place] if score is not None])
        for place in sorted(scores, key=lambda place: (first[place], place[1], place[0]))
    ]


def _figures(peer_of: str, item: str, scores: list[int]) -> PeersRow:
    if len(scores) < FEWEST:
        return PeersRow(peer_of, item, None, None, None, None)
    return PeersRow(peer_of, item, len(scores), median(scores), min(scores), max(scores))


@once
def named_priorities(view: View) -> dict[str, NamedPriority]:
    """By descriptor; each person's newest choice counts, once its round is closed.

    Without people who have withdrawn and people left out.
    """
    newest = {
        fact.stakeholder: fact.items
        for fact in of_kind(view, "PrioritiesNamed")
        if fact.round in closed(view)
        and fact.stakeholder not in withdrawn(view) | view.supposed.left_out
    }
    agencies: defaultdict[str, list[str]] = defaultdict(list)
    for person, items in newest.items():
        for item in items if person in members(view) else ():
            agencies[item].append(members(view)[person].agency)
    return {
        item: NamedPriority(item, len(every), len(set(every))) for item, every in agencies.items()
    }
