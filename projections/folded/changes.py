"""Who moved between two closed rounds: how many, who, and what they knew of the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ehsg_events.agreement.consensus import change, median
from projections.facts.view import View
from projections.folded.informed import informed
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.panel_facts import answers
from projections.folded.rounds import Turn, turns
from projections.folded.standing import Standing, stands_by_item


class Stability(NamedTuple):
    """A closed round of the panel's own but the first, a descriptor, and how far people moved.

    Of those with a score standing both before and after it; `since` is the round before.
    """

    round: int
    since: int
    item: str
    n: int
    moved: int
    mean_abs_change: float
    median_before: float
    median_after: float


class Changed(NamedTuple):
    """Somebody whose score after a round differs from the one before it, and what they had seen."""

    round: int
    since: int
    item: str
    stakeholder: str
    agency: str
    score_before: int
    score_after: int
    moved_by: int
    saw_figures: bool
    saw_reasons: bool
    in_room: bool
    blind: bool


class _Both(NamedTuple):
    """Two scores of one person, and the answer that gave the later one."""

    before: int
    after: int
    stands: Standing


@once
def stability(view: View) -> list[Stability]:
    """How many people moved in each round and by how much on average."""
    return [
        _moved(turn, item, both) for turn in turns(view) for item, both in _with_both(view, turn)
    ]


def _moved(turn: Turn, item: str, both: list[_Both]) -> Stability:
    before, after = [row.before for row in both], [row.after for row in both]
    n, moved, mean_abs_change = change(before, after)
    return Stability(*turn, item, n, moved, mean_abs_change, median(before), median(after))


def _with_both(view: View, turn: Turn) -> Iterator[tuple[str, list[_Both]]]:
    """Each descriptor, and the people who had a score standing before and after a round."""
    stands = stands_by_item(view)
    for (number, item), after in stands.items():
        if number == turn.round:
            before = stands.get((turn.since, item), {})
            both = [
                _Both(was, row.score, row)
                for person, row in after.items()
                if row.score is not None
                and person in before
                and (was := before[person].score) is not None
            ]
            if both:
                yield item, both


@once
def changed(view: View) -> list[Changed]:
    """Everybody who moved in a round, and whether they had been shown anything of the others."""
    said = {
        (fact.round, fact.stakeholder, fact.item): fact.position
        for fact in answers(view)
        if fact.position not in view.supposed.unheard
    }
    return [
        _changed(view, turn, item, both, said[both.stands.said_in, both.stands.stakeholder, item])
        for turn in turns(view)
        for item, people in _with_both(view, turn)
        for both in people
        if both.before != both.after and both.stands.stakeholder in members(view)
    ]


def _changed(view: View, turn: Turn, item: str, both: _Both, position: int) -> Changed:
    person, knew = both.stands.stakeholder, informed(view)[position]
    return Changed(
        *turn,
        item,
        person,
        members(view)[person].agency,
        both.before,
        both.after,
        both.after - both.before,
        saw_figures=knew.saw_figures,
        saw_reasons=knew.saw_reasons,
        in_room=knew.room is not None,
        blind=knew.blind,
    )
