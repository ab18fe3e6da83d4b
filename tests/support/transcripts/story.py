"""A transcript replayed: what stood on a person's screen when they did each thing."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

Line = Mapping[str, Any]
ACTS = ("clicked", "typed", "edited", "deleted")
SCORE = "score"
ASKS = re.compile(r"(answer|next):([^:]+):([^:]+)")
LEADS_ON = ("start", "resume")  # what a button may stand for that shows the question again


class Fault(NamedTuple):
    """What is not as it was promised: by which rule, to whom, at which line, in words."""

    rule: str
    person: str
    line: int
    says: str


class Question(NamedTuple):
    """What a message asks: in which area, about which item, its score or one of its boxes."""

    area: str
    item: str
    field: str


class Shown(NamedTuple):
    """A message of the bot as it stands: since which line, in which area, what it offers."""

    ts: str
    line: int
    area: str
    text: str
    buttons: tuple[Line, ...]

    @property
    def offers(self) -> list[str]:
        """What its buttons stand for."""
        return [button["offers"] for button in self.buttons if "offers" in button]

    @property
    def asks(self) -> Question | None:
        """The question that it puts, while its buttons take an answer to it.

        What offers to go on instead only asks about words that were not clear.
        """
        if any(offer in LEADS_ON for offer in self.offers):
            return None
        for offer in self.offers:
            match = ASKS.fullmatch(offer)
            if match:
                field = SCORE if match[1] == "answer" else match[3]
                return Question(self.area, match[2], field)
        return None


@dataclass(frozen=True)
class Act:
    """One thing that a person did, and what stood on their screen then, oldest first."""

    number: int
    line: Line
    screen: tuple[Shown, ...]

    @property
    def person(self) -> str:
        """Who did it."""
        return str(self.line["person"])

    @property
    def newest(self) -> Shown | None:
        """The newest message on the screen."""
        return self.screen[-1] if self.screen else None

    @property
    def asked(self) -> Question | None:
        """The newest question on the screen that takes an answer."""
        return next((q for shown in reversed(self.screen) if (q := shown.asks)), None)

    @property
    def pressed(self) -> Shown | None:
        """The message whose button was pressed, as it stood."""
        return next((shown for shown in self.screen if shown.ts == self.line.get("ts")), None)


@dataclass(frozen=True)
class Story:
    """A transcript with the facts of the log it led to, and the folder that the log lies in."""

    lines: list[Line]
    facts: list[Line]
    data: Path | None = None
    about: Line = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", self.lines[0])

    @cached_property
    def acts(self) -> dict[str, Act]:
        """What people did, by the reference that each carried to the product."""
        return {
            str(line["ref"]): Act(number, line, screen)
            for number, line, screen in self._replayed
            if line["what"] in ACTS and "ref" in line
        }

    def at(self, what: str) -> int:
        """Where a line of a kind stands, the end of the transcript if nowhere."""
        kinds = [line["what"] for line in self.lines]
        return kinds.index(what) if what in kinds else len(kinds)

    def screen(self, person: str, until: int) -> list[Shown]:
        """What stands on a person's screen before a line, oldest first."""
        shown: dict[str, Shown] = {}
        for number, line in enumerate(self.lines[:until]):
            if line.get("person") == person and line["what"] in ("posted", "changed"):
                shown[line["ts"]] = _shown(number, line)
        return sorted(shown.values(), key=_time)

    def said_to(self, person: str, after: int, until: int | None = None) -> Iterator[Shown]:
        """What the bot posted or changed for a person between two lines."""
        for number, line in enumerate(self.lines[after + 1 : until], after + 1):
            if line.get("person") == person and line["what"] in ("posted", "changed"):
                yield _shown(number, line)

    @cached_property
    def heard(self) -> dict[str, int]:
        """The line at which the product had acknowledged each act."""
        lines = enumerate(self.lines)
        return {line["ref"]: number for number, line in lines if line["what"] == "heard"}

    @cached_property
    def interviews(self) -> list[tuple[str, str, str]]:
        """Every person's interviews: who in Slack, in which area, by which pseudonym."""
        people = self.about["people"]
        return [(who, area, name) for area in people for who, name in people[area].items()]

    def caused(self, kinds: tuple[str, ...] = ()) -> Iterator[tuple[Line, Act]]:
        """The facts of interviews, each with the act that caused it."""
        for fact in self.facts:
            act = self.acts.get(fact["stamp"]["key"].partition("/")[0])
            wanted = not kinds or fact["kind"] in kinds
            if act and wanted and fact["stream"]["kind"] == "interview":
                yield fact, act

    @cached_property
    def _replayed(self) -> list[tuple[int, Line, tuple[Shown, ...]]]:
        screens: dict[str, dict[str, Shown]] = defaultdict(dict)
        replayed = []
        for number, line in enumerate(self.lines):
            screen = screens[line.get("person", "")]
            replayed.append((number, line, tuple(sorted(screen.values(), key=_time))))
            if line["what"] in ("posted", "changed"):
                screen[line["ts"]] = _shown(number, line)
        return replayed


def _shown(number: int, line: Line) -> Shown:
    areas = [button["of"] for button in line["buttons"] if "of" in button]
    area = str(line.get("name") or "").partition("/")[0] or (areas[0] if areas else "")
    return Shown(line["ts"], number, area, line["text"], tuple(line["buttons"]))


def _time(shown: Shown) -> float:
    return float(shown.ts)


def newest_of(shown: list[Shown], area: str) -> Shown | None:
    """The newest message of an area."""
    return next((one for one in reversed(shown) if one.area == area), None)


def read(folder: Path) -> Story:
    """The story that a storm left in a folder."""
    return Story(
        _lines(folder / "transcript.jsonl"), _lines(folder / "facts.jsonl"), folder / "data"
    )


def _lines(file: Path) -> list[Line]:
    return [json.loads(line) for line in file.read_text().splitlines()]
