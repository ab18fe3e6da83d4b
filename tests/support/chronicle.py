"""A second reader of the log: it follows each round fact by fact, and says what broke a promise."""

from __future__ import annotations

from datetime import datetime

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    DeadlineMoved,
    Escalated,
    InterviewCompleted,
    InterviewWithdrawn,
    InvitationEnded,
    ItemsHandedOn,
    MessageClaimed,
    MessageDelivered,
    MessageFailed,
    ReminderWithheld,
    RoundClosed,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
    ToldByHand,
)
from ehsg_events.kernel import Recorded
from ehsg_events.values.hours import name_before
from support.watched import BROKEN, NEVER, TRUE, Nudge, Watched, works


class Chronicle:
    """Follows the facts of one assessment; `complaints` are what it found."""

    def __init__(self) -> None:
        self.rounds: dict[int, Watched] = {}
        self.withdrawn: set[str] = set()
        self.complaints: list[str] = []

    def chased(self, number: int, nudge: Nudge) -> None:
        """Somebody is chased now."""
        for rule, is_broken in BROKEN.items():
            if is_broken(self.rounds[number], nudge):
                self.complaints.append(f"{rule}: {nudge.milestone} to {nudge.person}, {nudge.at}")

    def take(self, one: Recorded) -> None:
        """Follow one fact."""
        number, at = one.stream.round or 0, one.stamp.at
        if isinstance(one.fact, RoundOpened):
            self.rounds[number] = Watched(one.fact.policy, one.fact.deadline, at, self.withdrawn)
        elif one.stream.kind == "round":
            self._round(self.rounds[number], number, one)
        elif isinstance(one.fact, MessageDelivered | MessageClaimed | MessageFailed):
            self._sent(one, one.fact)
        elif one.stream.kind == "interview":
            self._said(self.rounds[number], one.stream.stakeholder or "", one)

    def _sent(self, one: Recorded, fact: MessageDelivered | MessageClaimed | MessageFailed) -> None:
        """A reminder counts once it is on its way, until it is known to have reached nobody."""
        round, _, what = (one.stream.message or "").partition("/")
        state = self.rounds[int(round.removeprefix("round "))]
        on_its_way = state.sent.get(one.stream.message)
        if isinstance(fact, MessageFailed):
            if on_its_way:
                state.given(fact.to, on_its_way, times=-1)
        elif "/reminder " in what and on_its_way is None:
            state.sent[one.stream.message] = one.stamp.at
            state.given(fact.to, one.stamp.at)

    def _said(self, state: Watched, person: str, one: Recorded) -> None:
        match one.fact:
            case InterviewCompleted():
                state.finished.add(person)
            case InterviewWithdrawn():
                self.withdrawn.add(person)
            case AnswerGiven() | AnswerAmended() if state.closed:
                self.complaints.append(f"no answer is taken after the close: {person}")

    def _round(self, state: Watched, number: int, one: Recorded) -> None:  # noqa: C901 - one case each
        at = one.stamp.at
        match one.fact:
            case StakeholderInvited(invited=person, hours=hours, zone=zone):
                theirs = (at, hours or state.policy.hours, zone or state.policy.zone)
                state.invited[person] = theirs
            case InvitationEnded(ended_for=person):
                state.released.add(person)
            case ItemsHandedOn(handed_on_by=giver, to=taker):
                state.handed_on.add(giver)
                state.handed_on.discard(taker)
            case StakeholderReminded(reminded=person, milestone=milestone):
                self.chased(number, Nudge(person, milestone, at))
                state.decided.add((person, at))
                state.handled.add((person, milestone))
            case ToldByHand(of="reminder", spoken_to=person):
                state.given(person, at)
            case ReminderWithheld():
                self._withheld(state, one.fact)
            case Escalated():
                self._escalated(number, one.fact, at)
            case RoundPaused():
                state.paused = True
            case RoundResumed():
                state.paused = False
            case DeadlineMoved(deadline=deadline) | RoundReopened(deadline=deadline):
                state.anew(deadline, at)
                state.closed = state.closed and not isinstance(one.fact, RoundReopened)
            case RoundClosed(closed_by=by):
                self._closed(state, by, at)

    def _withheld(self, state: Watched, fact: ReminderWithheld) -> None:
        person, rule = fact.withheld_from, fact.rule
        if rule in TRUE and not TRUE[rule](state, person):
            self.complaints.append(f"the rule that withholds is true: {rule} of {person}")
        if (person, fact.milestone) in state.handled and not fact.milestone.startswith("nudge"):
            self.complaints.append(f"a milestone is handled once: {fact.milestone} of {person}")
        state.handled.add((person, fact.milestone))

    def _escalated(self, number: int, fact: Escalated, at: datetime) -> None:
        state, person = self.rounds[number], fact.about
        steps = [f"tell-{s.to}-{name_before(s.before)}" for s in state.policy.escalation]
        rung = steps.index(fact.milestone)
        if person not in state.asked - state.handed_on or state.closed or state.paused:
            self.complaints.append(f"only of the silent others are told: {person}, {at}")
        if rung <= state.rungs.get(person, -1):
            self.complaints.append(f"the ladder is climbed once, in its order: {person}, {at}")
        if not works(state.policy, state.policy.hours, state.policy.zone, at):
            self.complaints.append(f"nobody is told of silence at any hour: {person}, {at}")
        if at < state.ladder(person).get(fact.milestone, NEVER):
            self.complaints.append(f"nobody is told of silence before it is due: {person}")
        state.rungs[person] = rung
        state.handled.add((person, fact.milestone))

    def _closed(self, state: Watched, by: str, at: datetime) -> None:
        if by == "deadline" and (at < state.deadline or state.paused):
            self.complaints.append(f"a round closes at its deadline, not before, not paused: {at}")
        if by == "deadline":
            said = "every planned nudge was given, or withheld with a rule"
            self.complaints += [f"{said}: {left}" for left in state.forgotten()]
        state.closed, state.paused = True, False
