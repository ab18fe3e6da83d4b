"""What a person did, as every surface hands it to the conversation. No clock, no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bots.interview.evidence import MOST_ORIGIN, Handed, concern_of_file
from bots.interview.late import Stood
from ehsg_events.events import Concern
from ehsg_events.interview.questions import Ask
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Fact, Refused, Words
from ehsg_events.language.catalogue import gettext as _

MOST_WORDS = 20_000  # characters of one message
Seal = Callable[[str | bytes], Words]


@dataclass(frozen=True)
class Said:
    """What a person did: chose a token, typed words, edited or deleted what they had typed.

    A `note` is words that are never a command. `source` is the surface's own id of the message, by
    which an edit finds its note; `about` is the question that was being answered, where a surface
    knows it. `origin` is where the words are from, `dated` the day they speak of. `stood` is what
    stood on the screen of a chat when they typed; `became` is what a message came to that is edited
    or deleted now.
    """

    kind: Literal["choice", "words", "note", "edit", "deletion"]
    text: str
    source: str | None = None
    about: Ask | None = None
    origin: str = ""
    dated: date | None = None
    file: Handed | None = None
    stood: Stood | None = None
    became: tuple[Fact, ...] = ()


def concern_of(said: Said) -> Concern | None:
    """Why the words, their source or a file's name must not be kept; none if they may be."""
    if len(said.text) > MOST_WORDS:
        raise Refused(
            _(
                "That is {length} characters long. Say it in several messages of at most "
                "{most}, or hand in a file.",
                length=len(said.text),
                most=MOST_WORDS,
            )
        )
    origin = said.origin.strip()[:MOST_ORIGIN]  # a longer one is refused later: do not scan it
    typed = concern_in(f"{said.text}\n{origin}\n{said.file.name if said.file else ''}")
    return typed or (concern_of_file(said.file.name, said.file.content) if said.file else None)
