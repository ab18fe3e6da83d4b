"""Whom anybody could be certain of, of all panels: `python -m pytest -s tests/long/inference.py`.

A table is printed for each scale and each weight: the kinds of panels, how many panels were tried and
how many views there are of them, and how many people are left one score, which is nought
everywhere. What is left out is printed with its size. It takes twenty minutes of one core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from time import process_time

import pytest
from support.inference.enumeration import Tally, sums_do, tried
from support.inference.kinds import (
    Kind,
    by_agency,
    changed_and_joined,
    changed_and_left,
    exchanged,
    fed_back,
    heard_once,
    heard_then_in_a_room,
    in_a_room,
    in_a_room_by_agency,
    joined,
    joined_and_left,
    joined_by_agency,
    joined_twice,
    left,
    left_by_agency,
    partitions,
)
from support.inference.panels import size

from ehsg_events.values.policy import Rule

SHARES = (0.75, 0.6, 1.0)
STOPS = ("settled-or-limit", "settled-stable-or-limit")
Capsys = pytest.CaptureFixture[str]
Kinds = Callable[[int], Iterator[Kind]]
MOST = {"people": 20_000, "agencies": 10_000}  # panels of one kind that are tried


def people(levels: int) -> Iterator[Kind]:
    """Panels of which every person counts once, of up to eight people or a few more."""
    for many in range(1, 9):
        yield heard_once(many, levels, "one")
        yield heard_once(many, levels)
    for many, others in product(range(3, 9), (1, 2, 3, 4)):
        yield joined(many, others, levels)
        yield left(many, others, levels)
        yield in_a_room(many, others - 1, levels)
    for many, others in product(range(3, 9), (1, 2, 3)):
        yield changed_and_joined(many, others, levels)
        yield changed_and_left(many, others, levels)
    yield from (fed_back(many, levels) for many in range(3, 9))
    yield from (exchanged(5, *moved, levels) for moved in ((1, 1), (1, 3), (3, 3)))
    yield from (joined_twice(5, *came, levels) for came in ((1, 1), (1, 3), (3, 1), (3, 3)))
    yield from (joined_and_left(5, moved, levels) for moved in (1, 3))
    rooms = ((3, 0), (5, 0), (3, 2), (3, 3), (4, 1), (5, 1), (5, 3))
    yield from (heard_then_in_a_room(*room, levels) for room in rooms)


def agencies(levels: int) -> Iterator[Kind]:
    """Panels of which every agency counts once, however they are divided among agencies."""
    for many in range(1, 9):
        for sizes in partitions(many):
            yield by_agency(sizes, levels)
    for many in range(3, 8):
        for sizes in partitions(many):
            yield in_a_room_by_agency(sizes, levels)
    for many in range(3, 7):
        for sizes in partitions(many):
            yield fed_back(many, levels, sizes)
            yield left_by_agency(sizes, levels)
            for came in ("first", "last", "another"):
                yield joined_by_agency(sizes, came, levels)


def asked_thrice(levels: int) -> Iterator[Kind]:
    """Panels of which it is seen after two rounds whether a third asks them."""
    for many in (3, 4, 5):
        yield fed_back(many, levels)


def report(called: str, rule: Rule, levels: int, kinds: Iterator[Kind], capsys: Capsys) -> int:
    """Try the kinds that are not too many, print what came of each, and count who is certain."""
    count, began = Counter[str](), process_time()
    left_out = []
    for kind in kinds:
        many = size(kind, sums=sums_do(kind, rule))
        if many > MOST[rule.weights]:
            left_out.append(f"{kind.name} ({many:,})")
            continue
        found = _found(tried(kind, levels, rule))
        count.update(found)
        say(capsys, f"{levels} levels | {called} | {kind.name} | {_in_words(found)}")
    spent = f"{process_time() - began:.0f} seconds of one core"
    say(capsys, f"TOTAL {levels} levels | {called} | {_in_words(count)}, in {spent}")
    say(capsys, f"LEFT OUT {levels} levels | {called} | {', '.join(left_out) or 'nothing'}")
    assert count["kinds"] > 0
    return count["certain"]


def _found(tallies: Sequence[Tally]) -> dict[str, int]:
    return {
        "kinds": 1,
        "panels": tallies[0].panels,
        "views": sum(one.views for one in tallies),
        "certain": sum(len(one.certain) for one in tallies),
    }


def _in_words(found: Mapping[str, int]) -> str:
    return ", ".join(f"{many:,} {name}" for name, many in found.items())


def say(capsys: Capsys, line: str) -> None:
    """Print a line of the table, which is what this is for."""
    with capsys.disabled():
        print(line, flush=True)  # noqa: T201


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("kinds", [people, agencies], ids=["people", "agencies"])
def test_nobody_is_left_one_score(kinds: Kinds, levels: int, share: float, capsys: Capsys) -> None:
    """Whatever is seen at all moments and on all surfaces, by a stranger and by each of the panel."""
    weights = kinds.__name__
    rule = Rule(name=f"{weights} {share}", weights=weights, agreed_share=share)  # type: ignore[arg-type]
    assert report(f"{weights:8} {share:4}", rule, levels, kinds(levels), capsys) == 0


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
def test_nobody_is_left_one_score_by_a_third_round(levels: int, capsys: Capsys) -> None:
    """That depends on who changed their mind, so panels are tried person by person."""
    for stop, settled in product(STOPS, (1 / 6, 0.5, 1.0)):
        rule = Rule(name=stop, rounds=3, stop=stop, settled_changed=settled)  # type: ignore[arg-type]
        called = f"{stop} {settled:.2f}"
        assert report(called, rule, levels, asked_thrice(levels), capsys) == 0
