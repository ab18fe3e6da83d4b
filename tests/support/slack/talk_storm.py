"""A storm with words in it: people on two panels type and press while everything goes wrong.

Each person looks at their own screen at that moment and nowhere else. What stood there, what they
did, and what the bot said is written as a transcript, which `support.transcripts` reads apart.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID

from slack_sdk.http_retry import builtin_handlers

from bots.slack.loopback.http import Trouble
from bots.slack.loopback.person import Person
from bots.slack.settings import Settings
from ehsg_events.commands import assessments, rounds
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Terms
from support.loopback import Clock
from support.slack.post import Post
from support.slack.shaken import Killed, Kind, Shaken
from support.slack.talkers import Talker
from support.slack.transcript import Transcript, Watched, about, write_facts

AREAS = {UUID(int=71): "Testham", UUID(int=72): "Northvale"}
ASKED = (("5.1", "5.2"), ("5.1", "6.1"))
WHO = {  # who is on which panel, by their pseudonyms
    "U0ALICE": ("police-1", "health-2"),
    "U0BORIS": ("school-1", "school-7"),
    "U0CARLA": ("health-1", ""),
    "U0DEVIN": ("", "police-9"),
}
ITEMS = ("5.1", "5.2", "6.1")
ACTS = 56  # of all people together, in one storm
METHODS = ("conversations.open", "conversations.history", "chat.postMessage", "chat.update")
QUIET_ACTS = 3  # of each person, once the storm is over
PATIENCE = 60  # how often people look again at the end, and how often they press
FATES = ("heard", "killed before", "disk full", "killed after")


@dataclass
class TalkStorm:
    """One storm, the same for the same dice."""

    place: Shaken
    transcript: Transcript
    dice: random.Random
    post: Post = field(init=False)
    talkers: list[Talker] = field(init=False)
    raging: bool = True
    tally: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        now = lambda: self.place.clock().timestamp()  # noqa: E731
        self.post = Post(self.transcript, self.dice, now, self.attempt)
        space, carry = self.place.workspace, self.place.carry
        people = (self.post.person(Person(space, name, carry)) for name in WHO)
        self.talkers = [Talker(person, self.transcript, self.dice, ITEMS) for person in people]

    def rage(self) -> None:
        """People talk while everything goes wrong; then the storm ends, and all of it arrives."""
        for _ in range(PATIENCE):
            if all(talker.inbox for talker in self.talkers):
                break
            self.speak()
        for _ in range(ACTS):
            self.dice.choice(self.talkers).act()
            self.place.clock.on(seconds=self.dice.choice((0, 0, 1, 5, 30, 120)))
            self.post.deliver()
            if self.dice.random() < 0.6:
                self.speak()
        self._calm_down()

    def _calm_down(self) -> None:
        self.raging, self.post.calm = False, True
        self.place.workspace.trouble.clear()
        self.place.clock.on(hours=2)
        self.post.deliver(everything=True)
        self.speak_until_nothing_is_in_doubt()
        last = self.place.log.store.last_position()
        self.transcript.tell("calm", position=last)

    def finish(self) -> None:
        """Everybody does a few things more, then presses what leads on until nothing is asked."""
        for talker in self.talkers * QUIET_ACTS:
            talker.act()
            self._hear_and_speak()
        for talker, pseudonyms in zip(self.talkers, WHO.values(), strict=True):
            for area, pseudonym in zip(AREAS, pseudonyms, strict=True):
                for _ in range(PATIENCE):
                    if not pseudonym or self._is_over(area, pseudonym):
                        break
                    talker.go_on(str(area), _straight_on)
                    self._hear_and_speak()
        self.transcript.tell("end", position=self.place.log.store.last_position())

    def _hear_and_speak(self) -> None:
        self.post.deliver(everything=True)
        self.place.clock.on(seconds=5)
        self.speak_until_nothing_is_in_doubt()

    def speak_until_nothing_is_in_doubt(self) -> None:
        for _ in range(PATIENCE):
            self.speak()
            if self.place.outbox.in_doubt_until is None:
                return

    def _is_over(self, area: UUID, pseudonym: str) -> bool:
        interview = self.place.log.read(interview_stream(area, 1, pseudonym))
        return interview.completed or interview.withdrawn

    # -- what goes wrong ---------------------------------------------------------------------------
    def mortal(self) -> None:
        """The process may end here: before a message is sent, or before that is recorded."""
        if self.raging and self.dice.random() < 0.06:
            self.tally["killed while speaking"] += 1
            raise Killed

    def attempt(self, body: str, headers: Mapping[str, str]) -> int | None:
        fate = self.dice.choices(FATES, (80, 5, 5, 10))[0] if self.raging else "heard"
        self.tally[fate] += 1
        match fate:
            case "killed before":
                self.place.restart()
                return None
            case "disk full":
                with self.place.broken():
                    return self.place.carry(body, headers)
            case "killed after":
                self.place.carry(body, headers)
                self.place.restart()
                return None
        return self.place.carry(body, headers)

    def speak(self) -> None:
        self.place.clock.on(seconds=self.dice.choice((1, 1, 5, 90)))
        try:
            self.place.outbox.deliver()
        except Killed:
            self.place.restart()


def _straight_on(offered: list[str]) -> str:
    """The third score, or else the first way on."""
    scores = [token for token in offered if token.startswith("answer:")]
    return scores[2] if len(scores) > 2 else offered[0]  # one or two: whether a score is meant


def bad_calls(dice: random.Random) -> Iterator[Trouble | None]:
    """Every third call is told to wait a second; of the rest some are lost, refused or fail."""
    while True:
        for number in range(3):
            if number == 1:
                yield Trouble("ratelimited", 1)
                continue
            kind = dice.choices(("lost", "refused", "error", ""), (8, 5, 4, 83))[0]
            yield Trouble(kind) if kind else None  # type: ignore[arg-type]


@contextmanager
def talk_storm(folder: Path, seed: int, kind: Kind | None = None) -> Iterator[TalkStorm]:
    """Two areas in one data folder, their rounds open, and the storm of one seed over them."""
    dice, clock, transcript = random.Random(f"talk {seed}"), Clock(), Transcript()
    random.seed(seed)  # the library adds a chance of its own to what it waits
    waiting = SimpleNamespace(sleep=lambda seconds: clock.on(seconds=seconds))
    Watched.transcript = transcript
    with (
        Watched(clock=lambda: clock().timestamp()) as workspace,
        patch.object(builtin_handlers, "time", waiting),
    ):
        place = _place(folder, workspace, clock, kind or Kind())
        storm = TalkStorm(place, transcript, dice)
        place.mortal = storm.mortal
        place.restart()
        for method in METHODS:
            calls = bad_calls(dice)
            workspace.trouble[method].extend(next(calls) for _ in range(2000))
        try:
            yield storm
        finally:
            place.log.close()


def _place(folder: Path, workspace: Watched, clock: Clock, kind: Kind) -> Shaken:
    settings = Settings("http", workspace.token, workspace.signing_secret, api_url=workspace.url)
    first = next(iter(AREAS))
    log = kind.log(folder)
    place = Shaken(log, workspace, clock, settings, first, kind=kind, mortal=lambda: None)
    for number, name in enumerate(AREAS.values()):
        stamps = place.stamp(f"open {name}"), place.stamp(f"round {name}")
        open_area(place.log, stamps, number, workspace.team, Terms())
        clock.on(minutes=1)
    return place


def open_area(log: Log, stamps: tuple[Stamp, Stamp], number: int, team: str, terms: Terms) -> None:
    """Open one of the two areas, and its first round."""
    area, name = list(AREAS.items())[number]
    panel = tuple(
        Member(asked[number], f"{who.title()} Quill", asked[number][:-2].title(), "lead",
               ASKED[number], f"{team}/{who}")
        for who, asked in WHO.items() if asked[number]
    )  # fmt: skip
    assessments.open_assessment(log, stamps[0], area, name, "ehsg-2022@1", panel, terms)
    rounds.open_round(log, stamps[1], area, None)


def transcribed(folder: Path, seed: int, kind: Kind | None = None) -> Counter[str]:
    """Live through one storm; leave `transcript.jsonl` and `facts.jsonl` in the folder.

    Returns:
        What happened, counted.
    """
    folder.mkdir(parents=True)
    with talk_storm(folder / "data", seed, kind) as storm:
        return live(storm, folder, seed)


def live(storm: TalkStorm, folder: Path, seed: int) -> Counter[str]:
    """Let a storm happen, and write down what stood on the screens and what is on the log."""
    panels = {
        area: {who: asked[number] for who, asked in WHO.items() if asked[number]}
        for number, area in enumerate(AREAS)
    }
    storm.transcript.tell("about", seed=seed, **about(AREAS, panels))
    storm.rage()
    storm.finish()
    storm.transcript.write(folder / "transcript.jsonl")
    write_facts(storm.place.log, folder / "facts.jsonl")
    return storm.tally + storm.post.tally
