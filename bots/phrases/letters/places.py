"""The words in braces that a letter may hold, and what each stands for."""

from __future__ import annotations

from collections.abc import Collection

from bots.messages.owed import TO_COORDINATORS

PLACES = {
    "headed": "what the interview is about, and where",
    "area": "the area",
    "asks": "the coordinator who asks, or who leads",
    "once_more": "why somebody is asked again; nothing in a first round",
    "partnership": "for whom",
    "deadline": "when the round closes",
    "questions": "how many questions there are",
    "done": "how many of them are done",
    "left": "how many are still open",
    "minutes": "about how many minutes these take",
    "people": "how many people it is about",
    "waits": "what waits for the coordinator",
    "due": "when that was due",
    "told": "who is silent, and what can be done",
    "until": "until when the link works",
}
TO_WHO_IS_ASKED = (
    *("headed", "area", "asks", "once_more", "partnership"),
    *("deadline", "questions", "done", "left", "minutes"),
)
OF_OTHERS: dict[
    str, tuple[str, ...]
] = {  # the places of letters to people who are not asked themselves
    **dict.fromkeys(TO_COORDINATORS, ("area", "people", "waits", "deadline", "due")),
    "stand-in-told": ("headed", "told"),
    "sign-in": ("area", "until"),
}
NAMING = ("told",)  # what names somebody other than whoever coordinates


def places(name: str) -> Collection[str]:
    """The words in braces that a letter may hold, by its name."""
    return OF_OTHERS.get(name, TO_WHO_IS_ASKED)
