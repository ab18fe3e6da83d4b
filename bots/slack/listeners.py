"""Turns what Slack sends into a stakeholder's input; one transaction records it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

from slack_bolt import Ack, BoltRequest

from bots import phrases
from bots.interview.evidence import Handed
from bots.interview.record import hear, language_of
from bots.interview.said import Said
from bots.interview.typed_words import anywhere, by_itself
from bots.phrases.coordinator import COORDINATORS_TYPE
from bots.slack.block_kit.blocks import Address
from bots.slack.directory import Directory
from bots.slack.envelopes import File
from bots.slack.files import WITHIN, Files, NotFetched
from bots.slack.home import Home
from bots.slack.not_on_panel import NotOnPanel
from bots.slack.payloads import Heard, read_click, read_message, read_opened_home
from bots.slack.screens import Screens, Standing
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.language.catalogue import ENGLISH, speaking
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.log.log import Log

MOST_RETRIES = "3"  # of one event, by Slack
SHOWN = ("review", "help", "why", "who-sees", "nudges", "thanks", "leave")  # with nothing done
logger = logging.getLogger("ehsg.slack")


class NotHeardYet(Exception):
    """It is not known yet what something answers or corrects; Slack sends it again."""


@dataclass(frozen=True)
class Listener:
    """The listeners for what people who are asked do in the chat and on their Home tab."""

    log: Log
    clock: Callable[[], datetime]
    directory: Directory
    screens: Screens
    files: Files
    home: Home
    not_on_panel: NotOnPanel

    def click(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button: it acts on its own question, in its own round, for its own person."""
        heard = read_click(body)
        if heard is None or heard.address is None:
            logger.info("a button that is not one of ours was ignored")
        elif self.directory.belongs_to(heard.address, heard.person):
            self._record(heard.key, heard.address, Said("choice", heard.text))
            if heard.at_home:
                self.home.draw(heard.person, _(phrases.HOME_IN_CHAT))
        else:
            logger.warning("a button of another person's interview was pressed and ignored")
            self.not_on_panel.turn_away(heard.person, _(phrases.NOT_FOR_YOU))
        ack()

    def message(self, ack: Ack, body: dict[str, Any], request: BoltRequest) -> None:
        """A message typed, edited or deleted."""
        heard, last = read_message(body), is_last(request)
        if heard is None:
            logger.debug("a message event that nobody typed was ignored")
        elif heard.kind != "words":
            self._correct(heard)
        elif self.directory.newest(heard.person) is None:
            logger.info("a message from somebody no round waits for was ignored")
            self.not_on_panel.turn_away(heard.person, self._explanation(heard.person))
        else:
            with speaking(self.language(heard.person)):
                self._hear(heard, last=last)
        ack()

    def language(self, person: str) -> str:
        """The language that a person of a panel is spoken to in."""
        newest = self.directory.newest(person)
        return language_of(self.log, newest.assessment, newest.stakeholder) if newest else ENGLISH

    def opened_home(self, ack: Ack, body: dict[str, Any]) -> None:
        """The Home tab was opened, so it is drawn."""
        opened = read_opened_home(body)
        if opened is not None:
            person = self.directory.person(*opened)
            self.home.draw(person or f"{opened.team}/{opened.user}")
        ack()

    # -- typed ---------------------------------------------------------------------------------
    def _hear(self, heard: Heard, *, last: bool) -> None:
        """Record words in the interview whose message they answer."""
        typed, open_ = _typed(heard), self.directory.open(heard.person)
        if anywhere(typed) == "what-waits" and len(open_) > 1:
            self._show(heard, "what-waits", open_)
            return
        standing = self._standing(heard)
        address, stood = standing.address, standing.stood
        if not self.log.store.knows(heard.key) and self._is_in_doubt(typed, standing):
            if not last:
                raise NotHeardYet
            if by_itself(typed) and standing.is_in_doubt_elsewhere:
                # For which area it was said, nobody knows: each shows it, or they are asked.
                token = anywhere(typed)
                if token in SHOWN:
                    self._show(heard, token, self.directory.every(heard.person))
                    return
                if open_:
                    self._show(heard, "what-waits", open_)
                    return
            stood = stood and replace(stood, in_doubt=True)
        for key, said in self._inputs(heard, last=last):
            self._record(key, address, replace(said, stood=stood, origin=heard.origin))

    def _standing(self, heard: Heard) -> Standing:
        """The interview that words belong to, by what stood on the screen when they were typed."""
        every = self.directory.interviews(heard.person)
        newest = self.directory.newest(heard.person)
        assert newest is not None, "whom no round waits for was turned away"
        return self.screens.standing(every, newest, _typed(heard), heard.ts)

    def _is_in_doubt(self, typed: str, standing: Standing) -> bool:
        """Whether words may answer a message of which nobody knows yet whether it stood there."""
        asks_to_see = anywhere(typed) not in (None, "back", "pause", "withdraw-yes")
        elsewhere = standing.is_in_doubt_elsewhere
        return elsewhere or (not asks_to_see and self.screens.is_in_doubt(standing))

    def _show(self, heard: Heard, screen: str, areas: list[Address]) -> None:
        """Let each area show a screen, which names it, the newest area last.

        The key of the words themselves comes last, so that what a death broke off is done again.
        """
        for number, address in reversed([*enumerate(areas)]):
            key = _nth(heard.key, number)
            self._record(key, address, Said("choice", screen), cause=heard.kind)

    # -- edited and deleted --------------------------------------------------------------------
    def _correct(self, heard: Heard) -> None:
        """Correct what a message came to; have it sent again if the message was not heard yet.

        Each file of a deleted message was kept as a note of its own.
        """
        many = len(heard.files) if heard.kind == "deletion" else 1
        for number in range(max(1, many)):
            key, source = (_nth(name, number) for name in (heard.key, heard.source or ""))
            self._correct_one(heard, key, source)

    def _correct_one(self, heard: Heard, key: str, source: str) -> None:
        facts = self.log.caused_by(source)
        stream = next((one.stream for one in facts if one.stream.kind == "interview"), None)
        if stream is None:
            is_asked = self.directory.newest(heard.person) is not None
            if is_asked and not self.log.store.knows(source):
                raise NotHeardYet
            return
        address = Address(stream.assessment, stream.round or 0, stream.stakeholder or "")
        if self.directory.belongs_to(address, heard.person):
            became = tuple(recorded.fact for recorded in facts)
            stood = self.screens.stood(address, heard.ts)
            said = Said(heard.kind, heard.text, source, stood=stood, became=became)
            self._record(key, address, said)

    def _explanation(self, person: str) -> str:
        is_coordinator = bool(self.directory.coordinated_by(person))
        return COORDINATORS_TYPE if is_coordinator else _(phrases.NOT_FOR_YOU)

    def _inputs(self, heard: Heard, *, last: bool) -> Iterator[tuple[str, Said]]:
        """What a message says, each with its key: words, and a note for each file with it.

        What was forwarded is never a command.

        Args:
            last: whether Slack will not send it again, so that a missing file is given up.
        """
        until = monotonic() + WITHIN
        for number, file in enumerate(heard.files or [None]):
            key, source = (_nth(name, number) for name in (heard.key, heard.source or ""))
            if file is None:
                yield key, Said("note" if heard.origin else "words", heard.text, source)
            elif not self.log.store.knows(key):
                text = "" if number else heard.text
                try:
                    handed = self.files.fetch(file, until)
                except NotFetched:
                    if not last:
                        raise
                    yield from _without_its_file(key, text, source, file)
                else:
                    yield key, Said("words", text, source, file=handed)

    def _record(self, key: str, address: Address, said: Said, cause: str = "") -> None:
        assessment, number, stakeholder = address
        stamp = stamp_of(address, self.clock(), cause or said.kind, key)
        try:
            hear(self.log, stamp, assessment, stakeholder, said, number)
        except Refused:
            logger.info("something said outside any round was refused")


def is_last(request: BoltRequest) -> bool:
    """Whether Slack has sent this as often as it ever does."""
    return request.headers.get("x-slack-retry-num", [""])[0] == MOST_RETRIES


def _typed(heard: Heard) -> str:
    """Words that may be a command: what is forwarded, or comes with a file, is none."""
    return "" if heard.origin or heard.files else heard.text


def _without_its_file(key: str, text: str, source: str, file: File) -> Iterator[tuple[str, Said]]:
    """Words are kept, and the person is told that the file did not come."""
    if text.strip():
        yield key, Said("note", text, source)
    yield f"{key}/lost", Said("words", "", file=Handed(file.name or file.id, b"", 0))


def stamp_of(address: Address, at: datetime, cause: str, key: str) -> Stamp:
    """The stamp of something a stakeholder did in Slack."""
    return Stamp(
        at=at, by=address.stakeholder, role="stakeholder", surface="slack", cause=cause, key=key
    )


def _nth(name: str, number: int) -> str:
    return f"{name}/{number}" if number else name
