"""A timeline file: a policy, a panel, what people do, and what the round then does day by day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bots.interview import record
from bots.interview.said import Said
from ehsg_events.commands import panel as joining
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.policy.rules_file import read_rules
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Terms
from support.area import Area
from support.log.timeline_facts import told
from support.places import TESTS

FILES = sorted(TESTS.glob("timelines/*.md"))
FENCE = r"```{}\n(.*?)```"
LONDON = ZoneInfo("Europe/London")
ITEMS = ("5.1", "5.2")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Timeline:
    """One file of `timelines/`."""

    file: Path

    @cached_property
    def text(self) -> str:
        """The file as it stands."""
        return self.file.read_text(encoding="utf-8")

    def block(self, name: str) -> str:
        """What stands in a fenced block."""
        found = re.search(FENCE.format(name), self.text, re.S)
        assert found is not None, f"{self.file.name} has no {name}"
        return found[1]

    @property
    def terms(self) -> Terms:
        """The rules, as a coordinator's file says them."""
        return read_rules(self.block("yaml"), self.file.name)

    @property
    def panel(self) -> tuple[Member, ...]:
        """The people of the table."""
        rows = [line.strip("|").split("|") for line in self.text.splitlines() if line[:1] == "|"]
        return tuple(_member(*(cell.strip() for cell in row)) for row in rows[2:])

    @property
    def happens(self) -> list[tuple[datetime, str]]:
        """What is done, and when."""
        lines = [line.partition(": ") for line in self.block("happens").splitlines()]
        return [(_read(when), what) for when, _, what in lines]

    def lived(self, log: Log) -> list[str]:
        """Live it through, the clock heard every full hour; what happened, a line each time."""
        area, left, off = Area(log), self.happens, False
        area.open(self.panel, terms=self.terms, at=left[0][0])
        now = left[0][0].replace(minute=0)
        while left:
            while left and left[0][0] < now + HOUR:
                at, what = left.pop(0)
                off = what.startswith("the machine stops") or (off and "the machine is" not in what)
                _do(area, what, at)
            now += HOUR
            if not off:
                area.advance(now)
        return list(_lines(area))

    def accept(self, lines: list[str]) -> str:
        """The file with another timeline."""
        now = "```timeline\n" + "\n".join(lines) + "\n```"
        return re.sub(FENCE.format("timeline"), lambda _: now, self.text, flags=re.S)


TIMELINES = [Timeline(file) for file in FILES]


def _member(name: str, works: str, where: str, told_of: str) -> Member:
    backup = StandsBy(told_of, "Robin R") if told_of else None  # type: ignore[arg-type]
    hours = read_hours(works) if works else None
    agency = name.partition("-")[0].title()
    return Member(
        name, "Quinn Q", agency, "Lead", ITEMS, None, zone=where or None, hours=hours, backup=backup
    )


def _read(when: str) -> datetime:
    """`Wed 1 Apr 2026 10:30` in London."""
    wall = datetime.strptime(when, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert wall.strftime("%a") == when[:3], f"{when} is a {wall:%A}"
    return wall.astimezone(UTC)


def _do(area: Area, what: str, at: datetime) -> None:
    """Do what a line says."""
    for pattern, deed in DEEDS.items():
        found = re.fullmatch(pattern, what)
        if found is not None:
            deed(area, at, *found.groups())
            return
    raise AssertionError(f"nobody knows how to do this: {what}")


def _says(area: Area, at: datetime, who: str, items: tuple[str, ...], value: str) -> None:
    for item in items:
        stamp = area.stamp(at, by=who, role="stakeholder")
        record.answer(area.log, stamp, area.id, who, item, value, None)


def _withdraws(area: Area, at: datetime, who: str) -> None:
    stamp = area.stamp(at, by=who, role="stakeholder")
    record.hear(area.log, stamp, area.id, who, Said("choice", "withdraw-yes"))


def _joins(area: Area, at: datetime, who: str) -> None:
    joining.join(area.log, area.stamp(at), area.id, _member(who, "", "", ""))


DEEDS: dict[str, Callable[..., Any]] = {
    r"the round opens": lambda a, at: a.open_round(at, None),
    r"the round opens until (.*)": lambda a, at, until: a.open_round(at, _read(until)),
    r"(\S+) says (\d) to everything": lambda a, at, who, value: _says(a, at, who, ITEMS, value),
    r"(\S+) says (\d) to (\d\.\d)": lambda a, at, who, value, item: _says(
        a, at, who, (item,), value
    ),
    r"(\S+) withdraws": _withdraws,
    r"(\S+) joins": _joins,
    r"(\S+) leaves": lambda a, at, who: joining.release(a.log, a.stamp(at), a.id, who, "left"),
    r"the round is paused": lambda a, at: rounds.pause_round(a.log, a.stamp(at), a.id, "ill"),
    r"the round goes on": lambda a, at: rounds.resume_round(a.log, a.stamp(at), a.id),
    r"the deadline is moved to (.*)": lambda a, at, until: rounds.extend_round(
        a.log, a.stamp(at), a.id, _read(until), "more time"
    ),
    r"the round is reopened until (.*)": lambda a, at, until: rounds.reopen_round(
        a.log, a.stamp(at), a.id, _read(until), "one answer more"
    ),
    r"the machine .*|the story ends": lambda *_: None,
}


def _lines(area: Area) -> Iterator[str]:
    """The facts in words, those of one moment in one line."""
    facts = [one for one in area.facts if one.stream.kind in ("round", "interview")]
    zones = {name: member.zone for name, member in area.now.assessment.panel.items()}
    for at, together in groupby(facts, key=lambda one: one.stamp.at):
        said = list(told(list(together), zones))
        if said:
            yield "\n".join((f"{_when(at)}: {said[0]}", *(f"    {one}" for one in said[1:])))


def _when(at: datetime) -> str:
    local = at.astimezone(LONDON)
    hour = f"{local.hour % 12 or 12}" + (f":{local.minute:02}" if local.minute else "")
    return f"{local:%a} {local.day} {local:%b %Y}, {hour}{'am' if local.hour < 12 else 'pm'}"
