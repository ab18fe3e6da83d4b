"""What a log promises to people in Slack, and what their messages say: nothing is delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bots.delivery.compose import say
from bots.delivery.withheld import Withheld
from bots.interview import record
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from ehsg_events.panel.member import Member
from support.area import OPENS, PANEL, Area

IN_SLACK: tuple[Member, ...] = tuple(
    replace(member, slack=f"T1AB/U{number}CD") for number, member in enumerate(PANEL)
)


def answers(area: Area, item: str, *people: str, at: datetime = OPENS) -> None:
    """People answer an item as they do in a talk, which has begun then."""
    for person in people:
        stamp = area.stamp(at, by=person, role="stakeholder")
        record.answer(area.log, stamp, area.id, person, item, "3", None)


def folded(area: Area) -> Promises:
    """The messages that are still to be sent."""
    promises = Promises(area.log.folder)
    promises.take(area.log.all())
    return promises


def waiting(promises: Promises, who: str, kind: str | None = None) -> list[Promise]:
    """The messages that wait for a person, of a kind if one is named."""
    queues = (queue for (_, to), queue in promises.waiting.items() if to == who)
    return [p for queue in queues for p in queue.values() if kind in (None, p.kind)]


def says(area: Area, who: str, kind: str, at: datetime) -> Prompt | Withheld:
    """What the newest message of a kind to a person says at a time."""
    promises = folded(area)
    promise = waiting(promises, who, kind)[-1]
    _, talk = record.talk_of(area.log, area.id, who, at, promise.round)
    return say(promise, talk, promises)


def labels(said: Prompt | Withheld) -> list[str]:
    """The buttons of what is said."""
    assert isinstance(said, Prompt), said
    return [choice.label for choice in said.choices]
