"""The coming round of a real assessment, rehearsed: its own panel and policy, nothing sent.

Decisions, talk and outbox are the product's own; only the clock is simulated, and the sender keeps
what it is given. What the rehearsal records is what the round would record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from bots.delivery.outbox import Outbox, Sender
from bots.interview.conversation import Said
from bots.interview.record import hear, talk_of
from bots.interview.talk import Prompt
from bots.messages.queue import Promise
from bots.rehearsal.clock import Clock
from bots.rehearsal.guesses import Guess
from ehsg_events.commands import rounds
from ehsg_events.dates import calendar
from ehsg_events.events import PolicyChosen
from ehsg_events.kernel import COORDINATOR, Refused, Role, Stamp, Surface, Way
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, left_to_ask
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.policy import Policy

HALF_A_DAY = timedelta(hours=12)  # a tick is never further off, though nothing be due
LONGEST = 400  # days; a policy's longest round is 120 working days


@dataclass
class SilentSender:
    """A sender that says nothing to anybody and keeps what it was to say, and when."""

    clock: Clock
    said: list[tuple[datetime, Promise, Prompt]] = field(default_factory=list)

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:  # noqa: ARG002 - a sender's own
        """Keep a new message."""
        self.said.append((self.clock(), promise, prompt))
        return f"rehearsed {len(self.said)}"

    def change(self, person: str, reference: str, promise: Promise, prompt: Prompt) -> None:
        """A message that is changed in its place disturbs nobody."""

    def find(self, person: str, promise: Promise) -> str | None:  # noqa: ARG002 - a sender's own
        """Nothing is ever in doubt."""
        return None


@dataclass
class Coming:
    """One round on its way, on a log of its own.

    Args:
        log: a copy; the rehearsal writes on it.
        sender: what the outbox speaks with.
        tell: called at each new day, with it.
        does: makes one move of a person, as the surface they use would record it.
    """

    log: Log
    assessment: UUID
    clock: Clock
    guess: Guess
    sender: Sender
    tell: Callable[[datetime], object]
    does: Callable[[Coming, str, Said], object]
    _keys: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.log, self.sender, self.clock)
        self.begun = self.log.store.last_position()

    def run(self, policy: Policy | None = None) -> Round:
        """Go through the round that comes next, or what is left of the one that is open.

        Args:
            policy: tried out instead of the one chosen.

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
        while (one := self._round(number)).measured is None:
            if self.clock() > until:
                raise Refused(
                    f"Round {number} does not end by itself: it is paused. Let it go on, then "
                    f"rehearse it.",
                    Way("round resume", "let it go on"),
                )
            self._go_on(one)
        return one

    def _open(self) -> int:
        """Open the round that comes, at its time; the number of it, or of the one that is open."""
        now = self.situation()
        if now.newest is not None and not now.newest.closed:
            return now.newest.number
        _refuse_unless_one_comes(now)
        number = len(now.rounds) + 1
        due = [one.due for one in coming(now.assessment, now.newest)[1]]
        self.clock.forward(due[0] if due else _in_the_morning(self.clock(), now.assessment.policy))
        self._tick()
        if len(self.situation().rounds) < number:
            rounds.open_round(self.log, self.stamp("open"), self.assessment, None)
        self.outbox.deliver()
        return number

    def _go_on(self, one: Round) -> None:
        """To the next moment at which something falls due or somebody answers."""
        now, acts = self.clock(), self._acts(one)
        dues = [milestone.due for milestone in coming(self.situation().assessment, one)[1]]
        later = [at for at in (*dues, *acts.values()) if at > now]
        before = now.date()
        self.clock.forward(min([now + HALF_A_DAY, *later]))
        if self.clock().date() != before:
            self.tell(self.clock())
        if not one.deadline <= self.clock():
            for person, at in acts.items():
                if at <= self.clock():
                    self._answer(person)
        self._tick()
        self.outbox.deliver()

    def _acts(self, one: Round) -> dict[str, datetime]:
        """When each person who has not finished would answer."""
        here = self.situation().interviews
        waits = (p for p in one.invited if not (i := here[one.number, p]).completed | i.withdrawn)
        found = {p: self.guess.acts_at(p, one) for p in waits if p not in one.released}
        return {person: at for person, at in found.items() if at is not None}

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
        """Everything that stands."""
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
        """A stamp of now; each is a cause of its own."""
        key = f"rehearsed/{self.assessment}/{next(self._keys)}"
        return Stamp(at=self.clock(), by=by, role=role, surface=surface, cause=cause, key=key)


def as_if_there(coming: Coming, person: str, said: Said) -> None:
    """One move, recorded as the surface on which a person is reached would record it."""
    surface = coming.situation().assessment.panel[person].reached_by
    stamp = coming.stamp("choice", person, "stakeholder", surface)
    hear(coming.log, stamp, coming.assessment, person, said)


def _refuse_unless_one_comes(now: Situation) -> None:
    if now.assessment.signed_off is not None:
        raise Refused("This assessment is signed off, so no round is to come.")
    if now.newest is not None and now.newest.measured is not None and not left_to_ask(now):
        raise Refused(
            "No round is to come: what is not settled is moderated.",
            Way("waiting", "see what waits"),
        )


def _in_the_morning(now: datetime, policy: Policy) -> datetime:
    """The beginning of the next working day, when a coordinator would open a round."""
    day = calendar.working_days(calendar.local_day(now, policy.zone), 1)
    return calendar.moment(day, policy.hours.start, policy.zone)
