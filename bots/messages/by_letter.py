"""Which waiting messages say what the coordinator has told somebody by a letter of her own. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from bots.messages.owed import Kind, stand_in_of
from bots.messages.promise import Promise, Who
from ehsg_events.events import Matter, Means, ToldByHand
from ehsg_events.reminders.still_due import INVITING, Subject, says_too

BY_LETTER: tuple[Means, ...] = ("letter", "e-mail")  # which brought the link, as a message would
SUBJECTS: dict[Kind, Subject] = {  # what a message tells
    "notice": "invitation",
    "reminder": "reminder",
    "wished": "reminder",
    "moved": "extension",
    "reopened": "reopening",
    "released": "release",
    "handed-on": "handing-over",
    "taken-over": "handing-over",
    "declined": "declined",
    "agreed-on": "agreed-on",
    "lapsed": "lapsed",
    "closed": "close",
    "became": "outcome",
    "stand-in-told": "stand-in",
}


def told(
    waiting: dict[Who, dict[str, Promise]], assessment: UUID, fact: ToldByHand
) -> Iterator[Promise]:
    """The waiting messages that a letter has said, marked so."""
    if fact.means not in BY_LETTER:
        return
    for name in (fact.spoken_to, stand_in_of(fact.spoken_to)):
        for promise in waiting.get((assessment, name), {}).values():
            if _says(fact.of, promise.kind):
                yield replace(promise, told_by_letter=True)


def _says(of: Matter, kind: Kind) -> bool:
    """Whether somebody who was told something knows what a message says.

    A notice invites to any round; whose letter has a link is told in it that she has seen the link.
    """
    if kind == "link-shown":
        return of != "stand-in"
    subject = SUBJECTS.get(kind)
    if subject == "invitation":
        return of in INVITING
    return subject is not None and says_too(of, subject)
