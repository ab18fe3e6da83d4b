"""A letter to somebody who is asked, once everything in it is known."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from bots.interview.screens import terms
from bots.interview.talk import Talk
from bots.mail.letter import Entry, Letter, Link
from bots.mail.worded import values, worded
from bots.phrases.labels import greeted
from bots.phrases.letters import wording
from bots.phrases.notices import in_short
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.letters import Letters

AFTERWARDS = ("closed", "became", "released")  # from then on a link only shows


class Frame(TypedDict):
    """What a letter has from its promise."""

    id: UUID
    thread: UUID | None
    at: datetime
    to: str


def written(
    frame: Frame,
    name: str,
    called: str | None,
    talk: Talk,
    own: Letters,
    link: str,
    *,
    reply_to: str | None = None,
    stop: str | None = None,
    entry: Entry | None = None,
    automatic: bool = True,
) -> Letter:
    """A letter in the language that is spoken.

    Args:
        name: of the letter.
        called: the person's name.
        own: the letters that the area has worded itself.
        link: their personal one.
    """
    subject, paragraphs = worded(name, values(talk), own, talk.language)
    begins = name == "notice"
    if begins:
        paragraphs = (*paragraphs, in_short().splitlines()[0])  # all else stands below the link
    in_full = terms(talk).splitlines() if begins else ()
    over = talk.sitting.closed or name.partition("-")[0] in AFTERWARDS
    keep = wording.KEEP_TO_YOURSELF if over else wording.DO_NOT_FORWARD
    return Letter(
        **frame,
        subject=subject,
        greeting=greeted(called),
        paragraphs=paragraphs,
        link=Link(_(_label(name)), link),
        closing=(_(keep), *answers(reply_to), *_stopping(stop), *in_full),
        language=talk.language,
        reply_to=reply_to,
        stop=stop,
        entry=entry,
        automatic=automatic,
    )


def _label(name: str) -> str:
    """What a letter calls the page that its link leads to."""
    if name == "notice" or name.endswith("-unbegun"):
        return wording.BEGIN
    return wording.YOUR_PAGE if name == "released-unanswered" else wording.YOUR_ANSWERS


def answers(reply_to: str | None) -> tuple[str, ...]:
    """Who reads an answer to the letter."""
    return (_(wording.TO_NOBODY if reply_to is None else wording.TO_A_PERSON),)


def _stopping(url: str | None) -> tuple[str, ...]:
    return (_(wording.STOP, url=url),) if url else ()
