"""Turns what Slack sends into a stakeholder's input; one transaction records it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from slack_bolt import Ack, BoltRequest

from bots import phrases
from bots.interview.conversation import Said
from bots.interview.evidence import Handed
from bots.interview.record import hear
from bots.phrases.coordinator import COORDINATORS_TYPE
from bots.slack.block_kit.blocks import Address
from bots.slack.directory import Directory
from bots.slack.envelopes import File
from bots.slack.files import WITHIN, Files, NotFetched
from bots.slack.home import Home
from bots.slack.not_on_panel import NotOnPanel
from bots.slack.payloads import Heard, read_click, read_message, read_opened_home
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log

MOST_RETRIES = "3"  # of one event, by Slack
logger = logging.getLogger("ehsg.slack")


class NotHeardYet(Exception):
    """An edit or a deletion came before its message; Slack sends it again."""


@dataclass(frozen=True)
class Listener:
    """The listeners for what people who are asked do in the chat and on their Home tab."""

    log: Log
    clock: Callable[[], datetime]
    directory: Directory
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
                self.home.draw(heard.person)
        else:
            logger.warning("a button of another person's interview was pressed and ignored")
            self.not_on_panel.turn_away(heard.person, phrases.NOT_FOR_YOU)
        ack()

    def message(self, ack: Ack, body: dict[str, Any], request: BoltRequest) -> None:
        """A message typed, edited or deleted."""
        heard = read_message(body)
        if heard is None:
            logger.debug("a message event that nobody typed was ignored")
        elif (address := self._address(heard)) is not None:
            for key, said in self._inputs(heard, last=_is_last(request)):
                self._record(key, address, said)
        elif heard.kind != "words":
            self._wait_for_its_message(heard)
        else:
            logger.info("a message from somebody no round waits for was ignored")
            self.not_on_panel.turn_away(heard.person, self._explanation(heard.person))
        ack()

    def opened_home(self, ack: Ack, body: dict[str, Any]) -> None:
        """The Home tab was opened, so it is drawn."""
        person = read_opened_home(body)
        if person is not None:
            self.home.draw(person)
        ack()

    def _address(self, heard: Heard) -> Address | None:
        if heard.kind == "words":
            return self.directory.newest(heard.person)
        return self.directory.of_note(heard.person, heard.source or "")

    def _wait_for_its_message(self, heard: Heard) -> None:
        """Have an edit or deletion sent again if its message was not recorded yet.

        A message that was recorded but is no note stays as it is.
        """
        is_asked = self.directory.newest(heard.person) is not None
        if is_asked and not self.log.store.knows(heard.source or ""):
            raise NotHeardYet

    def _explanation(self, person: str) -> str:
        is_coordinator = bool(self.directory.coordinated_by(person))
        return COORDINATORS_TYPE if is_coordinator else phrases.NOT_FOR_YOU

    def _inputs(self, heard: Heard, *, last: bool) -> Iterator[tuple[str, Said]]:
        """What a message says, each with its key: words, and a note for each file with it.

        Args:
            last: whether Slack will not send it again, so that a missing file is given up.
        """
        until = monotonic() + WITHIN
        for number, file in enumerate(heard.files or [None]):
            key, source = (_nth(name, number) for name in (heard.key, heard.source or ""))
            if heard.kind == "edit" and number:
                return
            if file is None or heard.kind != "words":
                yield key, Said(heard.kind, heard.text, source)
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

    def _record(self, key: str, address: Address, said: Said) -> None:
        assessment, number, stakeholder = address
        stamp = stamp_of(address, self.clock(), said.kind, key)
        try:
            hear(self.log, stamp, assessment, stakeholder, said, number)
        except Refused:
            logger.info("something said outside any round was refused")


def _is_last(request: BoltRequest) -> bool:
    """Whether Slack has sent this as often as it ever does."""
    return request.headers.get("x-slack-retry-num", [""])[0] == MOST_RETRIES


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
