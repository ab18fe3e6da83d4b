"""Withdrawing on the web after the close: until the sign-off it is offered, then refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from support.area import CLOSES, ITEMS, OPENS, Area
from support.loopback import Clock
from support.visitor import Visitor
from support.web.web import Site, web

from bots import phrases
from bots.phrases.labels import AFTER_THE_CLOSE
from ehsg_events.commands import outcomes
from ehsg_events.interview.refusals import SIGNED_OFF
from ehsg_events.log.log import Log
from projections.collecting.coordinator_tasks import waiting

AFTER = CLOSES + timedelta(hours=1)
SURE = "Yes, withdraw"


@pytest.fixture
def area(log: Log) -> Area:
    """A closed round that agreed on both items: on 5.1 only three gave a score."""
    area = Area(log)
    area.open()
    area.open_round()
    area.everyone("5.1", "3", "3", "3", "dont-know")
    area.everyone("5.2", "2", "2", "2", "2")
    return area


@pytest.fixture
def ana(area: Area) -> Iterator[Visitor]:
    """Somebody with a link, who looks again once the round is closed."""
    clock = Clock(OPENS + timedelta(hours=1))
    place = Site(area.log, clock, area.id)
    with web(area.log, clock) as place.address:
        ana = place.visitor("police-1")
        clock.on(days=(AFTER - clock()).days + 1)
        area.advance(clock())
        ana.open()
        yield ana
        ana.close()


def signed(area: Area) -> None:
    """The assessment is signed off."""
    outcomes.sign_off(area.log, area.stamp(AFTER), area.id, "SRO", "Jo")


def test_who_withdraws_after_the_close_takes_their_score_with_them(
    area: Area, ana: Visitor
) -> None:
    """In two steps that say so; what rested on it is set aside and waits for the coordinator."""
    assert [area.now.outcomes[item].score for item in ITEMS] == [3, 2]
    assert ana.page.title.startswith("The round is over")
    assert AFTER_THE_CLOSE in ana.page.text
    assert ana.press("Withdraw").title.startswith("Do you want to withdraw?")
    assert AFTER_THE_CLOSE in ana.page.text
    assert not area.interview("police-1").withdrawn
    assert ana.press(SURE).title.startswith("You have withdrawn")
    assert [area.now.outcomes[item].score for item in ITEMS] == [None, 2]
    says = [task.says for task in waiting(area.log, area.id, AFTER) if task.kind == "moderation"]
    assert "somebody withdrew" in "".join(says)


def test_every_way_round_the_close_leads_somewhere(area: Area, ana: Visitor) -> None:
    """Back and No lead to the receipt, and no way leads to what is over."""
    before = area.kinds("police-1")
    ana.press("Withdraw")
    for way in ("Back", phrases.KEEP_ANSWERS):
        assert ana.press(way).title.startswith("The round is over")
        ana.press("Withdraw")
    ways = {"Help", "My answers", "I am not the right person"}
    for step in ("withdraw", "why", "who-sees"):
        ana.open(step)
        assert ana.step == step
        assert not {*ana.page.links} & ways
    assert area.kinds("police-1") == before


def test_once_it_is_signed_off_no_way_is_offered_and_a_kept_form_is_refused_in_words(
    area: Area, ana: Visitor
) -> None:
    """The same words as in a chat: the figures stand, and whom to ask."""
    ana.press("Withdraw")
    form = next(one for one in ana.page.forms if SURE in [b.label for b in one.buttons])
    signed(area)
    ana.send(form, form.button(SURE))
    assert SIGNED_OFF in ana.page.text
    assert not area.interview("police-1").withdrawn
    ana.open()
    assert AFTER_THE_CLOSE not in ana.page.text
    assert "Withdraw" not in ana.page.links
    assert ana.page.forms == []
    ana.open("withdraw")
    assert ana.step == "became"
