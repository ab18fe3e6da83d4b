"""Why somebody was reminded, and why not: each reminder in a sentence, with its rule. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bots.messages.reminded import Nudge, Reminded
from bots.phrases.labels import times
from ehsg_events.dates import calendar
from ehsg_events.dates.worktime import Worktime, say_worktime, sooner
from ehsg_events.reminders.reminders import SPARED, TOLD_LATER
from ehsg_events.values.hours import say_before
from ehsg_events.values.policy import Policy

NEVER = "No reminder has been due to you in this round."
NOT_SENT = {
    "withdrawn": "you had withdrawn",
    "released": "your coordinator asks you nothing more",
    "handed-on": "a colleague answers what was left",
    "overtaken": "another message says it all",
    "cannot-matter": "no verdict and no middle score could change, whatever you said",
    TOLD_LATER: SPARED[TOLD_LATER],
    "too-late": "the round closed before an hour in which you work",
    "the round is paused": "the round was paused",
    "the round is closed": "the round was closed",
    "reached by another surface": "you are no longer reached in Slack",
}
OTHERS = {"manager": "Your manager", "substitute": "The person who stands in for you"}


def reminded(found: Reminded) -> str:
    """One's own reminders, sent and not sent, each with its rule; and the rules they go by."""
    said = [sentence for one in found.nudges if (sentence := nudge(one, found))]
    return "\n".join((*(said or [NEVER]), rules(found.policy, found.theirs)))


def rules(policy: Policy, theirs: Worktime) -> str:
    """When a person is reminded at all."""
    if not policy.reminders:
        return "Nobody is reminded by the clock in this round, only by the coordinator."
    spans = _and([say_before(before) for before in sooner(policy.reminders)])
    spared = (
        ", and to nobody whose answers could change no verdict and no middle score"
        if policy.only_who_matters
        else ""
    )
    return (
        f"Reminders go {spans} before the deadline, only to those who have not finished, in the "
        f"hours they work (yours: {say_worktime(theirs)}), to each person at most "
        f"{times(policy.reminder_cap)}{spared}."
    )


def nudge(one: Nudge, found: Reminded) -> str:
    """One reminder, or word of it to somebody else, in a sentence; none where there is no story."""
    if one.told:
        return _told(one, found)
    day = _day(one.at, found)
    match one.fate:
        case "sent":
            at = _time(one.at, found)
            return f"You were reminded on {day} at {at}: you had not finished, {_due(one)}."
        case "not-sent":
            return f"You were not reminded on {day}: {_why_not(one, found)}."
        case "failed":
            return f"You were not reminded on {day}: Slack could not deliver the message."
        case "no-message":
            return (
                f"A reminder was due on {day}: no message reaches you here, so it was for your "
                f"coordinator."
            )
    return f"A reminder was due on {day}, and is not sent yet: it waits for the hours you work."


def _told(one: Nudge, found: Reminded) -> str:
    if one.told == "coordinator":
        who = "Your coordinator"
    elif one.fate == "sent":
        who = OTHERS[one.told]
    else:
        return ""
    return (
        f"{who} was told on {_day(one.at, found)} that you had not finished, never what you said."
    )


def _due(one: Nudge) -> str:
    """What made it due."""
    what, _, before = one.milestone.partition("-")
    if what != "remind":
        return "and your coordinator asked for it"
    span = say_before(int(before)) if before.isdigit() else before.replace("-", " ")
    return f"{span} before the deadline"


def _why_not(one: Nudge, found: Reminded) -> str:
    if one.rule == "finished":
        return _finished(one.finished, found)
    if one.rule == "capped":
        return f"nobody is reminded more than {times(found.policy.reminder_cap)}"
    return NOT_SENT.get(one.rule, one.rule)


def _finished(at: datetime | None, found: Reminded) -> str:
    """When somebody had finished; who answered elsewhere, or handed all on, has no time for it."""
    if at is None:
        return "you had finished"
    return f"you had finished at {_time(at, found)} on {_day(at, found)}"


def _day(at: datetime, found: Reminded) -> str:
    return calendar.say_day(calendar.local_day(at, found.theirs.zone))


def _time(at: datetime, found: Reminded) -> str:
    return calendar.say_time(at.astimezone(ZoneInfo(found.theirs.zone)).time())


def _and(parts: Sequence[str]) -> str:
    """Parts of a list, the last after an and."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
