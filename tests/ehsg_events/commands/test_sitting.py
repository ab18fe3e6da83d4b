"""What a round puts in front of one person, and what it keeps from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.area import CLOSES, ITEMS, PANEL, Area

from ehsg_events.commands.sitting import sit_down
from ehsg_events.kernel import Refused, Way
from ehsg_events.log.log import Log


def seat(area: Area, name: str, number: int | None = None) -> object:
    """One person in front of a round."""
    return sit_down(area.log, area.id, name, area.stamp().at, number)


def test_only_the_invited_sit_down(area: Area) -> None:
    """Each refusal says why."""
    with pytest.raises(Refused, match="No round was opened yet") as refusal:
        seat(area, "police-1")
    assert refusal.value.ways == (Way("round open", "open the first"),)
    area.open_round()
    with pytest.raises(Refused, match="Nobody on the panel is called jo-1"):
        seat(area, "jo-1")
    with pytest.raises(Refused, match="police-1 is not asked in round 2"):
        seat(area, "police-1", 2)


def test_the_deadline_is_the_end_though_no_clock_has_closed_the_round(asked: Area) -> None:
    """A second before it is taken, at it no more."""
    asked.answer("police-1", "5.1", "3", CLOSES.replace(hour=15, minute=59, second=59))
    with pytest.raises(Refused, match="This round is closed"):
        asked.answer("police-1", "5.2", "3", CLOSES)


@pytest.mark.parametrize(("voices", "shown"), [(4, False), (5, True)])
def test_figures_are_shown_only_of_enough_people(log: Log, voices: int, shown: bool) -> None:
    """From five people of three agencies; before that one could guess who said what."""
    area = Area(log)
    panel = (*PANEL, replace(PANEL[0], id="police-2"))
    area.open(panel)
    area.open_round()
    for member, value in zip(panel[:voices], "00552", strict=False):
        area.answer(member.id, "5.1", value)
    area.advance(CLOSES)
    area.advance(CLOSES.replace(day=26, hour=9))
    number, sitting, _ = sit_down(log, area.id, "police-1", area.stamp().at)
    assert number == 2
    assert sitting.previous["5.1"].score == 0
    assert ("5.1" in sitting.figures) == shown
    if shown:
        assert sitting.figures["5.1"].counts == (2, 0, 1, 0, 0, 2)
        assert sitting.exposure("5.1").figures_round == 1


def test_nobody_sees_figures_in_the_first_round(asked: Area) -> None:
    """Others' answers stay hidden until the round is closed."""
    for member in PANEL:
        asked.answer(member.id, "5.1", "3")
    _, sitting, _ = sit_down(asked.log, asked.id, "police-1", asked.stamp().at)
    assert (sitting.figures, sitting.previous, sitting.items) == ({}, {}, ITEMS)


def test_the_newest_round_is_found_by_counting_up(asked: Area) -> None:
    """Rounds are numbered from 1 without holes."""
    assert asked.log.newest_round(asked.id).number == 1
