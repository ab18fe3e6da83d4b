"""Who may see what, and which figures may be shown at all: decided in one place, without a log."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.area import Area

from ehsg_events.agreement.consensus import Heard, judge, yardstick
from ehsg_events.agreement.small_numbers import Measured, Told, Voice, Voices, apart, enough, told
from ehsg_events.commands.people import name_coordinator, name_reader
from ehsg_events.kernel import Refused
from ehsg_events.values.policy import Rule
from projections.access.audience import audience_of, refuse_unless_a_moment

AGENCIES = {"a": "Police", "b": "Police", "c": "Health", "d": "Health", "e": "Schools",
            "f": "Schools", "g": "Council"}  # fmt: skip
YARD, RULE = yardstick(0, 5), Rule()
answers = st.dictionaries(
    st.sampled_from(sorted(AGENCIES)), st.sampled_from((0, 1, 5, "dont-know")), min_size=4
)


def said(**scores: Any) -> Voices:
    """Some people's answers."""
    return frozenset(Voice(who, AGENCIES[who], score) for who, score in scores.items())


FIVE = said(a=1, b=2, c=3, d=4, e=5)


def measured(voices: Voices) -> Measured:
    """A close at which some answers stood."""
    scores = Measured(voices, "agreed", None).judged(YARD, RULE).scores
    heard = Heard(tuple(scores), 0, len(scores), len({score.agency for score in scores}))
    verdict, middle = judge(heard, YARD, RULE)
    return Measured(voices, verdict, middle)


def all_told(*history: Voices) -> list[Told]:
    """What may be told of each close."""
    return told([measured(voices) for voices in history], YARD, RULE)


def showable(*history: Voices) -> list[int]:
    """Of which closes, oldest first, figures are shown."""
    return [
        place for place, one in enumerate(all_told(*history)) if one.disclosure.figures != "none"
    ]


@settings(max_examples=60)
@given(st.lists(answers.map(lambda told: said(**told)), max_size=7))
def test_no_two_figures_that_are_shown_tell_of_fewer_than_three_people(
    history: list[Voices],
) -> None:
    """Whatever came before: each pair rests on the same answers or on three that differ."""
    shown = [history[place] for place in showable(*history)]
    assert all(enough(voices) for voices in shown)
    assert all(apart(one, other) not in (1, 2) for one, other in combinations(shown, 2))


@settings(max_examples=50)
@given(st.lists(answers.map(lambda told: said(**told)), max_size=5), answers)
def test_what_comes_later_takes_nothing_back(history: list[Voices], later: dict[str, Any]) -> None:
    """What was told at a moment is told as of that moment for ever."""
    assert all_told(*history, said(**later))[: len(history)] == all_told(*history)


def test_figures_are_shown_from_five_scores_of_three_agencies_on() -> None:
    """An answer that is no score counts for neither."""
    assert enough(FIVE)
    assert not enough(said(a=1, b=2, c=3, d=4, e="dont-know"))
    assert not enough(said(a=1, b=2, c=3, d=4) | {Voice("h", "Police", 1)})


def test_one_person_who_changed_their_mind_is_not_given_away() -> None:
    """Nor two; three may be anybody."""
    later = [said(a=5, b=2, c=3, d=4, e=5), said(a=5, b=5, c=3, d=4, e=5),
             said(a=5, b=5, c=5, d=4, e=0)]  # fmt: skip
    assert [showable(FIVE, one) for one in later] == [[0], [0], [0, 1]]


def test_a_step_back_towards_figures_shown_before_is_no_way_round() -> None:
    """The third differs from the second by three people, but from the first by one."""
    second, third = said(a=5, b=5, c=5, d=4, e=0), said(a=1, b=2, c=3, d=4, e=0)
    assert showable(FIVE, second, third) == [0, 1]


def test_who_comes_or_goes_counts_as_who_changes() -> None:
    """A newcomer's score, and a withdrawal, are one person's answer."""
    assert showable(FIVE, FIVE | said(g=3)) == [0]
    assert showable(FIVE | said(g=3), FIVE) == [0]


def test_three_newcomers_who_all_say_the_same_are_given_away_by_nothing() -> None:
    """The difference would be their score, three times; unlike ones could be anybody's."""
    more = {Voice(who, "Council", score) for who, score in (("h", 3), ("i", 3), ("j", 3))}
    unlike = {Voice(who, "Council", score) for who, score in (("h", 0), ("i", 3), ("j", 5))}
    assert showable(FIVE, FIVE | more) == [0]
    assert showable(FIVE, FIVE | unlike) == [0, 1]


def test_nothing_is_told_after_a_close_of_newcomers_who_were_too_alike() -> None:
    """That nothing was told of them is known, and would tell what they said beside what follows."""
    alike = FIVE | {Voice(who, "Council", 3) for who in "hij"}
    assert [one.ends for one in all_told(FIVE, alike, alike)] == [False, True, True]


@pytest.mark.parametrize(
    ("said_by", "figures"),
    [
        ({"a": 3, "b": 3, "c": 3, "d": 3, "e": 3}, "mode"),
        ({"a": 3, "b": 3, "c": 3, "d": 3, "e": 0}, "mode"),
        ({"a": 3, "b": 3, "c": 3, "d": 4, "e": 0}, "mode"),
        ({"a": 3, "b": 3, "c": 3, "d": 4, "e": 4}, "counts"),
        ({"a": 3, "b": 3, "c": 3, "d": 1, "e": 0}, "counts"),
        ({"a": 3, "b": 3, "c": 4, "d": 4, "e": 5}, "counts"),
    ],
)
def test_a_panel_that_is_nearly_of_one_mind_is_not_counted(
    said_by: dict[str, int], figures: str
) -> None:
    """Or whoever stood alone would know what all others said; some of two unlike stand beside it."""
    assert all_told(said(**said_by))[0].disclosure.figures == figures


def test_where_people_weigh_apart_there_are_no_counts() -> None:
    """Counts beside a middle that weighs otherwise are two equations; alike they are one."""
    by_agency = Rule(name="by-agency", weights="agencies")
    apart_, alike = said(a=2, b=3, c=2, d=3, e=3), said(a=2, b=3, c=2, d=3, e=4, f=3)
    figures = [
        told([Measured(voices, "agreed", 3.0)], YARD, by_agency)[0].disclosure.figures
        for voices in (apart_, alike)
    ]
    assert figures == ["middle", "counts"]


def test_a_person_is_who_they_were_named(area: Area) -> None:
    """A stakeholder signs in to nothing."""
    name_coordinator(area.log, area.stamp(), area.id, "Jane Smith")
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
