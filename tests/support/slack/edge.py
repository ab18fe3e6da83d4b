"""The edge to Slack as the tests meet it: a real Bolt app, real signatures, a loopback workspace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from bots.delivery.outage import Tell
from bots.delivery.outbox import Outbox
from bots.delivery.serving import follow
from bots.interview import record
from bots.messages.queue import Promises
from bots.slack.app import build_app, web_client
from bots.slack.loopback.person import Carry, Person, in_process, over_http
from bots.slack.loopback.workspace import Message, Workspace
from bots.slack.sender import SlackSender
from bots.slack.serving import web
from bots.slack.settings import Settings
from ehsg_events.commands import assessments, rounds
from ehsg_events.events import MessageClaimed, MessageWithheld
from ehsg_events.kernel import COORDINATOR, Recorded, Role, Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.states.interview import Interview
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Terms
from support.log.store import sqlite
from support.loopback import OPENED, Clock, served

ITEMS = ("5.1", "5.2")
WAYS = ("in process", "over HTTP")


@dataclass
class Place:
    """One assessment with its round open, its outbox, and its people in Slack."""

    log: Log
    workspace: Workspace
    clock: Clock
    settings: Settings
    assessment: UUID
    carry: Carry = field(init=False)
    on_outage: Tell | None = None
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def restart(self) -> None:
        """Start the app and the outbox afresh on the same data, as after a crash."""
        self.log.close()
        self.log = Log(self.log.folder)
        self.start()

    def start(self) -> None:
        """Start the app and the outbox."""
        self.app = build_app(self.log, self.settings, self.clock)
        self.carry = in_process(self.app)
        sender = SlackSender(web_client(self.settings), self.clock)
        self.outbox = Outbox(self.log, sender, self.clock, on_outage=self.on_outage)

    def person(self, name: str = "U0POLICE", team: str | None = None) -> Person:
        """A person of the workspace, or of another one."""
        return Person(self.workspace, name, self._carry, team)

    def _carry(self, body: str, headers: Mapping[str, str]) -> int:
        return self.carry(body, headers)

    def interview(self, stakeholder: str = "police-1", number: int = 1) -> Interview:
        """What one person has said."""
        return self.log.read(interview_stream(self.assessment, number, stakeholder))

    def words(self, stakeholder: str = "police-1") -> list[str | None]:
        """The words of one person's notes that stand."""
        return [self.log.text(n.words) for n in self.interview(stakeholder).notes.values()]

    def texts(self, name: str = "U0POLICE") -> list[str]:
        """What stands on a person's screen from the bot, as text."""
        return [message.text for message in self.workspace.inbox(name)]

    def withheld(self) -> dict[str | None, str]:
        """The messages that were not said, with the reason."""
        found = ((one.stream.message, one.fact) for one in self.facts("MessageWithheld"))
        return {name: fact.reason for name, fact in found if isinstance(fact, MessageWithheld)}

    def finish(self) -> None:
        """Answer everything in words, as the person of `begin`."""
        for word in ("3", "next", "next", "3", "next", "next"):
            self.outbox.deliver()
            assert self.person().type(word)[1].status == 200
        assert self.interview().completed

    def finish_elsewhere(self, stakeholder: str = "police-1") -> None:
        """Answer everything by command, while nothing is said in Slack."""
        for item in ITEMS:
            stamp = self.stamp(f"{stakeholder} {item}", "stakeholder")
            by = stamp.model_copy(update={"by": stakeholder})
            record.answer(self.log, by, self.assessment, stakeholder, item, "3", None)
        assert self.interview(stakeholder).completed

    def waits_for(self, there: Callable[[], bool]) -> bool:
        """Wait until the workspace shows something, at most a minute."""
        with self.workspace.changed:
            return self.workspace.changed.wait_for(there, timeout=60)

    def settles(self) -> None:
        """Wait until whoever serves the log meanwhile has delivered everything that it promises."""
        promises, position = Promises(self.log.folder), 0
        while True:
            position = promises.take(self.log.all(position)) or position
            if not any(promises.waiting.values()):
                return
            self.log.store.wait(position, 1.0)

    def facts(self, kind: str) -> list[Recorded]:
        """Every fact of a kind, such as `AnswerGiven`."""
        return [one for one in self.log.all() if type(one.fact).__name__ == kind]

    def stamp(self, key: str, role: Role = "coordinator") -> Stamp:
        """A stamp of now."""
        by = COORDINATOR if role == "coordinator" else role
        return Stamp(at=self.clock(), by=by, role=role, surface="command", cause=key, key=key)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """The store fails meanwhile, as a full disk would make it."""
        store = sqlite(self.log).datastore
        with store.transaction(commit=True) as cursor:
            cursor.execute("ALTER TABLE idempotency_key RENAME TO gone")
        yield
        with store.transaction(commit=True) as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO idempotency_key")

    def open(self, assessment: UUID, area: str = "Sefton", terms: Terms | None = None) -> None:
        """Open an assessment of this panel, and its first round."""
        self.prepare(assessment, area, terms)
        rounds.open_round(self.log, self.stamp(f"round {assessment}"), assessment, None)

    def prepare(
        self,
        assessment: UUID,
        area: str = "Sefton",
        terms: Terms | None = None,
        guide: str = "ehsg-2022@1",
    ) -> None:
        """Open an assessment of this panel, without a round yet."""
        assessments.open_assessment(
            self.log,
            self.stamp(f"open {assessment}"),
            assessment,
            area,
            guide,
            PANEL,
            terms or Terms(),
        )

    def open_another(self, area: str = "Sefton") -> None:
        """Open a second assessment of the same people, and go on there."""
        self.assessment = uuid4()
        self.open(self.assessment, area)

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
def slack(folder: Path, now: datetime = OPENED) -> Iterator[Place]:
    """An assessment of four people, three of them in Slack, with its first round open."""
    with empty(folder, now) as place:
        place.open(place.assessment)
        yield place


