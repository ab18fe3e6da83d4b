"""A letter's subject and paragraphs: in the area's own words where it has any, else in ours."""

from __future__ import annotations

from collections.abc import Mapping

from bots.interview.talk import Talk
from bots.messages.owed import Kind
from bots.phrases.labels import capital, counted, minutes
from bots.phrases.letters.wording import LETTERS
from bots.phrases.notices import ONCE_MORE
from ehsg_events.interview.questions import still_open
from ehsg_events.language.catalogue import ENGLISH
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.letters import Letters


def named(kind: Kind, talk: Talk) -> str:
    """The name of the letter that tells somebody something that is true of them."""
    said, sitting = talk.interview, talk.sitting
    moments: dict[Kind, tuple[str, bool]] = {
        "notice": ("again", said.started),
        **dict.fromkeys(("reminder", "wished", "moved"), ("unbegun", not said.started)),
        "reopened": ("finished", said.completed),
        "released": ("unanswered", not said.answers),
        "declined": ("closed", sitting.closed),
    }
    moment, is_so = moments.get(kind, ("", False))
    return f"{kind}-{moment}" if is_so else kind


def worded(
    name: str, values: Mapping[str, object], own: Letters, language: str = ENGLISH
) -> tuple[str, tuple[str, ...]]:
    """The subject and the paragraphs of a letter.

    Args:
        name: of the letter.
        values: what the words in braces stand for.
        own: the letters that the area has worded itself.
    """
    said = own.get((name, language))
    if said is not None and said.subject and said.text:
        subject, text = said.subject.format(**values), said.text.format(**values)
    else:
        subject, text = _(LETTERS[name].subject, **values), _(LETTERS[name].text, **values)
    return subject, tuple(line.strip() for line in text.splitlines() if line.strip())


def values(talk: Talk) -> dict[str, object]:
    """What the words in braces stand for, to somebody who is asked."""
    sitting, about = talk.sitting, talk.sitting.guide.topic
    left = still_open(talk.interview, sitting)
    again = sitting.kind == "feedback"
    return {
        "headed": talk.headed,
        "area": talk.area,
        "asks": talk.names().coordinator or capital(about.led_by),
        "once_more": _(ONCE_MORE) if again else "",
        "partnership": about.partnership,
        "deadline": sitting.deadline,
        "questions": counted(len(sitting.items), "question"),
        "done": len(sitting.items) - len(left),
        "left": counted(len(left), "question"),
        "minutes": minutes(sitting.guide, left, again=again),
    }
