"""A storm between us and Slack: deliveries repeated and late, calls refused or lost, deaths.

People are told apart from the weather: what they do was recorded on a calm day, and in the storm
they do the same, each thing only once they see on their screen what they saw then.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bots.slack.loopback.person import Person
from bots.slack.loopback.workspace import Message, Workspace
from support.loopback import Clock
from support.slack.crowd import PEOPLE, Pressed, Turn, make, name_of, next_turn, said, screen, shows
from support.slack.edge import Place, every_message_has_one_end, is_in_doubt
from support.slack.shaken import Killed, Kind, Shaken, bad_weather, shaken

METHODS = (
    "conversations.open", "conversations.history", "chat.postMessage", "chat.update",
)  # fmt: skip
FATES = (
    "heard and answered", "killed before it was heard", "disk full",
    "killed between the transaction and the reply",
)  # fmt: skip
TIMES = 5  # how often one delivery of Slack's arrives at most
PATIENCE = 60  # how often people look again for what they wait for


@dataclass
class Storm:
    """One run through the weather, the same for the same dice."""

    place: Shaken
    dice: random.Random
    raging: bool = True
    pressed: list[Pressed] = field(default_factory=list)
    late: list[Pressed] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)

    def go_through(self, script: list[Turn]) -> None:
        """People do what they did on the calm day; then the storm ends."""
        turns: dict[str, deque[Turn]] = defaultdict(deque)
        for turn in script:
            turns[turn.person].append(turn)
        while left := [name for name, queue in turns.items() if queue]:
            turn = turns[self.dice.choice(left)].popleft()
            self._wait_for(turn)
            self._deliver_all(self._do(turn))
            self._squall()
        self._end()

    def mortal(self) -> None:
        """The process may end here."""
        if self.raging and self.dice.random() < 0.07:
            self.tally["killed while speaking"] += 1
            raise Killed

    # -- people --------------------------------------------------------------------------------
    def _wait_for(self, turn: Turn) -> None:
        for _ in range(PATIENCE):
            # who types while that is in doubt is asked, which `test_late` holds
            if shows(self.place, turn) and not is_in_doubt(self.place, PEOPLE[turn.person][1]):
                return
            self._speak()
        raise AssertionError(f"{turn} was never to be seen")

    def _do(self, turn: Turn) -> list[Pressed]:
        self.pressed.clear()
        name = turn.person
        person = Person(self.place.workspace, name, self._post, PEOPLE[name][0])
        for move in turn.moves:
            make(person, move)
        return self.dice.sample(self.pressed, len(self.pressed))

    def _post(self, body: str, headers: Mapping[str, str]) -> int:
        self.pressed.append((body, headers))
        return 200

    # -- Slack's deliveries --------------------------------------------------------------------
    def _deliver_all(self, requests: Sequence[Pressed]) -> None:
        for body, headers in requests:
            sent = self._deliver(body, headers)
            self.late += [(body, headers)] * self.dice.randint(0, TIMES - sent)

    def _deliver(self, body: str, headers: Mapping[str, str]) -> int:
        """Send until it is answered; how often that was."""
        for sent in range(1, TIMES):
            again = {"x-slack-retry-num": str(sent - 1)} if sent > 1 else {}
            if self._attempt(body, {**headers, **again}) == 200:
                return sent
        assert self.place.carry(body, headers) == 200
        return TIMES

    def _attempt(self, body: str, headers: Mapping[str, str]) -> int | None:
        fate = self.dice.choices(FATES, (70, 8, 8, 14))[0]
        self.tally["deliveries"] += 1
        self.tally[fate] += 1
        match fate:
            case "killed before it was heard":
                self.place.restart()
                return None
            case "disk full":
                with self.place.broken():
                    return self.place.carry(body, headers)
            case "killed between the transaction and the reply":
                assert self.place.carry(body, headers) == 200
                self.place.restart()
                return None
        return self.place.carry(body, headers)

    def _squall(self) -> None:
        """Some of what Slack repeats arrives now, in any order, and the outbox may have its turn."""
        while self.late and self.dice.random() < 0.5:
            body, headers = self.late.pop(self.dice.randrange(len(self.late)))
            self.tally["deliveries"] += 1
            self.tally["repeated later"] += 1
            assert self.place.carry(body, {**headers, "x-slack-retry-num": "1"}) == 200
        if self.dice.random() < 0.4:
            self._speak()

    # -- our replies ---------------------------------------------------------------------------
    def _speak(self) -> None:
        self.place.clock.on(seconds=self.dice.choice((1, 20, 90, 600)))
        try:
            self.place.outbox.deliver()
        except Killed:
            self.place.restart()

    def _end(self) -> None:
        while self.late:
            self._squall()
        self.raging = False
        self.tally["calls"] += len(self.place.workspace.calls)
        self.place.workspace.trouble.clear()
        for _ in range(PATIENCE):
            self._speak()
            if self.place.outbox.in_doubt_until is None:
                return
        raise AssertionError("a message is in doubt for ever")


@contextmanager
def storm(folder: Path, seed: int, kind: Kind | None = None) -> Iterator[Storm]:
    """A place in the storm of one seed."""
    dice, clock = random.Random(seed), Clock()
    with Workspace(clock=lambda: clock().timestamp()) as workspace:
        place = shaken(folder, workspace, clock, kind or Kind())
        found = Storm(place, dice)
        place.mortal = found.mortal
        place.restart()
        for method in METHODS:
            workspace.trouble[method].extend(islice(bad_weather(dice), 2000))
        try:
            yield found
        finally:
            place.log.close()


def calm_day(folder: Path, seed: int, many: int = 12) -> tuple[Shaken, list[Turn]]:
    """The same place in fine weather, and what each did there."""
    dice, clock = random.Random(f"calm {seed}"), Clock()
    script: list[Turn] = []
    with Workspace(clock=lambda: clock().timestamp()) as workspace:
        place = shaken(folder, workspace, clock, Kind())
        place.outbox.deliver()
        for number, name in enumerate(list(PEOPLE) * many):
            turn = next_turn(dice, place, name, number)
            script.append(turn)
            person = place.person(name, PEOPLE[name][0])
            for move in turn.moves:
                make(person, move)
            clock.on(seconds=30)
            place.outbox.deliver()
    return place, script


# -- what must hold --------------------------------------------------------------------------------
def weather(folder: Path, seed: int, kind: Kind | None = None) -> Counter[str]:
    """One seed: a calm day, the same in a storm, and whether both came to the same.

    Returns:
        What happened, counted.
    """
    calm, script = calm_day(folder / f"calm {seed}", seed)
    try:
        return after(calm, script, folder, seed, kind)
    finally:
        calm.log.close()


def after(
    calm: Shaken, script: list[Turn], folder: Path, seed: int, kind: Kind | None = None
) -> Counter[str]:
    """The storm of a seed after its calm day; what happened, counted."""
    with storm(folder / f"storm {seed}", seed, kind) as run:
        run.go_through(script)
        holds(calm, run.place, seed)
    return run.tally + Counter(moves=sum(len(turn.moves) for turn in script))


def holds(calm: Place, place: Place, seed: int) -> None:
    """Every answer once, every message once, nothing after a withdrawal, no call too soon."""
    every_message_has_one_end(place)
    for name, (_, stakeholder) in PEOPLE.items():
        assert said(place, stakeholder) == said(calm, stakeholder), f"seed {seed}"
        assert screen(place, name) == screen(calm, name), f"seed {seed}"
        nothing_is_said_after_a_withdrawal(place, name, stakeholder)
    assert place.workspace.too_soon == 0, f"seed {seed}"


def nothing_is_said_after_a_withdrawal(place: Place, name: str, stakeholder: str) -> None:
    """Once somebody has withdrawn, they hear that it was understood, and nothing more."""
    for fact in place.facts("InterviewWithdrawn"):
        if fact.stream.stakeholder == stakeholder:
            at = fact.stamp.at.timestamp() + 0.5  # the clock stood still while more was said
            later = [one for one in place.workspace.inbox(name) if float(one.ts) > at]
            assert all(fact.version <= _version(one) for one in later)


def _version(message: Message) -> int:
    """The version of the interview that a message shows."""
    return int(name_of(message).rpartition(" ")[2])
