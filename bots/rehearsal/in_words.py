"""What a rehearsal says about the messages it would have sent."""

from __future__ import annotations

from collections.abc import Mapping

from bots.messages.owed import Kind
from bots.phrases.labels import counted

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
