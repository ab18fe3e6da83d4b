"""The edge to Slack as the tests meet it: a real Bolt app, real signatures, a loopback workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bots.outbox import Outbox
from bots.slack.app import build_app, web_client
from bots.slack.loopback import Message, Workspace
from bots.slack.person import Carry, Person, in_process
from bots.slack.settings import Settings
from bots.slack.speaker import Speaker
from ehsg_events import commands
from ehsg_events.application import Log
from ehsg_events.interview import Interview
from ehsg_events.kernel import COORDINATOR, Recorded, Role, Stamp, interview_stream
from ehsg_events.panel import Member
from ehsg_events.rules import Terms

ITEMS = ("5.1", "5.2")
OPENED = datetime(2026, 9, 7, 9, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = OPENED

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        """Move on."""
        self.now += timedelta(**time)


@dataclass
class Place:
    """One assessment with its round open, its outbox, and its people in Slack."""

    log: Log
    workspace: Workspace
    clock: Clock
    settings: Settings
    assessment: UUID
    carry: Carry = field(init=False)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Start the app and the outbox afresh on the same data, as after a crash."""
        self.log.close()
        self.log = Log(self.log.folder)
        self.app = build_app(self.log, self.settings, self.clock)
        self.carry = in_process(self.app)
        self.outbox = Outbox(self.log, Speaker(web_client(self.settings)), self.clock)

    def person(self, name: str = "U0POLICE", team: str | None = None) -> Person:
        """A person of the workspace, or of another one."""
        return Person(self.workspace, name, self._carry, team)

    def _carry(self, body: str, headers: Mapping[str, str]) -> int:
        return self.carry(body, headers)

    def interview(self, stakeholder: str = "police-1", number: int = 1) -> Interview:
        """What one person has said."""
        return self.log.interview_at(interview_stream(self.assessment, number, stakeholder))[1]

    def words(self, stakeholder: str = "police-1") -> list[str | None]:
        """The words of one person's notes that stand."""
        return [self.log.read(n.words) for n in self.interview(stakeholder).notes.values()]

    def facts(self, kind: str) -> list[Recorded]:
        """Every fact of a kind, such as `AnswerGiven`."""
        return [one for one in self.log.all() if type(one.fact).__name__ == kind]

    def stamp(self, key: str, role: Role = "coordinator") -> Stamp:
        """A stamp of now."""
        by = COORDINATOR if role == "coordinator" else role
        return Stamp(at=self.clock(), by=by, role=role, surface="command", cause=key, key=key)

    def begin(self, name: str = "U0POLICE") -> Message:
        """Start a person's interview; the message with the first question."""
        self.outbox.deliver()
        person = self.person(name)
        assert person.click(person.inbox[-1], "start").status == 200
        return self.newest(name)

    def newest(self, name: str = "U0POLICE") -> Message:
        """The newest message on a person's screen, once everything open is delivered."""
        self.outbox.deliver()
        return self.person(name).inbox[-1]


PANEL = (
    Member("police-1", "Ada Quill", "Police", "constable", ITEMS, "T0LOOPBACK/U0POLICE"),
    Member("health-1", "Ben Moss", "Health", "health visitor", ITEMS, "T0LOOPBACK/U0HEALTH"),
    Member("parents-1", "Cy Reed", "Parents", "parent", ITEMS, "T0CHARITY/U0PARENT"),
    Member("school-1", "Di Fern", "School", "head teacher", ITEMS, None),
)


@contextmanager
def slack(folder: Path) -> Iterator[Place]:
    """An assessment of four people, three of them in Slack, with its first round open."""
    clock = Clock()
    with Workspace(memory=folder / "workspace.jsonl") as workspace:
        settings = Settings(
            "http", workspace.token, workspace.signing_secret, api_url=workspace.url
        )
        place = Place(Log(folder / "log"), workspace, clock, settings, uuid4())
        opened = place.stamp("open")
        guide = "ehsg-2022@1"
        commands.open_assessment(
            place.log, opened, place.assessment, "Sefton", guide, PANEL, Terms()
        )
        commands.open_round(place.log, place.stamp("round"), place.assessment, None)
        yield place
        place.log.close()
