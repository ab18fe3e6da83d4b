"""People who join, leave, come back, or stand in while a round is open; what they said stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.area import OPENS, Area, person

from ehsg_events.commands import hand_over, panel
from ehsg_events.events import StakeholderInvited
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.hours import read_hours

HOURS = read_hours("Tue-Thu 09:00-15:00")
NEW = replace(person("fire-1", "Fire"), name="Ann Other", zone="Europe/Paris", hours=HOURS)


def joins(area: Area, who: Member = NEW) -> bool:
    """The coordinator adds somebody; whether they were invited at once."""
    return panel.join(area.log, area.stamp(), area.id, who)


def released(area: Area, who: str) -> None:
    """The coordinator releases somebody."""
    panel.release(area.log, area.stamp(), area.id, who, "They moved away.")


def test_who_joins_an_open_round_is_invited_with_their_own_hours(asked: Area) -> None:
    """To what the round asks of their items."""
    assert joins(asked)
    assert asked.facts[-1].fact == StakeholderInvited(
        invited="fire-1", items=("5.1", "5.2"), zone="Europe/Paris", hours=HOURS
    )


def test_who_joins_before_a_round_is_asked_by_it(area: Area) -> None:
    """Nobody is invited to what is not open."""
    assert not joins(area)
    area.open_round()
    assert "fire-1" in area.now.rounds[0].invited


def test_who_joins_as_somebody_else_is_refused(asked: Area) -> None:
    """A pseudonym is one person's for ever, a released one's too."""
    joins(asked)
    with pytest.raises(Refused, match="That is fire-1, who is on the panel already"):
        joins(asked)
    released(asked, "fire-1")
    with pytest.raises(Refused, match="Add them again by the same id and name"):
        joins(asked, replace(NEW, name="Somebody Else"))


def test_the_backups_name_is_in_no_pseudonym_either(asked: Area) -> None:
    """Ids stand on the log for ever."""
    with pytest.raises(Refused, match="kay-1 holds a part of the name"):
        joins(asked, replace(NEW, id="kay-1", backup=StandsBy("manager", "Jo Kay")))


def test_who_comes_back_finds_what_they_said(asked: Area) -> None:
    """Added again by their own id and name."""
    joins(asked)
    asked.answer("fire-1", "5.1", "3")
    released(asked, "fire-1")
    assert asked.now.assessment.released == {"fire-1"}
    assert joins(asked)
    assert asked.now.assessment.released == frozenset()
    assert asked.interview("fire-1").answers["5.1"].score == 3


def test_a_stand_in_from_the_panel_keeps_their_own_hours(area: Area) -> None:
    """Though this round had not asked them."""
    area.open_round()
    joins(area, replace(NEW, id="fire-2", name="Jo Kay", items=()))
    hand_over.hand_over(area.log, area.stamp(OPENS), area.id, "police-1", "fire-2")
    assert area.now.rounds[0].worktime("fire-2").hours == HOURS
