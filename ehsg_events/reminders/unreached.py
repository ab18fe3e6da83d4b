"""People whom no message reaches; the coordinator tells them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import MessageDelayed, MessageDelivered, MessageFailed
from ehsg_events.kernel import Recorded
from ehsg_events.reminders.reminders import unfinished
from ehsg_events.states.situation import Situation, over


def unreachable(facts: Iterable[Recorded], number: int, zone: str, now: datetime) -> frozenset[str]:
    """The people whom Slack cannot reach: a message of a round failed, or waits for a working day.

    Whoever got a message since, or did something in Slack, can be reached.

    Args:
        facts: those about the assessment, in order.
    """
    since: dict[str, datetime] = {}
    for recorded in facts:
        of_round = (recorded.stream.message or "").startswith(f"round {number}/")
        match recorded.fact:
            case MessageFailed(to=person) if of_round:
                since[person] = datetime.min.replace(tzinfo=UTC)
            case MessageDelayed(to=person) if of_round:
                since.setdefault(person, _a_working_day_after(recorded.stamp.at, zone))
            case MessageDelivered(to=person):
                since.pop(person, None)
            case _ if recorded.stamp.surface == "slack":
                since.pop(recorded.stamp.by, None)
    return frozenset(person for person, at in since.items() if at <= now)


def _a_working_day_after(at: datetime, zone: str) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    return calendar.moment(calendar.working_days(local.date(), 1), local.time(), zone)


def of_the_deadline(situation: Situation) -> list[str]:
    """A note on people who are still asked in the newest round and not in Slack, if any."""
    assert situation.newest is not None, "a deadline is a round's"
    asked = unfinished(situation.newest, over(situation))
    people = [person for person in asked if situation.newest.invited[person]]
    return _note(situation, people, "tell them of the deadline")


def of_a_reminder(situation: Situation, reminded: Sequence[str]) -> list[str]:
    """A note on people who were to be reminded and are not in Slack, if any."""
    return _note(situation, reminded, "remind them")


def of_the_end(situation: Situation) -> list[str]:
    """A note on people who answered and are not in Slack, if any."""
    interviews = situation.interviews.items()
    answered = {person for (_, person), interview in interviews if interview.answers}
    gone = {person for (_, person), interview in interviews if interview.withdrawn}
    people = [person for person in situation.assessment.panel if person in answered - gone]
    return _note(
        situation, people, "tell them that their personal link shows what became of their answers"
    )


def _note(situation: Situation, people: Sequence[str], what: str) -> list[str]:
    panel = situation.assessment.panel
    left = [person for person in people if panel[person].address is None]
    if not left:
        return []
    are = "is" if len(left) == 1 else "are"
    return [f"{', '.join(left)} {are} not in Slack, so it is for you to {what}."]
