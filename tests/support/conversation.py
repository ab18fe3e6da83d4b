"""A conversation file: who is asked what, what Ana says, what is said to her, what is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from uuid import UUID

from bots.interview import record
from ehsg_events.commands import assessments, links, rounds
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    HandOnAsked,
    NoteGiven,
    PrioritiesNamed,
    WordsStopped,
)
from ehsg_events.kernel import Recorded, Role, Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.states.streams import round_stream
from ehsg_events.values.policy import Policy, Terms
from guides import library
from support.area import OPENS
from support.places import TESTS

FILES = sorted(TESTS.glob("conversations/*.md"))
ASSESSMENT = UUID(int=20)
CHAT, FACTS = re.compile(r"```chat\n(.*?)```", re.S), re.compile(r"```facts\n(.*?)```", re.S)
ANA = "health-1"
IN_SLACK = "T0LOOPBACK/U0HEALTH"
SAID = {"health-2": "Nobody has asked families since the spring, and the parents' forum stopped."}
OTHERS = {"health-2": "0", "police-1": "1", "police-2": "1", "school-1": "4", "school-2": "1"}


@dataclass(frozen=True)
class Conversation:
    """One file of `conversations/`."""

    file: Path

    @cached_property
    def text(self) -> str:
        """The file as it stands."""
        return self.file.read_text(encoding="utf-8")

    @property
    def guide(self) -> str:
        """The guide it is about."""
        return "ehsg-2020@1" if "2020" in self.text else "ehsg-2022@1"

    @property
    def items(self) -> tuple[str, ...]:
        """The items that Ana is asked about, in the guide's order."""
        before = self.text.partition("```")[0]
        named = re.findall(r"\b(?:\d\.\d|families-\d|data-matching-\d|big-\d)\b", before)
        return tuple(item for item in library.guide(self.guide).guide.items if item in named)

    @property
    def is_second_round(self) -> bool:
        """Whether it is held in a feedback round, after five others have answered too."""
        return "feedback round" in self.text.partition("```")[0]

    @property
    def terms(self) -> Terms:
        """What she sees of the others: their reasons too where the file speaks of them."""
        shows_reasons = "others' reasons" in self.text.partition("```")[0]
        shown = "figures-and-reasons" if shows_reasons else "figures"
        return Terms(policy=Policy.model_validate({"shown": shown}))

    @property
    def said(self) -> list[str]:
        """What Ana says, a line each."""
        chat = CHAT.search(self.text)
        assert chat is not None, f"{self.file.name} has no chat"
        return [line[5:] for line in chat[1].splitlines() if line.startswith("Ana  ")]

    @property
    def recorded(self) -> list[str]:
        """What is written to be recorded."""
        facts = FACTS.search(self.text)
        assert facts is not None, f"{self.file.name} has no facts"
        return facts[1].splitlines()

    def open(self, log: Log, slack: str | None = None, at: datetime = OPENS) -> datetime:
        """Open the round that it is held in; the time it is held at."""
        keys = count()

        def stamp(by: str = "coordinator", role: Role = "coordinator") -> Stamp:
            key = f"open {next(keys)}"
            return Stamp(at=at, by=by, role=role, surface="command", cause=key, key=key)

        others = OTHERS if self.is_second_round else {}
        panel = [Member(ANA, "Ana A", "Health", "Visitor", self.items, slack)]
        panel += [_member(name, self.items) for name in others]
        by_hand = stamp()
        assessments.open_assessment(
            log, by_hand, ASSESSMENT, "Testham", self.guide, panel, self.terms
        )
        rounds.open_round(log, stamp(), ASSESSMENT, None)
        if not others:
            return at
        for name, value in {**others, ANA: "5"}.items():
            for item in self.items:
                once = stamp(name, "stakeholder")
                record.answer(log, once, ASSESSMENT, name, item, value, SAID.get(name))
        rounds.close_round(log, stamp(), ASSESSMENT)
        rounds.open_round(log, stamp(), ASSESSMENT, None)
        return at

    def facts(self, log: Log) -> list[str]:
        """What Ana's interview recorded, a line each."""
        number = 2 if log.read(round_stream(ASSESSMENT, 2)) else 1
        return [
            _fact(log, one)
            for one in log.all()
            if one.stream.kind == "interview" and one.stream.round == number
        ]

    def accept(self, chat: str, facts: list[str]) -> str:
        """The file with another chat and other facts."""
        now = CHAT.sub(lambda _: f"```chat\n{chat}\n```", self.text)
        return FACTS.sub(lambda _: "```facts\n" + "\n".join(facts) + "\n```", now)


CONVERSATIONS = [Conversation(file) for file in FILES]


def _member(name: str, items: tuple[str, ...]) -> Member:
    return Member(name, f"Given {name}", name.partition("-")[0].title(), "Lead", items, None)


def _fact(log: Log, recorded: Recorded) -> str:
    fact, kind = recorded.fact, type(recorded.fact).__name__
    match fact:
        case AnswerGiven() | AnswerAmended():
            seen = " informed" if fact.exposure.figures_round else ""
            seen += " and by reasons" if fact.exposure.reasons else ""
            return f"{kind} {fact.item} {fact.level or fact.kind} score={fact.score}{seen}"
        case NoteGiven():
            what = f" ({fact.evidence.kind})" if fact.evidence else ""
            return f"{kind} {fact.item} {fact.field} “{log.text(fact.words)}”{what}"
        case PrioritiesNamed():
            return f"{kind} {' '.join(fact.items)}"
        case WordsStopped():
            return f"{kind} {fact.concern}"
        case HandOnAsked():
            return f"{kind} “{log.text(fact.colleague)}”"
    return f"{kind} {getattr(fact, 'screen', getattr(fact, 'item', ''))}".rstrip()


def link(log: Log, at: datetime) -> str:
    """Ana's personal link to the newest round; its secret end."""
    stamp = Stamp(
        at=at, by="coordinator", role="coordinator", surface="command", cause="link", key="link"
    )
    return links.issue(log, stamp, ASSESSMENT, ANA)


def lines(said: list[str]) -> Iterator[str]:
    """What the bot says, as a chat is written."""
    for text in said:
        first, *rest = text.splitlines()
        yield f"Bot  {first}"
        yield from (f"     {line}".rstrip() for line in rest)
