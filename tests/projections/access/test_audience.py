"""Who may see what, and which figures may be shown at all: decided in one place, without a log."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.area import Area

from ehsg_events.commands.people import name_coordinator, name_reader
from ehsg_events.kernel import Refused
from projections.access.audience import audience_of, refuse_unless_a_moment
from projections.access.small_numbers import Voice, Voices, apart, are_enough, showable

AGENCIES = {"a": "Police", "b": "Police", "c": "Health", "d": "Health", "e": "Schools",
            "f": "Schools", "g": "Council"}  # fmt: skip
answers = st.dictionaries(
    st.sampled_from(sorted(AGENCIES)), st.sampled_from((0, 1, 5, "dont-know")), min_size=4
)


def said(**scores: Any) -> Voices:
    """Some people's answers."""
    return frozenset(Voice(who, AGENCIES[who], score) for who, score in scores.items())


FIVE = said(a=1, b=2, c=3, d=4, e=5)


@settings(max_examples=60)
@given(st.lists(answers.map(lambda told: said(**told)), max_size=7))
def test_no_two_figures_that_are_shown_tell_of_fewer_than_three_people(
    history: list[Voices],
) -> None:
    """Whatever came before: each pair rests on the same answers or on three that differ."""
    shown = [history[place] for place in showable(history)]
    assert all(are_enough(voices) for voices in shown)
    assert all(apart(one, other) not in (1, 2) for one, other in combinations(shown, 2))


@settings(max_examples=50)
@given(st.lists(answers.map(lambda told: said(**told)), max_size=5), answers)
def test_what_comes_later_takes_nothing_back(history: list[Voices], later: dict[str, Any]) -> None:
    """What was shown at a moment is shown as of that moment for ever."""
    assert showable([*history, said(**later)])[: len(showable(history))] == showable(history)


def test_figures_are_shown_from_five_scores_of_three_agencies_on() -> None:
    """An answer that is no score counts for neither."""
    assert are_enough(FIVE)
    assert not are_enough(said(a=1, b=2, c=3, d=4, e="dont-know"))
    assert not are_enough(said(a=1, b=2, c=3, d=4) | {Voice("h", "Police", 1)})


def test_one_person_who_changed_their_mind_is_not_given_away() -> None:
    """Nor two; three may be anybody."""
    later = [said(a=5, b=2, c=3, d=4, e=5), said(a=5, b=5, c=3, d=4, e=5),
             said(a=5, b=5, c=5, d=4, e=5)]  # fmt: skip
    assert [showable([FIVE, one]) for one in later] == [[0], [0], [0, 1]]


def test_a_step_back_towards_figures_shown_before_is_no_way_round() -> None:
    """The third differs from the second by three people, but from the first by one."""
    second, third = said(a=5, b=5, c=5, d=4, e=5), said(a=1, b=2, c=3, d=4, e=0)
    assert showable([FIVE, second, third]) == [0, 1]


def test_who_comes_or_goes_counts_as_who_changes() -> None:
    """A newcomer's score, and a withdrawal, are one person's answer."""
    assert showable([FIVE, FIVE | said(g=3)]) == [0]
    assert showable([FIVE | said(g=3), FIVE]) == [0]


def told(four: Sequence[int], newcomer: int, settled: Sequence[int]) -> tuple[Any, ...]:
    """What one reader is told: the middle score settled on of four, then the figures of five."""
    before = said(**dict(zip("aceg", four, strict=True)))
    after = before | said(b=newcomer)
    figures = showable([before, after], settled=settled)
    counts = sorted(str(voice.said) for voice in after) if 1 in figures else None
    return median(four), counts


def possible(settled: Sequence[int]) -> list[set[int]]:
    """For each thing that can be told, all that the newcomer may have answered: by enumeration."""
    by_told: dict[str, set[int]] = {}
    for *four, newcomer in product(range(6), repeat=5):
        by_told.setdefault(str(told(four, newcomer, settled)), set()).add(newcomer)
    return list(by_told.values())


def test_an_outcome_of_four_and_the_figures_of_five_do_not_give_a_newcomer_away() -> None:
    """Were the figures shown, some newcomers would be left one possible answer; they are not."""
    assert any(len(answers) == 1 for answers in possible(settled=()))
    assert all(len(answers) == 6 for answers in possible(settled=(0,)))


def test_an_outcome_holds_back_no_figures_but_those_near_it() -> None:
    """Of its own answers and of three who changed their mind they are shown, and never earlier."""
    near, far = said(a=5, b=2, c=3, d=4, e=5), said(a=5, b=5, c=5, d=4, e=5)
    assert showable([FIVE, far], settled=(0, 1)) == [0, 1]
    assert showable([FIVE, near], settled=(1,)) == [0]
    few = said(a=1, c=3, e=5)
    assert showable([few, FIVE], settled=(0,)) == []
    assert showable([few, near], settled=(0,)) == [1]


def test_the_same_answers_measured_again_are_the_newest() -> None:
    """Nobody's answer differs."""
    assert showable([FIVE, FIVE]) == [0, 1]


def test_a_person_is_who_they_were_named(area: Area) -> None:
    """A stakeholder signs in to nothing."""
    name_coordinator(area.log, area.stamp(), area.id, "Jane Smith", None)
    name_reader(area.log, area.stamp(), area.id, "Rae Reed", "auditor")
    name_reader(area.log, area.stamp(), area.id, "Bo Ard", "board")
    found = [
        audience_of(area.now.assessment, who)
        for who in ("coordinator-1", "reader-1", "reader-2", "police-1")
    ]
    assert found == ["coordinator", "auditor", "board", None]


def test_the_board_asks_by_day_and_never_by_position() -> None:
    """How far the log has grown tells how many are answering just now."""
    with pytest.raises(Refused, match="position of the log, which is not for the board"):
        refuse_unless_a_moment("board", "127")
    refuse_unless_a_moment("board", "2026-11-03")
    refuse_unless_a_moment("auditor", "127")
