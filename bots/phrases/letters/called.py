"""What a coordinator calls each letter; the names in files and in facts are for programs."""

from __future__ import annotations

CALLED = {
    "notice": "Invitation",
    "notice-again": "Invitation to another round",
    "reminder": "Reminder",
    "reminder-unbegun": "Reminder, before they have begun",
    "wished": "Reminder that they asked for",
    "wished-unbegun": "Reminder that they asked for, before they have begun",
    "moved": "The deadline has moved",
    "moved-unbegun": "The deadline has moved, before they have begun",
    "reopened": "The round takes answers again",
    "reopened-finished": "The round takes answers again, to who had finished",
    "released": "They are asked nothing more",
    "released-unanswered": "They are asked nothing more, and had answered nothing",
    "handed-on": "A colleague answers what they handed on",
    "taken-over": "To the colleague who answers instead",
    "declined": "They are asked to answer themselves",
    "declined-closed": "No colleague was asked, and the round is over",
    "agreed-on": "A colleague answers in the next round",
    "lapsed": "What they wanted to hand on is asked no more",
    "acted-for": "Something was recorded in their name",
    "link-shown": "Their link was shown to a coordinator",
    "link-again": "Their link, asked for again",
    "thanks": "Thanks to who has finished",
    "closed": "The round is over",
    "became": "What became of their answers",
    "stand-in-told": "To the manager or substitute of who stays silent",
    "coordinator-told": "To the coordinators: who has not finished",
    "unreachable": "To the coordinators: whom no message reaches",
    "overdue": "To the coordinators: what is overdue",
    "retention": "To the coordinators: what will be destroyed",
    "sign-in": "The way in to these pages",
}


def called(name: str) -> str:
    """A letter's name as a coordinator reads it."""
    return CALLED[name]
