"""An area of which some have Slack, some have not, and one is gone; what everybody reads is kept.

Dice choose what the coordinator types, what people answer, when the clock goes on, and when the
outbox comes to speak: so that much is decided which no message and no hand has told anybody yet.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import uuid4

from bots.messages.owed import stand_in_of
from bots.messages.reminded import reminded
from bots.phrases.nudges import reminded as sentences
from bots.slack.loopback.http import Trouble
from ehsg_events.commands import assessments, rounds
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.policy import Policy, Rule, Step, Terms
from support.at import commands_at
from support.ehsg import ehsg
from support.office import Said
from support.slack.edge import Place, empty
from support.slack.transcript import facts_of
from support.transcripts.claims import Untrue, untrue

ITEMS = ("5.1", "5.2")
TERMS = Terms(
    rule=Rule(quorum_invited=0.3, rounds=2),
    policy=Policy(
        reminder_cap=2,
        escalation=(
            Step(to="backup", before=timedelta(days=4)),
            Step(to="coordinator", before=timedelta(days=1)),
        ),
    ),
)
READ = ("waiting", "round status", "nudges", "progress", "trail", "participation")
DEEDS = {  # what happens, and how often
    "time": 20, "tick": 14, "deliver": 14, "answer": 12, "nudge": 8, "told": 13, "extend": 3,
    "leave": 3, "come back": 2, "release": 2, "join": 3, "hand over": 2, "correct": 2, "link": 4,
    "close": 2, "open": 2, "reopen": 1, "trouble": 5,
}  # fmt: skip
LENGTH = 60


def _member(number: int, name: str, agency: str, *, here: bool) -> Member:
    backup = StandsBy("manager", f"Max {name}", f"T0LOOPBACK/U0MAX{number}" if here else None)
    return Member(
        f"{agency.lower()}-{number}", f"{name} Quill", agency, "lead", ITEMS,
        f"T0LOOPBACK/U0P{number}" if here else None, backup=backup if number % 2 else None,
    )  # fmt: skip


NAMES = ("Ada", "Ben", "Cy", "Di", "Eli", "Fay")
AGENCIES = ("Police", "Health", "Schools")
PANEL = tuple(
    _member(number + 1, name, AGENCIES[number % 3], here=number % 2 == 0)
    for number, name in enumerate(NAMES)
)


@dataclass
class Mixed:
    """One history, the same for the same dice."""

    place: Place
    dice: random.Random
    said: list[Said] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """By the clock of all."""
        return self.place.clock()

    def live(self) -> None:
        """Something happens, and now and then everybody reads what stands there."""
        stamp = self.place.stamp
        assessments.open_assessment(
            self.place.log,
            stamp("open"),
            self.place.assessment,
            "Testham",
            "ehsg-2022@1",
            PANEL,
            TERMS,
        )
        for number in range(self.dice.choice((0, 1, 1))):
            slack = ("--slack", f"T0LOOPBACK/U0CORA{number}") if self.dice.random() < 0.7 else ()
            self.type("coordinator", "add", "--name", f"Cora{number} Cole", *slack)
        self.type("round", "open")
        for _ in range(LENGTH):
            self.do(self.dice.choices([*DEEDS], [*DEEDS.values()])[0])
            if self.dice.random() < 0.12:
                self.read()
        self.read()

    def read(self) -> None:
        """The coordinator reads all that is to be read, and people whatever came to stand."""
        for words in READ:
            self.type(*words.split())
        for channel, messages in self.place.workspace.messages.items():
            for message in messages.values():
                if message.ts not in self.seen:
                    self.seen.add(message.ts)
                    self._keep(channel, "Slack", message.text)

        number = len(self.place.log.situation(self.place.assessment).rounds)
        for person in PANEL:
            mine = reminded(self.place.log, self.place.assessment, number, person.id)
            others = {"Your manager": stand_in_of(person.id), "Your coordinator": "coordinator-1"}
            said = sentences(mine)
            for whom, pseudonym in others.items():
                said = said.replace(whom, pseudonym)
            self._keep(person.id, "my reminders", said)

    def type(self, *words: str) -> None:
        """The coordinator types a command, and reads what it says, also when it is refused."""
        ran = ehsg(self.place.log.folder, *words)
        self._keep("coordinator", f"ehsg {' '.join(words)}", f"{ran.out}\n{ran.err}")

    def _keep(self, who: str, where: str, words: str) -> None:
        self.said.append(Said(self.now, who, where, words))

    def untrue(self) -> list[Untrue]:
        """Everything that was read of being told, reminded or invited and was not so."""
        facts = facts_of(self.place.log)
        state = self.place.log.assessment(self.place.assessment)
        names = {
            called: one
            for one, member in state.panel.items()
            for called in (one, self.place.log.text(member.name) or one)
        }
        beside = ("coordinator-1", *(stand_in_of(person) for person in state.panel))
        names |= dict(zip(beside, beside, strict=True))
        return list(untrue(self.said, facts, names))

    # -- what happens ------------------------------------------------------------------------------
    def do(self, name: str) -> None:  # noqa: C901, PLR0912 - one case for each deed
        """One deed, which may be refused."""
        who, item = self.dice.choice(PANEL), self.dice.choice(ITEMS)
        match name:
            case "time":
                self.place.clock.on(hours=self.dice.choice((1, 3, 8, 20, 30, 70)))
            case "tick":
                self._tick()
            case "deliver":
                self.place.outbox.deliver()
            case "answer":
                self.type("answer", who.id, item, self.dice.choice("12345"))
            case "nudge":
                self.type("nudge")
            case "told":
                of = self.dice.choice(((), (), ("--of", "reminder"), ("--of", "invitation")))
                self.type("told", who.id, "--by", self.dice.choice(("telephone", "letter")), *of)
            case "extend":
                until = (self.now + timedelta(days=self.dice.randint(2, 20))).date().isoformat()
                self.type("round", "extend", "--deadline", until, "--because", "floods")
            case "leave":
                self.place.workspace.left.add((who.slack or "").rpartition("/")[2])
            case "come back":
                self.place.workspace.left.clear()
            case "release":
                self.type("panel", "release", who.id, "--because", "moved")
            case "join":
                slack = ("--slack", f"T0LOOPBACK/U0N{len(self.said)}")
                self.type("panel", "add", "--name", f"Gus{len(self.said)} Gale", "--agency", "Police",
                          "--works-as", "lead", "--asked", item, *slack[: self.dice.choice((0, 2))])  # fmt: skip
            case "hand over":
                self.type("hand-on", "agree", who.id, "--to", self.dice.choice(PANEL).id)
            case "correct":
                self.type("panel", "correct", who.id, "--slack", f"T0LOOPBACK/U0C{len(self.said)}")
            case "link":
                self.type("link", who.id)
            case "close":
                self.type("round", "close")
            case "open":
                self.type("round", "open")
            case "reopen":
                self.type("round", "reopen", "--because", "late answers")
            case "trouble":
                kind: Literal["lost", "refused", "error"] = self.dice.choice(
                    ("lost", "refused", "error")
                )
                self.place.workspace.trouble["chat.postMessage"].append(Trouble(kind))

    def _tick(self) -> None:
        key = uuid4().hex
        stamp = Stamp(at=self.now, by="clock", role="clock", surface="flow", cause="tick", key=key)
        try:
            rounds.advance(self.place.log, stamp, self.place.assessment)
        except Refused as refusal:
            raise AssertionError("the clock is never refused") from refusal


def untrue_in(folder: Path, seed: int) -> tuple[int, list[Untrue]]:
    """Live through one history; how much was read in it, and what of that was not so."""
    with empty(folder) as place, commands_at(place.clock):
        mixed = Mixed(place, random.Random(f"mixed {seed}"))
        mixed.live()
        return len(mixed.said), mixed.untrue()
