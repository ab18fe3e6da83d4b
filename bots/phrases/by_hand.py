"""What the coordinator tells people herself, since no message reaches them; and what a nudge did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ehsg_events.events import Matter, Means
from ehsg_events.reminders.reminders import SPARED, TOLD_LATER
from ehsg_events.reminders.still_due import Subject
from ehsg_events.reminders.told_by_hand import BY_MEANS, TOLD_OF

TELL: dict[Subject, str] = {  # completes "to be told by you"
    "link": "Slack cannot reach them: give them their personal link",
    "invitation": "that they are invited: give them their personal link",
    "new-round": "that a new round asks them; their personal link is the same",
    "workshop": "of the workshop",
    "reopening": "that the round takes answers again",
    "extension": "of the new deadline",
    "reminder": "that they have not finished",
    "handing-over": "who answers what was handed on",
    "declined": "that they are asked to answer themselves, and why",
    "release": "that they are asked nothing more",
    "close": "that the round is closed, with thanks",
    "agreed-on": "that a colleague answers in the next round",
    "lapsed": "that nobody is asked any more what they wanted to hand on",
    "outcome": "what became of their answers: their personal link shows it",
    "stand-in": "that they are silent, for they do not answer: tell their manager or substitute",
    "silence": "that they are silent: talk to them, or let a colleague answer",
}
COUNTED: dict[str, tuple[str, str]] = {
    "link": ("one person to be given a personal link", "{} people to be given a personal link"),
    "invitation": ("one person to be invited by hand", "{} people to be invited by hand"),
    "new-round": (
        "one person to be told of the new round",
        "{} people to be told of the new round",
    ),
    "workshop": ("one person to be told of the workshop", "{} people to be told of the workshop"),
    "reopening": (
        "one person to be told of the reopening",
        "{} people to be told of the reopening",
    ),
    "extension": (
        "one person to be told of the new deadline",
        "{} people to be told of the new deadline",
    ),
    "reminder": ("one person to remind by hand", "{} people to remind by hand"),
    "handing-over": ("one person to be told who answers", "{} people to be told who answers"),
    "declined": ("one person to be told why they answer", "{} people to be told why they answer"),
    "release": (
        "one person to be told that nothing more is asked",
        "{} people to be told that nothing more is asked",
    ),
    "close": (
        "one person to be told that the round is closed",
        "{} people to be told that the round is closed",
    ),
    "agreed-on": ("one person to be told who answers", "{} people to be told who answers"),
    "lapsed": (
        "one person to be told that nobody answers for them",
        "{} people to be told that nobody answers for them",
    ),
    "outcome": (
        "one person to be told what became of it",
        "{} people to be told what became of it",
    ),
    "stand-in": ("one manager or substitute to tell", "{} managers or substitutes to tell"),
    "silence": ("one person who stays silent", "{} people who stay silent"),
}
WHY_NOT = {
    "finished": "finished already",
    "withdrawn": "withdrew",
    "released": "asked nothing more",
    "handed-on": "handed what was left on to a colleague",
    "capped": "the policy allows them no more reminders",
    "overtaken": "reminded today already",
    "cannot-matter": "whatever they said, no verdict and no middle score could change",
    "asked-for-later": "asked to be reminded later",
    "refused": "asked for no reminders",
    TOLD_LATER: SPARED[TOLD_LATER],
}


NOBODYS_LINK = (
    "A message reaches everybody who is asked still, so there is no link to give by hand."
)


def to_tell(subject: Subject, people: Sequence[str]) -> str:
    """That some people are to be told something by the coordinator, at once."""
    who = ", ".join(people)
    return f"For you to do by hand, since no message reaches them. {who}: tell {_whom(subject)}."


def _whom(subject: Subject) -> str:
    return (
        f"them {TELL[subject]}"
        if subject not in ("link", "stand-in", "silence")
        else ALONE[subject]
    )


ALONE: dict[Subject, str] = {
    "link": "them their personal link, since Slack cannot reach them",
    "stand-in": "their manager or substitute that they have not finished",
    "silence": "them that you miss their answers, or let a colleague answer",
}


def nudged(
    now: Sequence[str],
    later: Mapping[str, Sequence[str]],
    by_hand: Sequence[str],
    withheld: Mapping[str, Sequence[str]],
) -> str:
    """What a nudge came to, for each person.

    Args:
        now: who is written to at once.
        later: who is written to later, by when.
        by_hand: whom no message reaches.
        withheld: who is spared, by the rule.
    """
    lines = [f"Goes out in Slack now: {', '.join(now)}."] if now else []
    lines += [
        f"Waits until {when}, when they work: {', '.join(who)}." for when, who in later.items()
    ]
    if by_hand:
        lines.append(
            f"For you to remind by hand, since no message reaches them: {', '.join(by_hand)}."
        )
    for rule, people in withheld.items():
        lines.append(f"Not reminded ({WHY_NOT[rule]}): {', '.join(people)}.")
    return "\n".join(lines or ["Nobody is left to remind."])


def told(called: str, subjects: Sequence[Matter], means: Means) -> str:
    """That it is on the record that somebody was told."""
    of = ", and ".join(TOLD_OF[subject] for subject in subjects)
    return f"Recorded: you told {called} {of}, {BY_MEANS[means]}."


def without_a_letter(subject: Subject, number: int) -> str:
    """That something waits for the coordinator which no letter says."""
    one, several = COUNTED[subject]
    return f"No letter says this: {one if number == 1 else several.format(number)}."


def only_here(url: str) -> str:
    """That links open nothing on anybody else's machine."""
    return (
        f"These links begin with {url}, which opens on this machine alone. Before you give one away, whoever "
        f"runs the server sets EHSG_WEB_URL to the address at which people reach the interview."
    )
