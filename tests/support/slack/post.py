"""The way between Slack and the product: what people do arrives late, twice, in another order.

A click is sent to the product at once, as Slack does, and again if nobody answered. A message, an
edit or a deletion is sent again after a minute, five minutes and an hour, as Slack's retries are.
"""

from __future__ import annotations

import heapq
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from typing import NamedTuple
from urllib.parse import parse_qs

from bots.slack.loopback.person import FORM, Person
from bots.slack.payloads import Heard, read_click, read_message
from support.slack.transcript import Transcript

AFTER = (0, 60, 300, 3600)  # seconds until Slack sends an event for the n-th time
LATE = (1, 20, 90, 400, 3600)  # how late an event may be in all, in seconds
OFTEN = 12  # how often anything is sent at most


class Sent(NamedTuple):
    """One request on its way; the earliest and then the first sent comes first."""

    due: float
    number: int
    person: str
    ref: str
    body: str
    kind: str
    tries: int


class Post:
    """Carries what people do to the product, badly.

    Args:
        attempt: hands one request over; its status, none when nobody answered.
        now: seconds, by the clock of the storm.
    """

    def __init__(
        self,
        transcript: Transcript,
        dice: random.Random,
        now: Callable[[], float],
        attempt: Callable[[str, Mapping[str, str]], int | None],
    ) -> None:
        self._transcript, self._dice = transcript, dice
        self._now, self._attempt = now, attempt
        self._on_the_way: list[Sent] = []
        self._numbers, self._heard = count(), set[str]()
        self.people: dict[str, Person] = {}
        self.calm, self.tally = False, Counter[str]()

    def person(self, person: Person) -> Person:
        """Let this person's acts go by this post."""
        self.people[person.name] = person
        person.carry = lambda body, headers: self._take(person.name, body, headers)
        return person

    def _take(self, person: str, body: str, headers: Mapping[str, str]) -> int:
        kind = headers["content-type"]
        act = _read(body, kind)
        assert act is not None
        self._transcript.lines[-1]["ref"] = act.key
        first = 0 if self.calm else self._late(kind)
        self.tally[f"{act.kind} sent"] += 1
        self._send(Sent(self._now() + first, 0, person, act.key, body, kind, 0))
        if not self.calm:
            for _ in range(self._dice.choice((0, 0, 0, 1, 2))):
                again = self._now() + first + self._dice.choice(LATE)
                self.tally["sent twice"] += 1
                self._send(Sent(again, 0, person, act.key, body, kind, 1))
        return 200

    def _late(self, kind: str) -> float:
        """How long the first delivery takes: most come at once, and one word in eight is late."""
        if self._dice.random() < (0.97 if kind == FORM else 0.87):
            return 0
        self.tally["late"] += 1
        return self._dice.choice(LATE)

    def _send(self, sent: Sent) -> None:
        heapq.heappush(self._on_the_way, sent._replace(number=next(self._numbers)))

    def deliver(self, *, everything: bool = False) -> None:
        """Deliver what is due now, or whatever is on the way."""
        while self._on_the_way and (everything or self._on_the_way[0].due <= self._now()):
            self._hand_over(heapq.heappop(self._on_the_way))

    def _hand_over(self, sent: Sent) -> None:
        person, tries = self.people[sent.person], sent.tries
        status = self._attempt(sent.body, person.sign(sent.body, sent.kind, min(tries, 3)))
        if status == 200:
            if sent.ref not in self._heard:
                self._heard.add(sent.ref)
                self._transcript.tell("heard", sent.person, ref=sent.ref)
        elif tries < OFTEN:
            self.tally["sent again"] += 1
            wait = AFTER[min(tries, len(AFTER) - 1)]
            self._send(sent._replace(due=self._now() + wait, tries=tries + 1))
        else:
            self._transcript.tell("never heard", sent.person, ref=sent.ref)


def _read(body: str, kind: str) -> Heard | None:
    if kind == FORM:
        return read_click(json.loads(parse_qs(body)["payload"][0]))
    return read_message(json.loads(body))
