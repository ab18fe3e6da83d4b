"""People whom no message reaches, though they have an address. Pure."""

from __future__ import annotations

from collections.abc import Iterable
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
    knows, can whoever has another address since.

    Args:
        facts: those about the assessment, in order.
    """
    since: dict[str, datetime] = {}
    for recorded in facts:
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


def _a_working_day_after(at: datetime, zone: str) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    return calendar.moment(calendar.working_days(local.date(), 1), local.time(), zone)
