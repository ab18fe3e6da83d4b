"""The coming round of a real assessment, rehearsed with its own panel and policy; nothing is sent.

Decisions, talk and outbox are the product's own; only the clock is simulated, and the sender sends
nothing. The rehearsal records what the round would record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from bots.delivery.outbox import Outbox
from bots.delivery.recipients import tell
from bots.delivery.sender import Sender
from bots.interview.record import hear, talk_of
from bots.interview.said import Said
from bots.mail.compose import Composer
from bots.messages.promise import Promise
from bots.rehearsal.clock import Clock
from bots.rehearsal.guesses import Guess
from bots.web_settings import Settings as Web
from ehsg_events.commands import rounds, telling
from ehsg_events.dates import calendar
from ehsg_events.events import PolicyChosen
from ehsg_events.kernel import COORDINATOR, Refused, Role, Stamp, Surface, Way
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, left_to_ask
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.policy import Policy

NOWHERE = Web(url="https://rehearsal.invalid")  # where links of a rehearsal lead
HALF_A_DAY = timedelta(hours=12)  # the longest step between two ticks, even if nothing is due
LONGEST = 400  # days; a policy's longest round is 120 working days


@dataclass
class SilentSender:
    """A sender that sends nothing, and keeps every message with its time."""

    clock: Clock
    surface: Surface = "slack"
    said: list[tuple[datetime, Promise]] = field(default_factory=list)
    can_look: bool = True
    lease: timedelta = timedelta(seconds=60)

    def check(self) -> None:
        """Nothing is ever in the way."""

    def post(self, person: str, promise: Promise, content: object, *, look: bool) -> str:  # noqa: ARG002 - as in Sender
        """Keep a new message."""
        self.said.append((self.clock(), promise))
        return f"rehearsed {len(self.said)}"

    def change(self, person: str, reference: str, promise: Promise, content: object) -> None:
        """Do nothing: a message that is changed in its place disturbs nobody."""

    def find(self, person: str, promise: Promise) -> str | None:  # noqa: ARG002 - as in Sender
        """Find nothing: no message is ever in doubt."""
        return None


@dataclass
class Coming:
    """The rehearsal of one round, on a log of its own.

    Args:
        log: a copy, on which the rehearsal records.
        senders: what messages are sent with, one for each surface that is set up.
        tell: called with each new day.
        does: makes one move of a person, recorded as the surface they use would record it.
    """

    log: Log
    assessment: UUID
    clock: Clock
    guess: Guess
    senders: Sequence[Sender[Any]]
    tell: Callable[[datetime], object]
    does: Callable[[Coming, str, Said], object]
    _keys: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.writable = frozenset(sender.surface for sender in self.senders)
        self._outboxes = [self._outbox(sender) for sender in self.senders]
        self.begun = self.log.store.last_position()

    def _outbox(self, sender: Sender[Any]) -> Outbox:
        compose = Composer(NOWHERE) if sender.surface == "mail" else tell
        return Outbox(self.log, sender, self.clock, compose=compose, writable=self.writable)

    def deliver(self) -> None:
        """Deliver everything that is open now, on every surface."""
        for outbox in self._outboxes:
            outbox.deliver()

    def run(self, policy: Policy | None = None) -> Round:
        """Go through the round that comes next, or what is left of the one that is open.

        Args:
            policy: a policy to try out instead of the one chosen.

        Returns:
            The round, closed and measured.

        Raises:
            Refused: no round is to come.
        """
        if policy is not None:
            stream = assessment_stream(self.assessment)
            self.log.record(
                self.stamp("policy"), lambda tx: tx.decide(stream, PolicyChosen(policy=policy))
            )
        number = self._open()
        until = self.clock() + timedelta(days=LONGEST)
        while (round := self._round(number)).measured is None:
            if self.clock() > until:
                raise Refused(
                    f"Round {number} does not end by itself: it is paused. Let it go on, then "
                    f"rehearse it.",
                    Way("round resume", "let it go on"),
                )
            self._go_on(round)
        return round

    def _open(self) -> int:
        """Open the coming round at its time, unless one is open; the number of the open round."""
        situation = self.situation()
        if situation.newest is not None and not situation.newest.closed:
            return situation.newest.number
        _refuse_unless_one_comes(situation)
        number = len(situation.rounds) + 1
        due = [milestone.due for milestone in coming(situation.assessment, situation.newest)[1]]
        self.clock.forward(
            due[0] if due else _in_the_morning(self.clock(), situation.assessment.policy)
        )
        self._tick()
        if len(self.situation().rounds) < number:
            rounds.open_round(self.log, self.stamp("open"), self.assessment, None)
        self.deliver()
        return number

    def _go_on(self, round: Round) -> None:
        """Advance to the next moment at which something falls due or somebody answers."""
        now, times = self.clock(), self._acts(round)
        dues = [milestone.due for milestone in coming(self.situation().assessment, round)[1]]
        later = [at for at in (*dues, *times.values()) if at > now]
        self.clock.forward(min([now + HALF_A_DAY, *later]))
        if self.clock().date() != now.date():
            self.tell(self.clock())
        if self.clock() < round.deadline:
            for person, at in times.items():
                if at <= self.clock():
                    self._answer(person)
        self._tick()
        self.deliver()
        self._tell_by_hand()

    def _tell_by_hand(self) -> None:
        """Let the coordinator do at once what is hers to tell people."""
        waits = telling.by_hand(self.log, self.assessment, self.clock(), self.writable)
        for person in dict.fromkeys(one.person for one in waits):
            telling.told(self.log, self.stamp("told"), self.assessment, person, "telephone",
                         writable=self.writable)  # fmt: skip

    def _acts(self, round: Round) -> dict[str, datetime]:
        """When each person who has not finished would answer."""
        interviews = self.situation().interviews
        times: dict[str, datetime] = {}
        for person in round.invited:
            interview = interviews[round.number, person]
            if interview.completed or interview.withdrawn or person in round.released:
                continue
            at = self.guess.acts_at(person, round)
            if at is not None:
                times[person] = at
        return times

    def _answer(self, person: str) -> None:
        """Let one person answer everything that is asked of them."""
        while True:
            _, talk = talk_of(self.log, self.assessment, person, self.stamp("look").at)
            said = self.guess.says(person, talk)
            if said is None:
                return
            self.does(self, person, said)

    def _tick(self) -> None:
        stamp = self.stamp("tick", "clock", "clock", "flow")
        rounds.advance(self.log, stamp, self.assessment)

    def situation(self) -> Situation:
        """The assessment as it stands, with its rounds and interviews."""
        return self.log.situation(self.assessment)

    def _round(self, number: int) -> Round:
        return self.situation().rounds[number - 1]

    def stamp(
        self,
        cause: str,
        by: str = COORDINATOR,
        role: Role = "coordinator",
        surface: Surface = "command",
    ) -> Stamp:
        """A stamp of the clock's time; each is a cause of its own."""
        key = f"rehearsed/{self.assessment}/{next(self._keys)}"
        return Stamp(at=self.clock(), by=by, role=role, surface=surface, cause=cause, key=key)


def as_if_there(coming: Coming, person: str, said: Said) -> None:
    """Record one move as the surface on which a person is reached would record it.

    A letter is answered on the page that it leads to.
    """
    reached_by = coming.situation().assessment.panel[person].reached_by
    surface: Surface = "web" if reached_by == "mail" else reached_by
    stamp = coming.stamp("choice", person, "stakeholder", surface)
    hear(coming.log, stamp, coming.assessment, person, said)


def _refuse_unless_one_comes(situation: Situation) -> None:
    if situation.assessment.signed_off is not None:
        raise Refused("This assessment is signed off, so no round is to come.")
    if (
        situation.newest is not None
        and situation.newest.measured is not None
        and not left_to_ask(situation)
    ):
        raise Refused(
            "No round is to come: what is not settled is moderated.",
            Way("waiting", "see what waits"),
        )


def _in_the_morning(now: datetime, policy: Policy) -> datetime:
    """The beginning of the next working day, when a coordinator would open a round."""
    day = calendar.working_days(calendar.local_day(now, policy.zone), 1)
    return calendar.moment(day, policy.hours.start, policy.zone)
