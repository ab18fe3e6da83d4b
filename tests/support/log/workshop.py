"""A workshop told in short sentences, and three people who vote in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ehsg_events.commands import rounds
from ehsg_events.commands import workshop as facilitating
from ehsg_events.events import VoteShown
from ehsg_events.values.policy import Rule, Terms
from ehsg_events.workshop.attendance import in_the_room
from ehsg_events.workshop.votes import vote_on
from support.area import CLOSES, Area, person

ROOM = ("police-1", "health-1", "school-1")
EAST = tuple(
    replace(person(f"east-{n}", "Eastvale Council", ("5.1",)), peer_of="Eastvale")
    for n in (1, 2, 3)
)
ONE_ROUND = Terms(rule=Rule(rounds=1, quorum_invited=0.5))


def workshop(area: Area, *items: str, present: Sequence[str] = ROOM) -> None:
    """A workshop opens, and people come into the room."""
    facilitating.open_workshop(area.log, area.stamp(), area.id, items)
    come(area, *present)


def come(area: Area, *present: str) -> None:
    """Who is in the room now."""
    facilitating.attend(area.log, area.stamp(), area.id, present)


def put(area: Area, item: str) -> None:
    """The facilitator puts an item to the vote."""
    facilitating.put_to_the_vote(area.log, area.stamp(), area.id, item)


def vote(area: Area, item: str, *values: str) -> None:
    """Those in the room vote, in their order."""
    for name, value in zip(ROOM, values, strict=False):
        area.answer(name, item, value)


def show(area: Area, item: str, *, without_the_rest: bool = False) -> VoteShown:
    """The facilitator shows the votes; how they were shown."""
    stamp = area.stamp()
    facilitating.show_votes(area.log, stamp, area.id, item, without_the_rest=without_the_rest)
    newest = area.now.newest
    assert newest is not None
    return newest.room.over[item]


def close(area: Area) -> None:
    """The newest round is closed and measured."""
    rounds.close_round(area.log, area.stamp(), area.id)


def far(area: Area) -> tuple[int, int]:
    """How many votes stand on what is put to the vote, and how many in the room have none."""
    now = area.now
    assert now.newest is not None
    assert now.newest.room.open_vote is not None
    found = vote_on(now, now.newest, now.newest.room.open_vote)
    assert set(found.missing) <= set(in_the_room(now, now.newest))
    return len(found.voted), len(found.missing)


def ask_peers(area: Area, at: datetime = CLOSES) -> None:
    """The peers are asked, once the panel's own round is over."""
    facilitating.open_peer_review(area.log, area.stamp(at), area.id)
