"""What one person was told by the coordinators or in their name, and what became of each message.

What somebody is told in reply to what they do in an interview is not among it: that would tell how much
they have said, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from ehsg_events.events import Matter, Means
from projections.facts.view import View
from projections.folded.trail import IN_REPLY

Fate = Literal[
    "leaving", "delivered", "waiting", "failed", "withheld", "uncertain", "bounced", "by hand"
]
FATES: dict[str, Fate] = {
    "MessageClaimed": "leaving",
    "MessageDelivered": "delivered",
    "MessageDelayed": "waiting",
    "MessageFailed": "failed",
    "MessageWithheld": "withheld",
    "MessageUncertain": "uncertain",
    "MessageBounced": "bounced",
}
NAMED = re.compile(r"round (\d+)/[^/]+/(?:as of version \d+/)?([a-z ]+[a-z])", re.ASCII)


class _Fact(NamedTuple):
    position: int
    said_at: datetime
    what: str
    round: int | None
    to: str | None
    message: str | None
    reason: str | None
    status: str | None
    spoken_to: str | None
    of: Matter | None
    means: Means | None


class ToldTo(NamedTuple):
    """One thing that somebody was told: when first, of what by the message's name, and what came of it.

    `reason` is why it did not reach them, `of` and `means` what a coordinator said and how.
    """

    round: int
    at: datetime
    what: str
    fate: Fate
    reason: str | None = None
    of: Matter | None = None
    means: Means | None = None


def told_to(view: View, person: str) -> list[ToldTo]:
    """Everything of that kind, the newest first."""
    return sorted((*_messages(view, person), *_by_hand(view, person)), key=lambda one: one.at)[::-1]


def _messages(view: View, person: str) -> Iterator[ToldTo]:
    first: dict[str, _Fact] = {}
    last: dict[str, _Fact] = {}
    for fact in view.facts(_Fact, tuple(FATES)):
        if fact.to == person and fact.message and not IN_REPLY.match(fact.message):
            first.setdefault(fact.message, fact)
            last[fact.message] = fact
    for name, fact in last.items():
        named = NAMED.match(name)
        if named:
            number, what = named.groups()
            fate = FATES[fact.what]
            at = fact.said_at if fate == "delivered" else first[name].said_at
            yield ToldTo(int(number), at, what, fate, fact.reason or fact.status)


def _by_hand(view: View, person: str) -> Iterator[ToldTo]:
    for fact in view.facts(_Fact, ("ToldByHand",)):
        if fact.spoken_to == person:
            yield ToldTo(fact.round or 0, fact.said_at, "", "by hand", of=fact.of, means=fact.means)
