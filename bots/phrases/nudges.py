"""Why somebody was reminded, and why not: each reminder in a sentence, with its rule. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bots.messages.reminded import Nudge, Reminded
from bots.phrases.labels import counted, minutes, times
from bots.phrases.notices import NOT_THE_RIGHT_PERSON, headed
from ehsg_events.dates import calendar
from ehsg_events.dates.worktime import Worktime, say_worktime, sooner
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.reminders.reminders import SPARED, TOLD_LATER
from ehsg_events.rounds.milestones import ASKED
from ehsg_events.values.hours import say_before
from ehsg_events.values.policy import Policy
from guides.model import Guide
from guides.terms import About

NEVER = marked("No reminder has been due to you in this round.")
NOT_SENT = {
    "withdrawn": marked("you had withdrawn"),
    "released": marked("your coordinator asks you nothing more"),
    "handed-on": marked("a colleague answers what was left"),
    "overtaken": marked("another message says it all"),
    "cannot-matter": marked("no verdict and no middle score could change, whatever you said"),
    "asked-for-later": marked("you had asked to be reminded later"),
    "refused": marked("you had asked for no reminders"),
    "stopped": marked("you had asked for no reminders"),
    TOLD_LATER: SPARED[TOLD_LATER],
    "too-late": marked("the round closed before an hour in which you work"),
    "the round is paused": marked("the round was paused"),
    "the round is closed": marked("the round was closed"),
    "reached by another surface": marked("you are no longer reached in Slack"),
}
STOPPED = marked("You asked for no reminders, so you get none but those you ask for from now on.")
AS_ASKED = marked("and you had asked for it")
OTHERS = {
    "manager": marked("Your manager"),
    "substitute": marked("The person who stands in for you"),
}


def reminded(reminders: Reminded) -> str:
    """A person's own reminders, sent and not sent, each with its rule; and by what rules they go."""
    sentences = [
        sentence for reminder in reminders.nudges if (sentence := nudge(reminder, reminders))
    ]
    told = rules(reminders.policy, reminders.theirs)
    return "\n".join((*(sentences or [_(NEVER)]), _(STOPPED) if reminders.stopped else told))


def wished(when: str, *, is_reached: bool) -> str:
    """The answer to somebody who asked to be reminded at a time.

    Args:
        is_reached: whether a message of ours reaches them.
    """
    if is_reached:
        return _("I will remind you at {when}. Until then nobody else does.", when=when)
    return _(
        "Your coordinator will be asked to remind you at {when}, since no message of ours reaches "
        "you. Until then nobody else does.",
        when=when,
    )


def rules(policy: Policy, worktime: Worktime) -> str:
    """When a person is reminded at all, by the policy."""
    if not policy.reminders:
        return _("Nobody is reminded by the clock in this round, only by the coordinator.")
    spans = _and([say_before(before) for before in sooner(policy.reminders)])
    spared = (
        _(", and to nobody whose answers could change no verdict and no middle score")
        if policy.only_who_matters
        else ""
    )
    return _(
        "Reminders go {spans} before the deadline, only to those who have not finished, in the "
        "hours they work (yours: {hours}), to each person at most "
        "{times}{spared}.",
        spans=spans,
        hours=say_worktime(worktime),
        times=times(policy.reminder_cap),
        spared=spared,
    )


def nudge(reminder: Nudge, reminders: Reminded) -> str:
    """One reminder in a sentence, or that somebody else was told; may be empty."""
    if reminder.told:
        return _told_somebody(reminder, reminders)
    day = _day(reminder.at, reminders)
    match reminder.fate:
        case "sent":
            at = _time(reminder.at, reminders)
            return _(
                "You were reminded on {day} at {at}: you had not finished, {due}.",
                day=day,
                at=at,
                due=_due(reminder),
            )
        case "not-sent":
            return _(
                "You were not reminded on {day}: {why_not}.",
                day=day,
                why_not=_why_not(reminder, reminders),
            )
        case "failed":
            return _("You were not reminded on {day}: the message could not be delivered.", day=day)
        case "uncertain":
            return _(
                "A reminder was to reach you on {day}, and nobody knows whether it did.", day=day
            )
        case "no-message":
            return _(
                "A reminder was due on {day}: no message reaches you here, so it was for your "
                "coordinator.",
                day=day,
            )
    return _(
        "A reminder was due on {day}, and is not sent yet: it waits for the hours you work.",
        day=day,
    )


