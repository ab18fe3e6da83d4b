"""What is said of a rehearsal: what would be sent, what is left to do, where it would get stuck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bots.messages.owed import Kind
from bots.phrases.labels import counted, round_kind
from ehsg_events.reminders.reminders import SPARED
from ehsg_events.rounds.milestones import say_milestone

if TYPE_CHECKING:
    from bots.rehearsed import Day, Forecast

REHEARSAL = "Rehearse the round"
REHEARSAL_WORDS = (
    "The coming round with your own panel and policy on a simulated clock: what would be sent, when and to "
    "how many, what you would have to do, and where it would get stuck. Answers are guessed. It works on a "
    "copy without names or addresses: nothing of it is sent, and nothing recorded."
)
NOBODY_WRITES = (
    "Neither Slack nor mail is set up here, so nobody is written to. Until one is, every message "
    "below is for you to give by hand."
)
SILENT, SILENT_HINT = "How many of a hundred never answer", "A whole number from 0 to 100."
REHEARSE, LOOK_AGAIN = "Rehearse", "Look again"
STARTED = "The rehearsal runs."
CAME_TO = "What it came to"
RUNS_SINCE = "It runs since {}. A large panel takes some minutes; you can go on meanwhile."
ANOTHER_RUNS = "Another rehearsal runs just now. Look again in a few minutes, and start yours then."
WITHOUT_RESULT = (
    "The last rehearsal came to no end in time, or failed. Whoever runs the server can rehearse there and "
    "see why."
)
NO_SHARE = "Type a whole number from 0 to 100, such as 20."
DAYS, DAY, SENT, YOU = "Day by day", "Day", "What would be sent", "What you would have to do"
STUCK, BY_AGENCY, POLICY = "Where it would get stuck", "Likely to finish", "What the policy did"
AGENCY, FINISHED = "Agency", "Finished"
NOTHING = "–"
GIVEN = "sent"  # how often a milestone was, among what came of it
MOST = 10  # tasks of a day that are listed; more are counted
NOWHERE = "Nowhere: every descriptor finds its quorum, and none is left to moderate."

MESSAGES: Mapping[Kind, tuple[str, str]] = {
    "notice": ("invitation", ""),
    "reminder": ("reminder", ""),
    "wished": ("reminder", "at a time somebody asked for"),
    "moved": ("message", "that the deadline has moved"),
    "reopened": ("message", "that the round is open again"),
    "released": ("message", "that nothing more is asked"),
    "handed-on": ("message", "that a colleague takes over"),
    "taken-over": ("message", "that questions were handed on to them"),
    "declined": ("message", "that they are asked to answer themselves"),
    "agreed-on": ("message", "that a colleague takes over in the next round"),
    "lapsed": ("message", "that a colleague is not asked any more"),
    "acted-for": ("message", "on what was typed in their name"),
    "link-shown": ("message", "that a coordinator was given their link"),
    "link-again": ("message", "with a link that was asked for"),
    "closed": ("receipt", "at the close"),
    "became": ("message", "on what became of the answers"),
    "vote": ("question", "put to the vote"),
    "votes-shown": ("message", "with the votes"),
    "stand-in-told": ("message", "to managers and stand-ins about who is silent"),
    "coordinator-told": ("message", "to coordinators about who is silent"),
    "unreachable": ("message", "to coordinators about who cannot be reached in Slack"),
    "overdue": ("message", "to coordinators about what is overdue"),
    "thanks": ("receipt", "to those who have finished on the web"),
    "sign-in": ("message", "with a link to sign in by"),
    "retention": ("message", "to coordinators about what will be destroyed"),
}


def messages(kind: Kind, number: int) -> str:
    """A number of messages of one kind, in words."""
    what, about = MESSAGES[kind]
    return f"{counted(number, what)} {about}".strip()


def rehearsed_at(when: str) -> str:
    """When it was rehearsed."""
    return f"Rehearsed at {when}, with the panel and the policy as they were then."


def of(finished: int, asked: int) -> str:
    """How many of an agency would finish."""
    return f"{finished} of {asked}"


def headline(forecast: Forecast) -> str:
    """When it would open and close, and how many would finish."""
    return (
        f"Round {forecast.round} ({round_kind(forecast.kind)}), rehearsed and not sent: it opens at "
        f"{forecast.opened} and closes at {forecast.closes}. {forecast.finished} of "
        f"{counted(forecast.invited, 'person')} would finish."
    )


def busiest(forecast: Forecast) -> str:
    """How many messages the one gets who gets most."""
    most = max(forecast.per_person.values(), default=0)
    if not most:
        return "No message goes to anybody who is asked."
    people = [person for person, number in forecast.per_person.items() if number == most]
    return f"At most {counted(most, 'message')} to one person unasked for: to {_some(people)}."


def work(forecast: Forecast) -> str:
    """How much the coordinator would have to do."""
    busy = [len(day.work) for day in forecast.days if day.work]
    return (
        f"The coordinator has {counted(sum(busy), 'thing')} to do, on {counted(len(busy), 'day')}."
    )


def sent(day: Day) -> str:
    """What would be sent on one day."""
    return ", ".join(messages(kind, number) for kind, number in day.messages.items())


def tasks(day: Day) -> str:
    """What the coordinator would have to do on one day, as many as can be listed."""
    more = [f"{len(day.work) - MOST} more"] if len(day.work) > MOST else []
    return "; ".join([*day.work[:MOST], *more])


def stuck(forecast: Forecast) -> Iterator[str]:
    """Which descriptors would find no quorum, and which would be left to moderate."""
    if forecast.never_quorum:
        yield (
            f"No quorum even if everybody answers: {', '.join(forecast.never_quorum)}. Ask more "
            f"people about them, or moderate them from the start."
        )
    if forecast.no_quorum:
        yield f"Without quorum in this rehearsal: {', '.join(forecast.no_quorum)}."
    if forecast.to_moderate:
        yield f"Left to moderate afterwards: {', '.join(forecast.to_moderate)}."


def policy(forecast: Forecast) -> Iterator[str]:
    """What came of each milestone: how often it was given, and by which rules it was not."""
    for milestone, counts in forecast.rules.items():
        spared = [f"{times} not: {SPARED[rule]}" for rule, times in counts.items() if rule != GIVEN]
        what = say_milestone(milestone)
        given = f"{counts.get(GIVEN, 0)} given"
        yield f"{what[:1].upper()}{what[1:]}: {'; '.join([given, *spared])}."


def _some(people: Sequence[str]) -> str:
    shown = ", ".join(people[:3])
    return shown if len(people) <= 3 else f"{shown} and {counted(len(people) - 3, 'other')}"
