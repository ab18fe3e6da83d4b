"""Letters: those that the coordinator sends herself, and what each of them says."""

from __future__ import annotations

import os
from typing import NamedTuple

from bots.mail.message import text_of
from bots.mail.preview import previews
from bots.operations.letters.usual import WELSH
from bots.operations.writable import writable
from bots.phrases.letters.called import called
from bots.phrases.pages import letters as phrases
from bots.web.desk.operations.choice import Choice
from bots.web.desk.page import Asked, Drawn, Given, Visitor
from bots.web.forms import Filled
from bots.web_settings import read_settings
from ehsg_events.commands import telling
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.language.catalogue import ENGLISH
from ehsg_events.log.log import Log
from projections.facts.view import View
from projections.tables.zipped import zipped

LANGUAGES = (Choice(ENGLISH, "English"), Choice(WELSH, "Cymraeg"))


class Said(NamedTuple):
    """One letter as it would read."""

    name: str
    subject: str
    text: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """How many wait, and each letter in words.

    Raises:
        Refused: none is written in that language.
    """
    from bots.mail.by_hand.letters import WITHOUT_A_LETTER

    language = asked.get("language", "") or ENGLISH
    waits = telling.by_hand(view.log, visitor.assessment, visitor.at, writable(os.environ))
    written = previews(view.log, visitor.assessment, None, language, visitor.at)
    values = {
        "waits": sum(one.of not in WITHOUT_A_LETTER for one in waits),
        "languages": LANGUAGES,
        "language": language,
        "letters": [
            Said(called(name), letter.subject, text_of(letter)) for name, letter in written.items()
        ],
    }
    return Drawn("letters.html", values)


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Given:  # noqa: ARG001 - as every form
    """Write every letter that waits; whoever has no link is issued one, and that is recorded.

    Raises:
        Refused: none waits, or nobody is there whom they could come from.
    """
    from bots.mail.by_hand.folder import files_of
    from bots.mail.by_hand.letters import letters_by_hand
    from bots.mail.by_hand.sender import sender_of

    web = read_settings(os.environ)
    web.refuse_unless_safe()
    settings = sender_of(log, visitor.assessment, os.environ)
    due = letters_by_hand(log, stamp, visitor.assessment, writable(os.environ), web)
    if not due.letters:
        raise Refused("\n".join([phrases.NONE_WAITS, *due.notes]))
    return Given(phrases.FILE, zipped(files_of(due.letters, settings)))
