"""A place in Slack whose process may end at any time, and the weather between it and Slack."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import uuid4

from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import build_app, web_client
from bots.slack.loopback.http import Trouble
from bots.slack.loopback.person import in_process
from bots.slack.loopback.workspace import Workspace
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings
from ehsg_events.log.log import Log
from support.loopback import Clock
from support.slack.edge import Place


class Killed(BaseException):
    """The process ended here; nothing of it is left but what is on the disk."""


class Mortal(SlackSender):
    """Speaks, but the process may end before it did, or right after Slack took the message."""

    mortal: Callable[[], None] = staticmethod(lambda: None)

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        self.mortal()
        said = super().post(person, promise, prompt, look=look)
        self.mortal()
        return said

    def change(self, person: str, reference: str, promise: Promise, prompt: Prompt) -> None:
        self.mortal()
        super().change(person, reference, promise, prompt)
        self.mortal()


@dataclass
class Kind:
    """What the place is built of: a test may put in something broken."""

    sender: type[Mortal] = Mortal
    log: type[Log] = Log


@dataclass
class Shaken(Place):
    """A place whose process may be killed and started again at any time."""

    kind: Kind = field(default_factory=Kind)
    mortal: Callable[[], None] = lambda: None

    def restart(self) -> None:
        """Drop everything in memory and build it anew from the disk."""
        self.workspace.forgive()
        self.log.close()
        self.log = self.kind.log(self.log.folder)
        self.app = build_app(self.log, self.settings, self.clock)
        self.carry = in_process(self.app)
        sender = self.kind.sender(web_client(self.settings), self.clock)
        sender.mortal = self.mortal
        self.outbox = Outbox(self.log, sender, self.clock)


def shaken(folder: Path, workspace: Workspace, clock: Clock, kind: Kind) -> Shaken:
    """A place with its round open, built of a kind."""
    settings = Settings("http", workspace.token, workspace.signing_secret, api_url=workspace.url)
    place = Shaken(kind.log(folder), workspace, clock, settings, uuid4(), kind=kind)
    place.open(place.assessment)
    return place


def bad_weather(dice: random.Random) -> Iterator[Trouble | None]:
    """What happens to one call of the Web API after the other: a third is told to wait.

    Never more often than Slack's library is patient: it waits as told, five times.
    """
    in_a_row = 0
    while True:
        kinds: list[Literal["ratelimited", "lost", "refused", "error", ""]]
        kinds = dice.choices(["ratelimited", "lost", "refused", "error", ""], (34, 6, 5, 4, 51))
        in_a_row = in_a_row + 1 if kinds == ["ratelimited"] else 0
        yield Trouble(kinds[0], dice.randint(1, 30)) if kinds[0] and in_a_row <= 5 else None
