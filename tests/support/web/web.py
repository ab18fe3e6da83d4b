"""The web as the tests meet it: a real server over one assessment of people without Slack."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from bots.web.app import build_app
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import assessments, links, rounds
from ehsg_events.kernel import COORDINATOR, Recorded, Stamp, Surface
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.states.interview import Interview
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Terms
from support.loopback import Clock, served
from support.visitor import Visitor


@contextmanager
def web(
    log: Log,
    clock: Callable[[], datetime],
    limiter: RateLimiter | None = None,
    writes_on: Collection[Surface] = (),
) -> Iterator[str]:
    """A log's web interview behind a real server; its address."""
    stop = threading.Event()
    with served(build_app(log, clock, limiter, stop=stop, writes_on=writes_on)) as port:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            stop.set()


class Closes(Protocol):
    """Whatever hangs up when a site is closed."""

    def close(self) -> None:
        """Hang up."""


@dataclass
class Site:
    """One assessment of people without Slack, its round open, behind a real server."""

    log: Log
    clock: Clock
    assessment: UUID
    address: str = ""
    visitors: list[Closes] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    _people: Iterator[int] = field(default_factory=lambda: iter(range(1, 25)))

    def somebody(self) -> str:
        """A person who has said nothing yet."""
        return f"health-{next(self._people)}"

    def stamp(self, key: str) -> Stamp:
        """A stamp of the coordinator's, of now."""
        return Stamp(
            at=self.clock(),
            by=COORDINATOR,
            role="coordinator",
            surface="command",
            cause=key,
            key=f"{key} {self.log.store.last_position()}",
        )

    def link(self, person: str) -> str:
        """A new link of a person; its secret end."""
        token = links.issue(self.log, self.stamp("link"), self.assessment, person)
        self.tokens[person] = token
        return token

    def visitor(self, person: str) -> Visitor:
        """A person who has opened their link."""
        return self.at(self.link(person))

    def at(self, token: str) -> Visitor:
        """Somebody who opens a link."""
        found = Visitor(self.address, token)
        self.visitors.append(found)
        return found

    def begun(self, person: str) -> Visitor:
        """A person who has read the notice and has the first question before them."""
        visitor = self.visitor(person)
        visitor.press("Start")
        return visitor

    def writing(self, person: str) -> Visitor:
        """A person who has answered 3 to the first question and is asked for words."""
        visitor = self.begun(person)
        visitor.choose("3")
        return visitor

    def interview(self, person: str) -> Interview:
        """What one person has said."""
        return self.log.read(interview_stream(self.assessment, 1, person))

    def words(self, person: str) -> list[str | None]:
        """The words of one person's notes that stand."""
        return [self.log.text(note.words) for note in self.interview(person).notes.values()]

    def facts(self, person: str) -> list[str]:
        """The kinds of one person's facts, in order."""
        mine = (one for one in self.log.all() if one.stream.stakeholder == person)
        return [type(one.fact).__name__ for one in mine]

    @property
    def recorded(self) -> list[Recorded]:
        """The whole log."""
        return list(self.log.all())


ITEMS = ("5.1", "5.2")
MANY = ("5.1", "5.2", "5.3", "5.4")
PEOPLE = (
    *(
        Member(f"health-{n}", f"Ada Quill {n}", "Health", "health visitor", ITEMS, None)
        for n in range(1, 25)
    ),
    Member("school-1", "=Ben Moss", "Schools", "head teacher", MANY, None),
    Member("police-1", "Di Fern", "Police", "inspector", ITEMS, "T0LOOPBACK/U0POLICE"),
)


@contextmanager
def site(
    folder: Path,
    limiter: RateLimiter | None = None,
    guide: str = "ehsg-2022@1",
    people: Sequence[Member] = PEOPLE,
    writes_on: Collection[Surface] = (),
) -> Iterator[Site]:
    """An assessment of many people, all but one without Slack, behind a real server."""
    log, clock = Log(folder / "log"), Clock()
    place = Site(log, clock, uuid4())
    opened = place.stamp("open")
    assessments.open_assessment(log, opened, place.assessment, "Testham", guide, people, Terms())
    rounds.open_round(log, place.stamp("round"), place.assessment, None)
    with web(log, clock, limiter, writes_on) as place.address:
        yield place
        for visitor in place.visitors:
            visitor.close()
    log.close()
