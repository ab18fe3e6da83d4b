"""A peer review: people of a second area, asked apart, whose answers settle nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from support.area import CLOSES, FEEDBACK, PANEL, Area
from support.log.workshop import EAST, ask_peers, come, workshop

from ehsg_events.commands import panel, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming
from ehsg_events.states import situation
from ehsg_events.states.situation import to_moderate
from ehsg_events.values.policy import Policy, Rule, Terms

TERMS = Terms(
    rule=Rule(quorum_invited=0.5, rounds=1),
    policy=Policy(moderation_working_days=20, sign_off_working_days=5),
)


@pytest.fixture
def apart(log: Log) -> Area:
    """An area with three peers on its panel, whose own round ended without agreement."""
    area = Area(log)
    area.open((*PANEL, *EAST), terms=TERMS)
    area.open_round()
    area.everyone("5.1", "0", "0", "5", "5")
    area.advance(CLOSES)
    return area


def reviewed(area: Area, *values: str, at: datetime = FEEDBACK) -> Area:
    """The peers were asked, have answered, and their round was closed."""
    ask_peers(area, at)
    for peer, value in zip(EAST, values, strict=False):
        area.answer(peer.id, "5.1", value, at)
    rounds.close_round(area.log, area.stamp(at), area.id)
    return area


def test_peers_are_not_asked_with_the_panel_nor_the_panel_with_them(apart: Area) -> None:
    """Each is asked in rounds of their own."""
    ask_peers(apart)
    own, theirs = apart.now.rounds
    assert set(own.invited) == {member.id for member in PANEL}
    assert dict(theirs.invited) == {peer.id: ("5.1",) for peer in EAST}


def test_peers_move_no_figure_and_settle_nothing(apart: Area) -> None:
    """What stood before they were asked stands after it."""
    before = situation.standing(apart.now, 1), situation.asked_by(apart.now, 1)
    now = reviewed(apart, "2", "2", "2").now
    assert (situation.standing(now, 2), situation.asked_by(now, 2)) == before
    assert (apart.measured.measures, apart.measured.settled) == ((), ())
    assert to_moderate(now) == ("5.1", "5.2")


def test_what_waited_before_a_peer_review_still_waits_after_it(apart: Area) -> None:
    """By the same day: asking peers wins the coordinator no time."""
    before = coming(apart.now.assessment, apart.now.newest)[1]
    now = reviewed(apart, "2").now
    assert [one.kind for one in before] == ["moderation", "sign-off"]
    assert coming(now.assessment, now.newest) == (2, before)


def test_what_was_reminded_of_before_a_peer_review_is_not_again(apart: Area) -> None:
    """Once is enough."""
    due = coming(apart.now.assessment, apart.now.newest)[1][0].due
    monday = due + timedelta(days=2, hours=18)
    apart.advance(monday)
    now = reviewed(apart, "2", at=monday).now
    assert [one.kind for one in coming(now.assessment, now.newest)[1]] == ["sign-off"]


def test_peers_see_nothing_of_the_panel_before_they_answer(apart: Area) -> None:
    """No figures, no reasons, and the stamp says so."""
    ask_peers(apart)
    _, sitting, _ = sit_down(apart.log, apart.id, "east-1", apart.stamp(CLOSES).at)
    assert (dict(sitting.figures), dict(sitting.previous), dict(sitting.reasons)) == ({}, {}, {})


def test_peers_come_after_the_panels_own_rounds(log: Log) -> None:
    """Neither before the first, nor while one is asked again."""
    area = Area(log)
    area.open((*PANEL, *EAST))
    with pytest.raises(Refused, match="own first round comes first"):
        ask_peers(area)
    area.open_round()
    area.everyone("5.1", "0", "0", "5", "5")
    with pytest.raises(Refused, match="Round 1 is open until"):
        ask_peers(area)
    area.advance(CLOSES)
    with pytest.raises(Refused, match="own feedback round comes first"):
        ask_peers(area)


def test_without_peers_there_is_no_peer_review(asked: Area) -> None:
    """The way out is to add somebody."""
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    with pytest.raises(Refused, match="No peer is on the panel"):
        ask_peers(asked)


def test_after_a_peer_review_the_panel_is_not_asked_again(apart: Area) -> None:
    """Its own rounds are over; what is left is moderated, or voted on."""
    reviewed(apart, "2", "2", "2")
    with pytest.raises(Refused, match="own rounds are over"):
        apart.open_round(FEEDBACK, None)


def test_peers_do_not_vote_with_the_panel(apart: Area) -> None:
    """They have a round of their own; after it the panel may still hold a workshop."""
    reviewed(apart, "2", "2", "2")
    workshop(apart, "5.1")
    with pytest.raises(Refused, match="east-1 is a peer from Eastvale, and peers do not vote"):
        come(apart, "east-1")


def test_who_joins_is_asked_at_once_only_among_their_own(apart: Area) -> None:
    """A peer in a peer review, the panel's own not."""
    ask_peers(apart)
    peer = replace(EAST[0], id="east-4", name="Zed Zill")
    assert panel.join(apart.log, apart.stamp(CLOSES), apart.id, peer)
    own = replace(PANEL[0], id="police-2", name="Zed Zill")
    assert not panel.join(apart.log, apart.stamp(CLOSES), apart.id, own)