def _told_somebody(reminder: Nudge, reminders: Reminded) -> str:
    day = _day(reminder.at, reminders)
    if reminder.fate != "sent":
        on_the_list = _(
            "Since {day} your coordinator's list says that you have not finished.", day=day
        )
        return on_the_list if reminder.told == "coordinator" else ""
    who = _(OTHERS[reminder.told]) if reminder.told in OTHERS else _("Your coordinator")
    return _(
        "{who} was told on {day} that you had not finished, never what you said.", who=who, day=day
    )


def _due(reminder: Nudge) -> str:
    """What made a reminder due."""
    what, _dash, before = reminder.milestone.partition("-")
    if reminder.milestone.startswith(ASKED):
        return _(AS_ASKED)
    if what != "remind":
        return _("and your coordinator asked for it")
    span = say_before(int(before)) if before.isdigit() else before.replace("-", " ")
    return _("{span} before the deadline", span=span)


def _why_not(reminder: Nudge, reminders: Reminded) -> str:
    if reminder.rule == "finished":
        return _finished(reminder.finished, reminders)
    if reminder.rule == "capped":
        return _("nobody is reminded more than {times}", times=times(reminders.policy.reminder_cap))
    return _(NOT_SENT.get(reminder.rule, reminder.rule))


def _finished(at: datetime | None, reminders: Reminded) -> str:
    """When the person had finished; unknown if they answered elsewhere or handed all on."""
    if at is None:
        return _("you had finished")
    return _(
        "you had finished at {time} on {day}", time=_time(at, reminders), day=_day(at, reminders)
    )


def _day(at: datetime, reminders: Reminded) -> str:
    return calendar.say_day(calendar.local_day(at, reminders.theirs.zone))


def _time(at: datetime, reminders: Reminded) -> str:
    return calendar.say_time(at.astimezone(ZoneInfo(reminders.theirs.zone)).time())


def _and(parts: Sequence[str]) -> str:
    """The parts of a list, with an "and" before the last."""
    *most, last = parts
    return _("{others} and {last}", others=", ".join(most), last=last) if most else last


def reminder(
    guide: Guide,
    area: str,
    open_: Sequence[str],
    total: int,
    deadline: str,
    *,
    started: bool,
    again: bool,
) -> str:
    """A reminder: of what, how much is done, how long the rest takes, and by when it is due.

    Args:
        open_: the items that are still to be answered.
    """
    left, done = minutes(guide, open_, again=again), total - len(open_)
    if not started:
        return _(
            "{headed}: a reminder. You have not started yet; {questions}, "
            "about {left} minutes, by {deadline}. {not_the_right_person}",
            headed=headed(guide.topic, area),
            questions=counted(total, "question"),
            left=left,
            deadline=deadline,
            not_the_right_person=_(NOT_THE_RIGHT_PERSON),
        )
    return _(
        "{headed}: a reminder. You have done {done} of {questions}; about "
        "{left} minutes are left to do, by {deadline}. {not_the_right_person}",
        headed=headed(guide.topic, area),
        done=done,
        questions=counted(total, "question"),
        left=left,
        deadline=deadline,
        not_the_right_person=_(NOT_THE_RIGHT_PERSON),
    )


def moved(about: About, area: str, deadline: str) -> str:
    """That the deadline has moved."""
    return _(
        "{headed}: the deadline has moved. You now have until {deadline}.",
        headed=headed(about, area),
        deadline=deadline,
    )
