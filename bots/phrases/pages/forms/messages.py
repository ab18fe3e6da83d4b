"""What a page says of messages before they are sent: what each says, and who gets none."""

from __future__ import annotations

from collections.abc import Mapping

from bots.phrases.labels import counted
from ehsg_events.kernel import Surface

MESSAGES = "What they would be sent"
INVITED, WHAT_IT_SAYS = "How they would be told", "What each letter says"
EXAMPLE = (
    "Each kind of message once, as one person gets it: everybody else's has their own name, numbers "
    "and link. Nobody's link is shown here."
)
SUBJECT = "Subject"
BUTTONS = "Buttons under it"
NOTHING_REACHES = "Reached by no message, so for you to tell"
BY: dict[Surface, str] = {"mail": "By e-mail", "slack": "In Slack"}
HOW: dict[Surface, str] = {"mail": "by e-mail", "slack": "in Slack"}  # in a sentence
LANGUAGES = {"cy": "Welsh"}  # other than that of the pages
NOT_SENT = {  # why nothing is sent though a reminder was decided
    "overtaken": "another message to them, which is still to go, says it all",
    "stopped": "they asked for no reminders",
    "asked-for-later": "they have asked to be reminded later",
    "finished": "they have finished",
}


def to_whom(surface: Surface, people: int, language: str, *, begun: bool) -> str:
    """Who gets a kind of message: how, how many of them, and what they have in common."""
    where = BY[surface]
    have = "has" if people == 1 else "have"
    moment = "begun" if begun else "not begun"
    spoken = f", in {LANGUAGES[language]}" if language in LANGUAGES else ""
    return f"{where}, to {counted(people, 'person')} who {have} {moment}{spoken}"


def invited(counts: Mapping[Surface, int]) -> str:
    """How many of those who are asked are written to, and how; nothing where nobody is."""
    said = [f"{HOW[by]} to {counted(many, 'person')}" for by, many in sorted(counts.items())]
    return f"An invitation goes {' and '.join(said)}." if said else ""


def as_it_goes_to(called: str) -> str:
    """Whose message stands as the example."""
    return f"As {called} gets it:"


def not_sent(rule: str | None) -> str:
    """Why somebody gets no message."""
    if rule is None:
        return NOTHING_REACHES
    return f"Nothing is sent: {NOT_SENT.get(rule, rule.replace('-', ' '))}"
