"""A small area to try the core with: four people of three agencies, and a log of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from uuid import UUID, uuid5

from ehsg_events.commands import assessments, rounds, telling
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import Matter, RoundMeasured
from ehsg_events.interview import answers as answering
from ehsg_events.kernel import Recorded, Role, Stamp, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.states.interview import Interview, Sitting
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.policy import Rule, Terms
from guides import library

OPENS = datetime(2026, 10, 5, 8, tzinfo=UTC)  # 9am on Monday 5 October 2026
SEFTON = UUID(int=7)
CLOSES = datetime(2026, 10, 23, 16, tzinfo=UTC)  # 5pm on Friday 23 October 2026
FEEDBACK = datetime(2026, 10, 26, 9, tzinfo=UTC)  # 9am on Monday 26 October, winter time
ITEMS = ("5.1", "5.2")
SMALL = Terms(rule=Rule(quorum_invited=0.5))


def person(name: str, agency: str, items: tuple[str, ...] = ITEMS) -> Member:
    """One member of a panel; the name is what must never be on the log."""
    return Member(name, f"Given {name.title()} Surname", agency, "practitioner", items, None)


PANEL = (
    person("police-1", "Police"),
    person("health-1", "Health"),
    person("school-1", "Schools"),
    person("school-2", "Schools"),
)


def words(text: str) -> Words:
    """Words as a fact holds them, the same for the same text."""
    return Words(id=uuid5(UUID(int=0), text), sha256=sha256(text.encode()).hexdigest())


def sitting(
    *items: str, guide: str = "ehsg-2022@1", closed: bool = False, kind: str = "first"
) -> Sitting:
    """A round put in front of somebody."""
    found = library.guide(guide)
    return Sitting(
        guide=found.guide,
        guide_digest=found.digest,
        items=items or ITEMS,
        kind=kind,  # type: ignore[arg-type]
        closed=closed,
        deadline="5pm on Friday 23 October 2026",
    )


@dataclass
class Area:
    """One assessment on one log, driven by the same functions as everything else."""

    log: Log
    id: UUID = SEFTON
    _causes: count[int] = field(default_factory=count)

    def stamp(
        self,
        at: datetime = OPENS,
        *,
        by: str = "coordinator",
        role: Role = "coordinator",
        key: str | None = None,
    ) -> Stamp:
        """Who acts, and when; every call is a cause of its own unless a key is given."""
        cause = key or f"{self.id}-{next(self._causes)}"
        return Stamp(at=at, by=by, role=role, surface="command", cause=cause, key=cause)

    def open(
        self,
        panel: tuple[Member, ...] = PANEL,
        guide: str = "ehsg-2022@1",
        terms: Terms = SMALL,
        at: datetime = OPENS,
    ) -> list[str]:
        """Open the assessment."""
        return assessments.open_assessment(
            self.log, self.stamp(at), self.id, "Sefton", guide, panel, terms
        )

    def open_round(self, at: datetime = OPENS, deadline: datetime | None = CLOSES) -> list[str]:
        """Open the next round."""
        return rounds.open_round(self.log, self.stamp(at), self.id, deadline)

    def answer(
        self, person: str, item: str, value: str, at: datetime = OPENS, key: str | None = None
    ) -> int | None:
        """One person answers one item."""

        def decide(tx: Transaction) -> None:
            number, seat, state = sit_down(tx, self.id, person, tx.stamp.at)
            facts = answering.answer(state, seat, item, value)
            tx.decide(interview_stream(self.id, number, person), *facts)

        stamp = self.stamp(at, by=person, role="stakeholder", key=key)
        return self.log.record(stamp, decide).position

    def answers(self, item: str, **values: str) -> None:
        """Several people answer one item: `police_1="3"`."""
        for name, value in values.items():
            self.answer(name.replace("_", "-"), item, value)

    def everyone(self, item: str, *values: str) -> None:
        """The panel answers an item, in the panel's order."""
        for member, value in zip(PANEL, values, strict=True):
            self.answer(member.id, item, value)

    def withdraw(self, person: str) -> None:
        """One person withdraws from the newest round."""

        def decide(tx: Transaction) -> None:
            number, _, state = sit_down(tx, self.id, person, tx.stamp.at)
            tx.decide(interview_stream(self.id, number, person), *answering.withdraw(state))

        self.log.record(self.stamp(by=person, role="stakeholder"), decide)

    def advance(self, at: datetime) -> list[int]:
        """Do everything that is due."""
        return rounds.advance(self.log, self.stamp(at, by="clock", role="clock"), self.id)

    def told(self, person: str, at: datetime, of: Matter | None = None) -> tuple[Matter, ...]:
        """The coordinator rings somebody, and says so."""
        return telling.told(self.log, self.stamp(at), self.id, person, "telephone", of)

    def over_to_feedback(self) -> None:
        """The first round closes in its time, and the feedback round opens in its."""
        self.advance(CLOSES)
        self.advance(FEEDBACK)

    @property
    def measured(self) -> RoundMeasured:
        """How the newest round was measured."""
        found = [r.fact for r in self.facts if isinstance(r.fact, RoundMeasured)]
        return found[-1]

    @property
    def now(self) -> Situation:
        """Everything that stands."""
        return self.log.situation(self.id)

    def interview(self, person: str, number: int = 1) -> Interview:
        """What one person has said in a round."""
        return self.now.interviews[number, person]

    @property
    def facts(self) -> list[Recorded]:
        """The whole log."""
        return list(self.log.all())

    def kinds(self, person: str | None = None) -> list[str]:
        """The names of the facts in order, of one person's interviews if named."""
        return [
            type(recorded.fact).__name__
            for recorded in self.facts
            if person is None or recorded.stream.stakeholder == person
        ]
