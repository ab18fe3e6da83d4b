"""Words written in a window of their own, beside a question that asks for words."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bots import phrases
from bots.interview.record import foresee, hear, language_of, talk_of
from bots.interview.said import Said
from bots.interview.talk import Talk
from bots.slack.background import BackgroundTasks
from bots.slack.block_kit.blocks import SPARE, Address, split
from bots.slack.block_kit.sizes import MOST_SECTION
from bots.slack.block_kit.windows import day_box, long_box, short_box, window, words
from bots.slack.directory import Directory
from bots.slack.listeners import stamp_of
from bots.slack.not_on_panel import NotOnPanel
from bots.slack.payloads import Heard, Submitted, read_click, read_submission
from ehsg_events.interview.notes import PRIVATE
from ehsg_events.interview.questions import Ask, boxes
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log

TOKEN = re.compile(r"write:([^:]+):([^:]+)(?::(.+))?")
NOTE, WORDS, ORIGIN, DATED = "note", "words", "origin", "dated"
logger = logging.getLogger("ehsg.slack")


@dataclass(frozen=True)
class NoteWindow:
    """The listeners for the buttons that open such windows, and for what is written in them."""

    log: Log
    clock: Callable[[], datetime]
    directory: Directory
    client: WebClient
    not_on_panel: NotOnPanel
    background: BackgroundTasks

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        """Open the window; where nothing is taken any more, say that instead."""
        heard = read_click(body)
        if heard is None or heard.address is None:
            logger.info("a button that is not one of ours was ignored")
        elif self.directory.belongs_to(heard.address, heard.person):
            self._open(heard, heard.address)
        else:
            logger.warning("a button of another person's interview was pressed and ignored")
            self.not_on_panel.turn_away(heard.person, _(phrases.NOT_FOR_YOU))
        ack()

    def submit(self, ack: Ack, body: dict[str, Any]) -> None:
        """Keep what was written; what cannot be kept stays in the window, with the reason."""
        filled_in = read_submission(body)
        if filled_in is None or not self._is_theirs(filled_in):
            logger.warning("a window of another person's interview was filled in and ignored")
            ack()
            return
        problem = self._keep(filled_in)
        if problem is None:
            ack()
        else:
            first = next(split(problem, MOST_SECTION - SPARE))
            ack(response_action="errors", errors={WORDS: first})

    def _is_theirs(self, filled_in: Submitted) -> bool:
        return self.directory.belongs_to(filled_in.address, filled_in.person)

    def _open(self, heard: Heard, address: Address) -> None:
        assessment, number, stakeholder = address
        stamp = stamp_of(address, self.clock(), "window", heard.key)
        talk = talk_of(self.log, assessment, stakeholder, stamp.at, number)[1]
        item = _about(heard.text)[0].item
        is_over = talk.sitting.closed or talk.interview.withdrawn
        if is_over or item not in talk.sitting.items:
            # Asking to change the answer is refused as well, with the reason.
            hear(self.log, stamp, assessment, stakeholder, Said("choice", f"change:{item}"), number)
            return
        with speaking(talk.language):
            view = note_window(talk, address, heard.text)
        self.background.do(
            "a window was not opened",
            lambda: self.client.views_open(trigger_id=heard.trigger, view=view),
        )

    def _keep(self, filled_in: Submitted) -> str | None:
        """Record what was written; returns why when it is not kept.

        A refusal is not recorded, since the person puts it right in the same window.
        """
        text = filled_in.boxes.get(WORDS, "")
        assessment, number, stakeholder = filled_in.address
        if not text.strip():
            with speaking(language_of(self.log, assessment, stakeholder)):
                return _(phrases.NOTHING_WRITTEN)
        said = _said(filled_in, text)
        stamp = stamp_of(filled_in.address, self.clock(), "window", filled_in.key)
        foreseen = foresee(self.log, stamp, assessment, stakeholder, said, number)
        problems = (prompt for prompt in foreseen if prompt.kind in ("problem", "stopped"))
        problem = next(problems, None)
        if problem is not None and problem.kind == "stopped":
            stamp = stamp.model_copy(update={"key": filled_in.attempt})
        if problem is None or problem.kind == "stopped":
            hear(self.log, stamp, assessment, stakeholder, said, number)
        return problem.text if problem else None


def note_window(talk: Talk, address: Address, token: str) -> dict[str, Any]:
    """The window for words under a question: new ones, or those written before."""
    ask, source = _about(token)
    written = _written(talk, source) if source else ""
    boxes = [long_box(WORDS, _(phrases.YOUR_WORDS), written)]
    if not source:
        boxes += [
            short_box(ORIGIN, _(phrases.ORIGIN), _(phrases.ORIGIN_HINT)),
            day_box(DATED, _(phrases.DATED), optional=True),
        ]
    worried = phrases.worried(talk.sitting.safeguarding)
    about = words(f"{_question(talk, ask)}\n\n{_(phrases.WRITE_ABOUT)}\n\n{worried}")
    title = _(phrases.EDIT_TITLE) if source else _(phrases.WRITE_TITLE)
    value = address.value(token)
    return window(NOTE, value, title, _(phrases.KEEP), _(phrases.CANCEL), [*about, *boxes])


def _about(token: str) -> tuple[Ask, str]:
    """The question a window is about, and the note it was opened to edit, if any."""
    match = TOKEN.fullmatch(token)
    if match is None:
        raise ValueError("a window of ours carries one of our tokens")
    return Ask(match[1], match[2]), match[3] or ""


def _question(talk: Talk, ask: Ask) -> str:
    """What the words are asked for: an item's own statement, or the box under it."""
    item = talk.sitting.guide.items[ask.item]
    under_item = boxes(talk.interview, talk.sitting, ask.item)
    if not talk.sitting.has_value(ask.item):
        return f"{phrases.title(item)}\n{phrases.statement(item)}"
    box = next((box for box in under_item if box.id == ask.field), None)
    return phrases.box(box, ask.item) if box else phrases.title(item)


def _written(talk: Talk, source: str) -> str:
    notes = talk.interview.notes.values()
    return next((talk.read(note.words) or "" for note in notes if note.source == source), "")


def _said(filled_in: Submitted, text: str) -> Said:
    """A new note, or an edit of the one the window was opened for."""
    ask, source = _about(filled_in.token)
    if source:
        return Said("edit", text, source)
    day, own = filled_in.boxes.get(DATED), f"{PRIVATE}{filled_in.key}"
    return Said(
        "note",
        text,
        own,
        about=ask,
        origin=filled_in.boxes.get(ORIGIN, ""),
        dated=date.fromisoformat(day) if day else None,
    )
