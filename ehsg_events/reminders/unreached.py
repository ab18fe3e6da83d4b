"""People whom no message reaches, though they have an address. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import (
    MessageBounced,
    MessageDelayed,
    MessageDelivered,
    MessageFailed,
    StakeholderCorrected,
)
from ehsg_events.kernel import Recorded

# A log without any of these has nobody whom nothing reaches.
IN_VAIN = (MessageFailed.TOPIC, MessageDelayed.TOPIC, MessageBounced.TOPIC)


def unreachable(facts: Iterable[Recorded], number: int, zone: str, now: datetime) -> frozenset[str]:
    """The people whom nothing reaches: a message of a round failed, or waits for a working day.

    Whoever got a message since, or did something in Slack, can be reached; so, as far as anybody
    knows, can whoever has another address since, whatever comes back from the old one later.

    Args:
        facts: those about the assessment, in order.
    """
    since: dict[str, datetime] = {}
    for recorded in _of_addresses_now(facts):
        of_round = (recorded.stream.message or "").startswith(f"round {number}/")
        match recorded.fact:
            case MessageFailed(to=person) | MessageBounced(to=person) if of_round:
                since[person] = datetime.min.replace(tzinfo=UTC)
            case MessageDelayed(to=person) if of_round:
                since.setdefault(person, _a_working_day_after(recorded.stamp.at, zone))
            case MessageDelivered(to=person):
                since.pop(person, None)
            case StakeholderCorrected(corrected=person, reached_by="slack" | "mail"):
                since.pop(person, None)  # it was the address that was wrong
            case _ if recorded.stamp.surface == "slack":
                since.pop(recorded.stamp.by, None)
    return frozenset(person for person, at in since.items() if at <= now)


def _of_addresses_now(facts: Iterable[Recorded]) -> Iterator[Recorded]:
    """Facts, but for letters that came back from an address after it was corrected.

    Where one came back, the next will: that a mail server took it says nothing.
    """
    sent: dict[str, set[str | None]] = {}  # by person, the messages to the address they have now
    came_back: set[str] = set()
    for recorded in facts:
        match recorded.fact:
            case MessageDelivered(to=person):
                sent.setdefault(person, set()).add(recorded.stream.message)
                if person in came_back:
                    continue
            case StakeholderCorrected(corrected=person, reached_by="slack" | "mail"):
                sent.pop(person, None)
                came_back.discard(person)
            case MessageBounced(to=person):
                if recorded.stream.message not in sent.get(person, ()):
                    continue
                came_back.add(person)
        yield recorded


def _a_working_day_after(at: datetime, zone: str) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    return calendar.moment(calendar.working_days(local.date(), 1), local.time(), zone)