@contextmanager
def empty(folder: Path, now: datetime = OPENED) -> Iterator[Place]:
    """A workspace and a log on which nothing stands."""
    clock = Clock(now)
    memory = folder / "workspace.jsonl"
    with Workspace(clock=lambda: clock().timestamp(), memory=memory) as workspace:
        settings = Settings(
            "http", workspace.token, workspace.signing_secret, api_url=workspace.url
        )
        place = Place(Log(folder / "log"), workspace, clock, settings, uuid4())
        yield place
        place.log.close()


def reached(place: Place, way: str) -> AbstractContextManager[None]:
    """Let requests arrive in one of the ways."""
    return http(place) if way == "over HTTP" else nullcontext()


@contextmanager
def http(place: Place) -> Iterator[None]:
    """The same app behind a real HTTP server."""
    with served(web(place.app, place.settings.signing_secret)) as port, over_http(port) as carry:
        place.carry = carry
        yield


@contextmanager
def followed(place: Place) -> Iterator[None]:
    """The outbox follows the log meanwhile, as `ehsg serve` lets it."""
    stop = threading.Event()
    speaking = threading.Thread(target=follow, args=(place.outbox, stop))
    speaking.start()
    try:
        yield
    finally:
        stop.set()
        speaking.join(timeout=10)
    assert not speaking.is_alive()


def is_in_doubt(place: Place, stakeholder: str) -> bool:
    """Whether a message to somebody was claimed, and nobody knows yet what became of it."""
    last = {one.stream.id: one.fact for one in place.log.all() if one.stream.kind == "message"}
    return any(isinstance(f, MessageClaimed) and f.to == stakeholder for f in last.values())


def every_message_has_one_end(place: Place) -> None:
    """Whatever a test did: no message was both delivered and withheld, or delivered twice."""
    ends = ("MessageDelivered", "MessageFailed", "MessageWithheld")
    names = [one.stream.id for kind in ends for one in place.facts(kind)]
    assert len(names) == len(set(names))
