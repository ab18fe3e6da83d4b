"""Whom the board could be certain of, of all panels: `python -m pytest -s tests/long/inference.py`.

A table is printed: the scale, who counts, the panels, how many views of them there are, and how many
people are left one score. The last column is nought everywhere. It takes a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, prod
from typing import NamedTuple

import pytest
from support.inference.enumeration import (
    Group,
    alike,
    by_agency,
    certain,
    exchanged,
    fed_back,
    heard_once,
    joined,
    joined_twice,
    left,
    partitions,
    scale_of,
)

from ehsg_events.values.policy import Rule

RULES = tuple(
    Rule(name=f"{weights} {share}", weights=weights, agreed_share=share)
    for weights in ("people", "agencies")
    for share in (0.75, 0.6, 1.0)
)
MOST = 20_000  # panels of one kind; what has more is left out, and said to be


class Kind(NamedTuple):
    """Panels that are alike in how many people are known to be what."""

    name: str
    groups: list[Group]
    levels: int

    @property
    def panels(self) -> int:
        """How many there are."""
        return prod(comb(len(g.letters) + g.people - 1, g.people) for g in self.groups)


def kinds(levels: int, weights: str) -> Iterator[Kind]:
    """Panels of up to eight people, heard once or more often."""
    if weights == "agencies":
        for people in range(1, 9):
            for sizes in partitions(people):
                name = f"{'+'.join(map(str, sizes))} of {len(sizes)} agencies"
                yield Kind(name, by_agency(sizes, levels), levels)
        return
    for people in range(1, 9):
        yield Kind(f"{people} of one agency", heard_once(people, levels, "one"), levels)
        yield Kind(f"{people} of three agencies", heard_once(people, levels), levels)
    yield from kinds_of_two_closes(levels)


def kinds_of_two_closes(levels: int) -> Iterator[Kind]:
    """Panels of which people change their mind, join or leave."""
    for people in range(3, 9):
        yield Kind(f"{people} asked twice", fed_back(people, levels), levels)
        for others in (1, 2, 3, 4):
            yield Kind(f"{people}, then {others} join", joined(people, others, levels), levels)
            yield Kind(f"{people}, and {others} leave", left(people, others, levels), levels)
    for went, came in ((1, 1), (1, 3), (3, 3)):
        name = f"5, {went} leave and {came} join"
        yield Kind(name, exchanged(5, went, came, levels), levels)
    for first, second in ((1, 1), (1, 3), (3, 1), (3, 3)):
        name = f"5, {first} join, then {second}"
        yield Kind(name, joined_twice(5, first, second, levels), levels)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_nobody_is_left_one_score(
    rule: Rule, levels: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is seen at all moments, by a stranger and by each of the panel."""
    exposed, left_out, tried = 0, [], 0
    for kind in kinds(levels, rule.weights):
        if kind.panels > MOST:
            left_out.append(kind.name)
            continue
        for settled in (False, True):
            views = alike(kind.groups, scale_of(levels), rule, settled=settled)
            known = len(list(certain(views)))
            exposed, tried = exposed + known, tried + 1
            with capsys.disabled():
                told = "settled by hand" if settled else "by the rule"
                print(  # noqa: T201 - the table is what this is for
                    f"{levels} levels | {rule.name:14} | {kind.name:28} | {told:15} | "
                    f"{kind.panels:7,} panels | {len(views):6,} views | {known} certain"
                )
    with capsys.disabled():
        print(f"{levels} levels | {rule.name} | left out: {', '.join(left_out) or 'none'}")  # noqa: T201
    assert tried > 0
    assert exposed == 0
