"""Which reminders of a round were given: delivered, or given by the coordinator's own hand. Pure.

Only these count towards the policy's cap, and as a reason to remind nobody twice a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from ehsg_events.events import (
    MessageBounced,
    MessageClaimed,
    MessageDelayed,
    MessageDelivered,
    MessageFailed,
    MessageUncertain,
    MessageWithheld,
    StakeholderReminded,
    ToldByHand,
)
from ehsg_events.kernel import Recorded
from ehsg_events.rounds.milestones import ASKED

KINDS = (
    StakeholderReminded, ToldByHand,
    MessageClaimed, MessageDelayed, MessageDelivered, MessageFailed, MessageWithheld,
    MessageUncertain, MessageBounced,
)  # fmt: skip
TOPICS = tuple(kind.TOPIC for kind in KINDS)
SAYS_IT_TOO = ("invitation", "new-round", "workshop", "reopening", "extension")
A_REMINDER = "/reminder "  # in the name of a reminder's message on the log
ASKED_FOR = f"{A_REMINDER}{ASKED}"  # of one at a time that its person asked for


class Given(NamedTuple):
    """When each person was reminded in a round, and whose reminder is decided and not given yet.

    A message that is being sent counts: it may stand on their screen already. One that was withheld
    or failed is neither. One that its person asked for, `wished`, counts towards no cap.
    """

    at: Mapping[str, tuple[datetime, ...]] = {}
    pending: Mapping[str, datetime] = {}
    wished: Mapping[str, tuple[datetime, ...]] = {}

    def times(self, person: str) -> int:
        """How often a person was reminded."""
        return len(self.at.get(person, ()))

    def last(self, person: str) -> datetime | None:
        """When a person was last reminded."""
        every = (*self.at.get(person, ()), *self.wished.get(person, ()))
        return max(every, default=None)


NONE = Given()


def reminders_given(  # noqa: C901 - one case for each kind of fact
    facts: Iterable[Recorded], number: int
) -> Given:
    """The reminders of a round by number.

    Args:
        facts: those of `TOPICS`, in the log's order.
    """
    sent: dict[tuple[str, str], datetime] = {}  # by person and by message, or by hand
    pending: dict[str, datetime] = {}
    of_round = f"round {number}/"
    for recorded in facts:
        fact, at, name = recorded.fact, recorded.stamp.at, recorded.stream.message or ""
        is_reminder = name.startswith(of_round) and A_REMINDER in name
        match fact:
            case StakeholderReminded(reminded=person) if recorded.stream.round == number:
                if not fact.milestone.startswith(ASKED):
                    pending.setdefault(person, at)
            case ToldByHand(spoken_to=person, of="reminder") if recorded.stream.round == number:
                sent[person, recorded.stamp.key] = at
                pending.pop(person, None)
            case ToldByHand(spoken_to=person, of=of) if of in SAYS_IT_TOO:
                pending.pop(person, None)
            case MessageClaimed(to=person) | MessageDelivered(to=person) if is_reminder:
                sent[person, name] = at
                if isinstance(fact, MessageDelivered):
                    pending.pop(person, None)
            case MessageDelayed(to=person) if is_reminder:
                sent.pop((person, name), None)
            case MessageUncertain(to=person) if is_reminder:  # it may well have reached them
                pending.pop(person, None)
            case (
                MessageFailed(to=person) | MessageWithheld(to=person) | MessageBounced(to=person)
            ) if is_reminder:
                sent.pop((person, name), None)
                pending.pop(person, None)
    given: dict[str, tuple[datetime, ...]] = {}
    wished: dict[str, tuple[datetime, ...]] = {}
    for (person, name), at in sent.items():
        whose = wished if ASKED_FOR in name else given
        whose[person] = (*whose.get(person, ()), at)
    return Given(given, pending, wished)
