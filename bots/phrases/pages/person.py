"""What stands on the page of one person: what they were told, and the copy of what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bots.phrases.labels import counted
from ehsg_events.reminders.told_by_hand import BY_MEANS, TOLD_OF

if TYPE_CHECKING:
    from projections.collecting.told_to import Fate, ToldTo

# -- what they were told ---------------------------------------------------------------------------
WERE_TOLD = "What they were told"
WHEN, WHAT, FATE = "When", "What", "What became of it"
NOTHING_TOLD = "Nothing yet."
MORE_TOLD = "These are the newest."
EVERY_REMINDER = "Every reminder that was decided, also those that were spared them"
EVERY_FACT = "Everything on the record that is about them"
A_MESSAGE = "A message"
SAID: Mapping[str, str] = {  # by the beginning of a message's name
    "notice": "The invitation",
    "reminder": "A reminder",
    "moved": "The same again, once it was corrected how they are reached",
    "deadline": "That the deadline has moved",
    "reopened": "That the round takes answers again",
    "released": "That nothing more is asked of them",
    "handed on": "That questions were handed on",
    "declined": "That they are asked to answer themselves",
    "agreed on": "That a colleague answers in the next round",
    "lapsed": "That a colleague is not asked any more",
    "link shown": "That a coordinator was given their link",
    "link again": "Their link, which they had asked for",
    "closed": "That the round is closed",
    "signed off": "What became of their answers",
    "thanks": "Thanks for having finished",
    "vote": "A question put to the vote",
    "votes": "The votes of a room",
}
BECAME: Mapping[Fate, str] = {
    "leaving": "about to leave",
    "delivered": "delivered",
    "waiting": "waits, and is tried again",
    "failed": "not delivered",
    "withheld": "not sent",
    "uncertain": "nobody knows whether it was sent",
    "bounced": "came back",
    "by hand": "told by a coordinator",
}

# -- a copy of what is kept ------------------------------------------------------------------------
COPY = "A copy of what is kept"
COPY_WORDS = (
    "Everything that is kept about them: facts, their words, their files, and who read them. It is for "
    "them alone. Others' words are not in it. That you made it is recorded."
)
NOT_YET_SAID = (
    "What they said in a round that is still open is left out: nobody else may see it before it closes. It "
    "stands on their own page."
)
MAKE, TAKE = "Make the copy", "Take the copy away"
FOR_A_WHILE = "It can be taken away from here for an hour, and is made anew each time."
KINDS: Mapping[str, str] = {
    "zip": "all of it: to read, for programs, and their files",
    "html": "to read in a browser",
    "pdf": "to read and to print",
    "docx": "to go on writing in a word processor",
    "json": "for programs",
}
BACK = "Back to where they stand"


def what(one: ToldTo) -> str:
    """What somebody was told."""
    if one.of is not None:
        said = TOLD_OF[one.of]
        return f"{said[:1].upper()}{said[1:]}"
    return next((says for name, says in SAID.items() if _begins(one.what, name)), A_MESSAGE)


def _begins(what: str, name: str) -> bool:
    return what == name or what.startswith(f"{name} ")


def became(one: ToldTo, reasons: Mapping[str, str]) -> str:
    """What became of it.

    Args:
        reasons: in sentences, by the words that stand on the log.
    """
    says = BECAME[one.fate]
    if one.means:
        return f"{says} {BY_MEANS[one.means]}"
    return f"{says}: {reasons.get(one.reason, one.reason)}" if one.reason else says


def made(who: str) -> str:
    """That a copy can be taken away."""
    return f"A copy of everything that is kept about {who} can be taken away now."


def to_be_looked_at(many: int) -> str:
    """How many places a human has to look at before it is given away."""
    are = "is" if many == 1 else "are"
    return (
        f"Before you give it away: {counted(many, 'text')} of others may be about them, and {are} not in "
        f"it. The copy says where, so that somebody can look."
    )
