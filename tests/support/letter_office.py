"""People who share nothing but e-mail: real letters over SMTP, real pages behind their links."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from unittest.mock import patch

from bots.delivery.outbox import Outbox
from bots.mail.compose import Composer
from bots.mail.smtp.sender import MailSender
from bots.web_settings import Settings as Web
from ehsg_events.log.log import Log
from support.at import commands_at
from support.loopback import Clock
from support.mail.letters import settings
from support.mail.sending import SHORT
from support.mail.server import MailServer, mail_server
from support.office import ASKED, BEGINS, NAMES, Office
from support.visitor import Visitor
from support.web.web import web

AGENCIES = ("Police", "Health", "Schools", "Housing", "Council", "Charity")
COORDINATOR = "cora.cole@council.testham.example.org"
AN_HOUR = timedelta(hours=1)
LINK = re.compile(r"^(?P<url>http://\S+/i/(?P<token>\S+))$", re.M)


@dataclass
class LetterOffice(Office):
    """An assessment whose people are reached by letters, and whose coordinator writes none."""

    server: MailServer = field(default_factory=MailServer)
    sender: MailSender = field(init=False)
    outbox: Outbox = field(init=False)
    read: int = 0  # how many letters of the server were read
    inbox: dict[str, list[EmailMessage]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A sender and an outbox as after a start."""
        chosen = settings(self.server.port, PER_MINUTE="6000")
        self.sender = MailSender(chosen, Event(), SHORT)
        composer = Composer(Web(url=self.address))
        self.outbox = Outbox(self.log, self.sender, self.clock, compose=composer, alone=True)

    def post(self) -> list[EmailMessage]:
        """Send what is due, and read what has arrived: everybody finds their link there."""
        self.outbox.deliver()
        new = self.server.letters[self.read :]
        self.read += len(new)
        letters = []
        for taken in new:
            letter = message_from_bytes(taken.content, policy=policy.default)
            (address,) = taken.to
            self.inbox.setdefault(address, []).append(letter)
            self._take_link(address, letter)
            letters.append(letter)
        return letters

    def _take_link(self, address: str, letter: EmailMessage) -> None:
        found = LINK.search(text_of(letter))
        if found and address != COORDINATOR:
            person = self.person_at(address)
            known = self.people.get(person)
            assert known is None or known.url == found["url"], "everybody has one link"
            if known is None:
                self.people[person] = Visitor(self.address, found["token"])

    def answers(self, person: str, *scores: str) -> None:
        """Open the link and answer everything, with these scores in turn and without words."""
        visitor, left = self.visit(person), list(scores)
        while True:
            labels = {button.label for form in visitor.page.forms for button in form.buttons}
            form = visitor.page.form("answer")
            if "Start" in labels:
                visitor.press("Start")
            elif form.radios and left:
                visitor.choose(left.pop(0))
            elif any(name.startswith("words") for name in form.values):
                visitor.say("next")
            else:
                break
        assert not left, visitor.page.text

    def person_at(self, address: str) -> str:
        """Whose address it is."""
        name, _, agency = address.partition("@")
        return f"{agency.partition('.')[0]}-{int(name.removeprefix('person')) // len(AGENCIES) + 1}"

    def until(self, day: str) -> None:
        """Go on to a time hour by hour, and write what is due."""
        from datetime import UTC, datetime

        then = datetime.fromisoformat(day).replace(tzinfo=UTC)
        while self.clock() < then:
            step = min(self.clock() + AN_HOUR * 3, then)
            super().until(step.strftime("%Y-%m-%d %H:%M"))
            self.post()


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def panel_rows(many: int) -> list[str]:
    """So many people of six agencies, each with an address."""
    return [
        f"{NAMES[n % len(NAMES)]} {'I' * (n // len(NAMES) + 1)},{AGENCIES[n % len(AGENCIES)]},lead,"
        f"{ASKED},person{n}@{AGENCIES[n % len(AGENCIES)].lower()}.testham.example.org"
        for n in range(many)
    ]


@contextmanager
def letter_office(folder: Path, many: int) -> Iterator[LetterOffice]:
    """The panel file of so many people, a mail server, the pages, and an empty log."""
    clock = Clock(BEGINS)
    rows = ["name,agency,works_as,asked,email", *panel_rows(many)]
    (folder / "panel.csv").write_text("\n".join(rows) + "\n")
    log = Log(folder / "data")
    with (
        patch.dict(os.environ, {"EHSG_MAIL_URL": "smtp://127.0.0.1"}),
        commands_at(clock),
        web(log, clock) as address,
        mail_server() as server,
    ):
        place = LetterOffice(folder, clock, log, address, server=server)
        try:
            yield place
        finally:
            for visitor in place.people.values():
                visitor.close()
            place.sender.__exit__()
            log.close()
