"""An area whose people have no Slack: its coordinator at the command line, its people on pages.

Everything that is shown to anybody is kept as they read it: what a command printed, the board, the
pages behind each person's link. The clock is moved by hand; at each step what is due is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from ehsg_events.commands import rounds
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from support.at import commands_at
from support.browser import Page
from support.ehsg import Ran, ehsg
from support.loopback import Clock
from support.slack.transcript import Line, facts_of
from support.visitor import Visitor
from support.web import plain_http
from support.web.desk import OWN
from support.web.web import web

BEGINS = datetime(2026, 9, 7, 9, tzinfo=UTC)
AGENCIES = ("Police", "Health", "Schools", "Housing", "Council", "Charity", "Parents forum")
NAMES = (
    "Ann Ashton", "Bob Burrell", "Cat Coyle", "Dan Drury", "Eve Elm", "Fay Frost", "Gus Gale",
    "Hal Hurst", "Ivy Ince", "Jon Jarvis", "Kay Kemp", "Lou Lamb", "Mia Moss", "Ned Nash",
)  # fmt: skip
ASKED = "5.1 5.2 6.1"


class Said(NamedTuple):
    """What somebody read: when, who, where, and the words."""

    at: datetime
    to: str
    where: str
    words: str


@dataclass
class Office:
    """One assessment as its coordinator and its people live through it."""

    folder: Path
    clock: Clock
    log: Log
    address: str = ""
    said: list[Said] = field(default_factory=list)
    people: dict[str, Visitor] = field(default_factory=dict)

    # -- the coordinator ---------------------------------------------------------------------------
    def ehsg(self, *words: str, code: int = 0) -> Ran:
        """Type a command; all that it prints is read."""
        ran = ehsg(self.folder / "data", *words)
        assert ran.code == code, (words, ran.out, ran.err)
        self._read("coordinator", f"ehsg {' '.join(words)}", f"{ran.out}\n{ran.err}")
        return ran

    def look(self) -> None:
        """Look at what waits, where the round stands, who was reminded, and at the board."""
        for words in (("waiting",), ("round", "status"), ("nudges",), ("progress",)):
            self.ehsg(*words)
        link = self.ehsg("sign-in", "coordinator-1").out.partition("/sign-in/")[2].split()[0]
        with plain_http.client(base_url=self.address, headers=OWN, timeout=30) as desk:
            assert desk.post(f"/sign-in/{link}").status_code == 303
            for page in ("board", "nudges"):
                answer = desk.get(f"/read/{page}")
                assert answer.status_code == 200, page
                self._read("coordinator", f"the page {page}", Page(answer.text).text)

    def tell_all(self) -> None:
        """Telephone everybody whom `waiting` names, and record it."""
        tasks = self.ehsg("waiting", "--json").document
        for person in dict.fromkeys(task["about"] for task in tasks if is_to_be_told(task)):
            self.ehsg("told", person, "--by", "telephone")

    # -- people ------------------------------------------------------------------------------------
    def give_links(self) -> None:
        """Give a link to everybody on the panel who has none."""
        for member in self.ehsg("panel", "list", "--json").document:
            person = member["id"]
            if person not in self.people:
                token = self.ehsg("link", person).out.partition("/i/")[2].split()[0]
                self.people[person] = Visitor(self.address, token)

    def visit(self, person: str) -> Visitor:
        """A person opens the link that they were given."""
        self.people[person].open()
        self.reads(person)
        return self.people[person]

    def reads(self, person: str) -> None:
        """They read the page that stands in their browser."""
        page = self.people[person].page
        self._read(person, f"page {page.title!r}", page.text)

    def reads_file(self, name: str) -> None:
        """The coordinator opens a file that was written."""
        self._read("coordinator", name, (self.folder / name).read_text(encoding="utf-8"))

    def answers(self, person: str, *scores: str) -> None:
        """Open the link and answer whatever is asked, with these scores in turn."""
        visitor, left = self.visit(person), list(scores)
        for _ in range(40):
            labels = {button.label for form in visitor.page.forms for button in form.buttons}
            form = visitor.page.form("answer")
            if "Start" in labels:
                visitor.press("Start")
            elif form.radios and left:
                visitor.choose(left.pop(0))
            elif form.has("words"):
                visitor.say("next")
            else:
                break
            self.reads(person)

    # -- time --------------------------------------------------------------------------------------
    def until(self, day: str) -> None:
        """Go on to a time, such as `2026-09-21 17:00` in UTC, and do what is due by then."""
        then = datetime.fromisoformat(day).replace(tzinfo=UTC)
        assert then > self.clock()
        self.clock.now = then
        key = uuid4().hex
        stamp = Stamp(at=then, by="clock", role="clock", surface="flow", cause="tick", key=key)
        for assessment, *_ in self.log.assessments():
            rounds.advance(self.log, stamp, assessment)

    def _read(self, who: str, where: str, words: str) -> None:
        self.said.append(Said(self.clock(), who, where, words))

    @property
    def facts(self) -> list[Line]:
        """The log as plain values."""
        return facts_of(self.log)

    def aloud(self) -> str:
        """Everything that was read, in order, without what stands there twice in a row."""
        return "\n".join(
            f"--- {one.at:%a %d %b %H:%M} · {one.to} · {one.where}\n{one.words.strip()}"
            for one in self.said
        )


def is_to_be_told(task: dict[str, Any]) -> bool:
    """Whether a task is to tell one person something."""
    return bool(task["about"]) and task["command"].startswith("ehsg told")


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Fourteen people of seven agencies, none of them in Slack, and one coordinator."""
    clock = Clock(BEGINS)
    rows = (f"{name},{AGENCIES[n // 2]},lead,{ASKED}" for n, name in enumerate(NAMES))
    (folder / "panel.csv").write_text("\n".join(["name,agency,works_as,asked", *rows]) + "\n")
    log = Log(folder / "data")
    with commands_at(clock), web(log, clock) as address:
        place = Office(folder, clock, log, address)
        try:
            yield place
        finally:
            for visitor in place.people.values():
                visitor.close()
            log.close()
