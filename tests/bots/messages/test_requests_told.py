"""Whoever asked that a colleague answers is told what became of it, also after the close."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.area import CLOSES, PANEL, Area
from support.log.handing import agrees, asks_to_hand_on, declines

from bots.delivery.compose import say
from bots.delivery.withheld import Withheld
from bots.interview.record import talk_of
from bots.messages.queue import Promises
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log

AFTER = CLOSES + timedelta(hours=1)


def told(area: Area, who: str, kind: str) -> str:
    """What a person's message of a kind says now, if it is owed and would be said."""
    promises = Promises(area.log.folder)
    promises.take(area.log.all())
    (promise,) = [
        promise
        for queue in promises.waiting.values()
        for promise in queue.values()
        if promise.kind == kind and promise.to == who
    ]
    _, talk = talk_of(area.log, area.id, who, AFTER, 1)
    said = say(promise, talk, promises)
    assert not isinstance(said, Withheld), said
    return said.text


@pytest.fixture
def asked(log: Log) -> Area:
    """An open round whose people are in Slack."""
    area = Area(log)
    area.open(tuple(replace(m, slack=f"T1AB/U{n}CD") for n, m in enumerate(PANEL)))
    area.open_round()
    return area


@pytest.fixture
def split(asked: Area) -> Area:
    """Two camps, and police-1 asks; the round is closed."""
    asked.answers("5.1", health_1="0", school_1="5", school_2="5")
    asks_to_hand_on(asked, "police-1")
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    return asked


def test_an_agreement_after_the_close_is_told(split: Area) -> None:
    """That it holds in the next round."""
    agrees(split, "police-1")
    assert "in the next round your colleague is asked" in told(split, "police-1", "agreed-on")


def test_a_request_declined_after_the_close_is_told_with_the_reason(split: Area) -> None:
    """As it would have been before."""
    declines(split, "police-1", "Only you know the cases")
    assert "Only you know the cases" in told(split, "police-1", "declined")


def test_the_end_of_a_request_is_told(asked: Area) -> None:
    """Nobody waits for an answer that never comes."""
    for item in ("5.1", "5.2"):
        asked.answers(item, health_1="3", school_1="3", school_2="3")
    asks_to_hand_on(asked, "police-1")
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    assert "your colleague was not asked" in told(asked, "police-1", "lapsed")
