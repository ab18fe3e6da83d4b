"""Slack's address as anybody may call it: what comes in, what is recorded, what the log lines tell."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from bots.slack.loopback.person import FORM, JSON, Person
from bots.slack.loopback.workspace import Message
from support.slack.edge import Place, http, slack

SECRETS = ("zebra", "U0POLICE", "U0HEALTH", "T0LOOPBACK", "T0ELSEWHERE", "DU0POLICE")
HARMLESS = {
    "InputRefused", "NothingChanged", "MessageClaimed", "MessageDelivered", "MessageWithheld",
}  # fmt: skip


@dataclass
class Door:
    """Slack's address over real HTTP, with a question waiting for one person."""

    place: Place
    question: Message
    told: pytest.LogCaptureFixture

    @property
    def me(self) -> Person:
        """The person who is asked."""
        return self.place.person()

    @contextmanager
    def unmoved(self, told: str = "") -> Iterator[None]:
        """Nothing is recorded meanwhile but at most a refusal; the log lines tell that and no more."""
        before = self.place.log.store.last_position()
        self.told.clear()
        with self.told.at_level(logging.DEBUG):
            yield
        facts = self.place.log.all(before)
        assert {type(one.fact).__name__ for one in facts} <= HARMLESS
        assert told in self.told.text
        assert not [secret for secret in SECRETS if secret in self.told.text]

    def press(self, change: Callable[[dict[str, Any]], object]) -> int:
        """The waiting question's 3, in a payload that was changed before it was signed."""
        sent: list[str] = []

        def keep(body: str, _: Mapping[str, str]) -> int:
            sent.append(body)
            return 200

        me = Person(self.place.workspace, "U0POLICE", keep)
        me.click(self.question, "answer:5.1:3")
        payload = json.loads(parse_qs(sent[0])["payload"][0])
        change(payload)
        return self.me.send(urlencode({"payload": json.dumps(payload)}), FORM).status

    def post(self, body: str, kind: str = JSON, **headers: str | None) -> int:
        """A signed body, with headers changed or taken away."""
        signed: dict[str, str | None] = {**self.me.sign(body, kind), **headers}
        return self.place.carry(body, {k: v for k, v in signed.items() if v is not None})

    def words(self, **changed: Any) -> dict[str, Any]:
        """An event that somebody typed something."""
        typed = {"type": "message", "user": "U0POLICE", "ts": "1.2", "text": "zebra 3"}
        return {**typed, "channel": "DU0POLICE", "channel_type": "im", **changed}


@contextmanager
def door_of(folder: Path, told: pytest.LogCaptureFixture) -> Iterator[Door]:
    """An open round, with the first question on a person's screen."""
    with slack(folder) as place:
        question = place.begin()
        with http(place):
            yield Door(place, question, told)
