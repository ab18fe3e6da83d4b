"""What came of each reminder to one person in a round, from the round and its messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from bots.messages.owed import name_of, stand_in_of
from bots.messages.states import InterviewKey
from ehsg_events.dates.worktime import Worktime
from ehsg_events.events import (
    CoordinatorNamed,
    Escalated,
    InterviewCompleted,
    MessageClaimed,
    MessageDelivered,
    MessageUncertain,
    MessageWithheld,
    ReminderWithheld,
    StakeholderAdded,
    StakeholderReminded,
)
from ehsg_events.kernel import Recorded
from ehsg_events.log.log import Log
from ehsg_events.reminders.reminders import as_told
from ehsg_events.states.round import Round
from ehsg_events.states.streams import (
    assessment_stream,
    interview_stream,
    message_stream,
    round_stream,
)
from ehsg_events.values.policy import Policy

Fate = Literal["sent", "not-sent", "failed", "uncertain", "waiting", "no-message"]


class Nudge(NamedTuple):
    """A reminder, or a message to somebody else about a person's silence, and what came of it.

    `told` is who else was told; `rule` is why it was not sent; `finished` is when the person had
    finished by then.
    """

    milestone: str
    at: datetime
    fate: Fate
    told: str = ""
    rule: str = ""
    finished: datetime | None = None


class Reminded(NamedTuple):
    """The reminders of one person in one round, and the policy and hours they follow.

    `stopped` is whether they asked for no more.
    """

    policy: Policy
    theirs: Worktime
    nudges: tuple[Nudge, ...]
    stopped: bool = False


def reminded(log: Log, assessment: UUID, number: int, person: str) -> Reminded:
    """How a person was reminded in a round, and why a reminder was not sent."""
    round = log.read(round_stream(assessment, number))
    assert round is not None, "who is reminded was invited"
    state = log.assessment(assessment)
    reader = _NudgeReader(log, (assessment, number, person), state.panel[person], round)
    nudges, stopped = tuple(reader.nudges()), person in state.unreminded
    return Reminded(round.policy, round.worktime(person), nudges, stopped)


@dataclass
class _NudgeReader:
    """Reads what came of each decision about one person.

    `promised` counts the messages of each name, since a second one has its version in the name.
    """

    log: Log
    place: InterviewKey
    member: StakeholderAdded
    round: Round
    promised: Counter[str] = field(default_factory=Counter)

    def nudges(self) -> Iterator[Nudge]:
        """The nudges, in the order they were decided."""
        assessment, number, _ = self.place
        for decision in self.log.facts(round_stream(assessment, number)):
            yield from self._of(decision)

    def _of(self, decision: Recorded) -> Iterator[Nudge]:
        person, at = self.place[2], decision.stamp.at
        match decision.fact:
            case StakeholderReminded(reminded=who, milestone=milestone) if who == person:
                reached = bool(self.member.addresses)
                what = f"reminder {milestone}"
                yield self._sent(decision, person, what, milestone, reached=reached)
            case ReminderWithheld(withheld_from=who, milestone=milestone) if who == person:
                if not milestone.startswith("tell-"):
                    rule = as_told(decision.fact.rule, self.round)
                    yield self._with_finish(Nudge(milestone, at, "not-sent", rule=rule))
            case Escalated(about=who, to="coordinator", milestone=milestone) if who == person:
                yield self._to_coordinators(decision, milestone)._replace(told="coordinator")
            case Escalated(about=who, to=to, milestone=milestone) if who == person:
                reached = bool(self.member.backup and self.member.backup.addresses)
                whose, what = stand_in_of(person), f"{person}/{milestone}"
                nudge = self._sent(decision, whose, what, milestone, reached=reached)
                yield nudge._replace(told=to)

    def _sent(
        self, decision: Recorded, to: str, what: str, milestone: str, *, reached: bool
    ) -> Nudge:
        """What came of a message, by the facts of its own."""
        self.promised[what] += 1
        again = decision.version if self.promised[what] > 1 else None
        name = name_of((*self.place[:2], to), what, again)
        nudge = Nudge(milestone, decision.stamp.at, "waiting" if reached else "no-message")
        for recorded in self.log.facts(message_stream(self.place[0], name)):
            if not isinstance(recorded.fact, MessageClaimed):
                nudge = _ended(nudge, recorded)
        return self._with_finish(nudge)

    def _to_coordinators(self, decision: Recorded, milestone: str) -> Nudge:
        """What came of one message to each coordinator, which names all who are silent."""
        assessment = self.place[0]
        told = [
            _ended(Nudge(milestone, decision.stamp.at, "waiting"), recorded)
            for name in self._to_each_coordinator(decision, milestone)
            for recorded in self.log.facts(message_stream(assessment, name))
            if recorded.stamp.cause == decision.stamp.key
            and not isinstance(recorded.fact, MessageClaimed)
        ]
        sent = [nudge for nudge in told if nudge.fate == "sent"]
        return min(sent, default=Nudge(milestone, decision.stamp.at, "no-message"), key=_when)

    def _to_each_coordinator(self, decision: Recorded, milestone: str) -> Iterator[str]:
        """The names that a message to a coordinator may have: the first of a kind, or a later one."""
        assessment, number, _ = self.place
        round_facts = self.log.facts(round_stream(assessment, number))
        together = [one.version for one in round_facts if one.stamp.key == decision.stamp.key]
        for named in self.log.facts(assessment_stream(assessment)):
            if isinstance(named.fact, CoordinatorNamed):
                place = (assessment, number, named.fact.coordinator)
                for version in (None, *together):
                    yield name_of(place, f"silent/{milestone}", version)

    def _with_finish(self, nudge: Nudge) -> Nudge:
        """Add when the person had finished, if they had by the time of the nudge."""
        finished = [
            recorded.stamp.at
            for recorded in self.log.facts(interview_stream(*self.place))
            if isinstance(recorded.fact, InterviewCompleted) and recorded.stamp.at <= nudge.at
        ]
        return nudge._replace(finished=max(finished, default=None))


def _when(nudge: Nudge) -> datetime:
    return nudge.at


def _ended(nudge: Nudge, recorded: Recorded) -> Nudge:
    match recorded.fact:
        case MessageDelivered():
            return nudge._replace(fate="sent", at=recorded.stamp.at)
        case MessageWithheld(reason=reason):
            return nudge._replace(fate="not-sent", rule=reason, at=recorded.stamp.at)
        case MessageUncertain():
            return nudge._replace(fate="uncertain", at=recorded.stamp.at)
    return nudge._replace(fate="failed", at=recorded.stamp.at)
