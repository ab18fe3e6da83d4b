"""An assessment of people who are written to by e-mail, and a post office that does as it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bots.delivery.outbox import Outbox
from bots.delivery.sender import NotSent
from bots.interview import record
from bots.mail.compose import Composer
from bots.mail.letter import Letter
from bots.messages.promise import Promise
from bots.web_settings import Settings as Web
from ehsg_events.commands import assessments, people, rounds
from ehsg_events.commands.people import Contact
from ehsg_events.events import MessageWithheld
from ehsg_events.kernel import COORDINATOR, Fact, Role, Stamp, Surface
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.address import WRITABLE
from ehsg_events.values.policy import Step, Terms
from support.loopback import Clock

ITEMS = ("5.1", "5.2")
WEB = Web(url="https://early-help.example.org")
ASSESSMENT = UUID(int=14)
LEASE = timedelta(minutes=10)
Trouble = Callable[[], NotSent | None]


@dataclass
class PostOffice:
    """Takes letters one after another; whatever is in `troubles` is in the way of the next ones.

    A trouble `before` means that the letter was certainly not taken; one `after`, that it was.
    """

    surface: Surface = "mail"
    can_look: bool = False
    lease: timedelta = LEASE
    taken: list[Letter] = field(default_factory=list)
    before: list[BaseException] = field(default_factory=list)
    after: list[BaseException] = field(default_factory=list)
    leaving: Callable[[Promise], object] = lambda _: None

    def check(self) -> None:
        """It takes letters unless a trouble says otherwise."""

    def post(self, person: str, promise: Promise, content: Letter, *, look: bool) -> str:
        """Take a letter."""
        assert (person, promise.changes) == (content.to, None)
        assert look is (promise.claims > 0)
        if self.before:
            raise self.before.pop(0)
        self.leaving(promise)
        self.taken.append(content)
        if self.after:
            raise self.after.pop(0)
        return f"<{content.id}@example.org>"

    def change(self, person: str, reference: str, promise: Promise, content: Letter) -> None:
        """Never: a letter stands as it was sent."""
        raise AssertionError(f"{promise.name} cannot be changed at {person}: {reference} {content}")

    def find(self, person: str, promise: Promise) -> None:
        """Nobody can look into a mailbox."""


@dataclass
class Town:
    """One assessment, its clock, its outbox and its post office."""

    log: Log
    clock: Clock = field(default_factory=Clock)
    assessment: UUID = ASSESSMENT
    office: PostOffice = field(default_factory=PostOffice)
    writable: Collection[Surface] = WRITABLE
    answers_to: str | None = None

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new outbox on the same log, as after a crash."""
        self.outbox = Outbox(
            self.log,
            self.office,
            self.clock,
            compose=Composer(WEB, self.answers_to),
            writable=self.writable,
            alone=True,
        )

    def open(self, panel: tuple[Member, ...] | None = None, terms: Terms | None = None) -> None:
        """Open the assessment and its first round."""
        self.open_without_a_round(panel, terms)
        rounds.open_round(self.log, self.stamp("round"), self.assessment, None)

    def open_without_a_round(
        self, panel: tuple[Member, ...] | None = None, terms: Terms | None = None
    ) -> None:
        """Open the assessment, and name who coordinates it."""
        stamp, ladder = self.stamp, (Step(to="backup", before=2), Step(to="coordinator", before=1))
        usual = terms or Terms()
        policy = usual.policy.model_copy(update={"escalation": ladder, "fallback": "mail"})
        chosen = usual.model_copy(update={"policy": policy})
        assessments.open_assessment(
            self.log,
            stamp("open"),
            self.assessment,
            "Sefton",
            "ehsg-2022@1",
            panel or PANEL,
            chosen,
        )
        contact = Contact(email="lea.north@council.example.org")
        people.name_coordinator(self.log, stamp("lea"), self.assessment, "Lea North", contact)

    def delivered(self) -> list[Letter]:
        """Deliver what is open now; the letters that were taken meanwhile."""
        before = len(self.office.taken)
        self.outbox.deliver()
        return self.office.taken[before:]

    def finishes(self, person: str) -> None:
        """Somebody answers everything on their page."""
        for item in ITEMS:
            stamp = self.stamp(f"{person} {item}", "stakeholder")
            by = stamp.model_copy(update={"by": person, "surface": "web"})
            record.answer(self.log, by, self.assessment, person, item, "3", None)

    def advances(self, **time: float) -> None:
        """Move the clock, and do what is due then."""
        self.clock.on(**time)
        rounds.advance(self.log, self.stamp(f"tick {self.clock()}"), self.assessment)

    def facts(self, kind: str) -> list[Fact]:
        """Every fact of a kind."""
        return [one.fact for one in self.log.all() if type(one.fact).__name__ == kind]

    def withheld(self) -> list[str]:
        """Why messages were not sent."""
        found = self.facts("MessageWithheld")
        return [fact.reason for fact in found if isinstance(fact, MessageWithheld)]

    def stamp(self, key: str, role: Role = "coordinator") -> Stamp:
        """A stamp of now."""
        by = COORDINATOR if role == "coordinator" else role
        return Stamp(at=self.clock(), by=by, role=role, surface="command", cause=key, key=key)


def member(name: str, agency: str, slack: str | None = None, email: str | None = None) -> Member:
    """Somebody of an agency, known on the log by it."""
    stands_by = StandsBy("manager", "Max Boss", email=f"max@{agency.lower()}.example.org")
    return Member(
        f"{agency.lower()}-1", name, agency, "worker", ITEMS, slack, email=email, backup=stands_by
    )


PANEL = (
    member("Ada Quill", "Police", email="ada@police.example.org"),
    member("Ben Moss", "Health", "T0LOOPBACK/U0HEALTH", "ben@health.example.org"),
    member("Di Fern", "School"),
)


def town(folder: Path) -> Town:
    """A town whose first round is open."""
    place = Town(Log(folder))
    place.open()
    return place
