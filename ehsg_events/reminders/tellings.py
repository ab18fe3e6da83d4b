"""What people are to be told, and which of it is left to the coordinator's hand. Pure.

A decision tells nobody: something was told once its message was delivered, or once the coordinator
said that they told it themselves. Until then it waits, unless it means nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import assert_never

from ehsg_events.events import (
    AssessmentSignedOff,
    DeadlineMoved,
    Escalated,
    HandOnAgreed,
    HandOnDeclined,
    HandOnLapsed,
    InvitationEnded,
    ItemsHandedOn,
    LinkIssued,
    MessageBounced,
    MessageDelivered,
    MessageFailed,
    MessageUncertain,
    MessageWithheld,
    RemindersStopped,
    RoundClosed,
    RoundOpened,
    RoundReopened,
    SignOffWithdrawn,
    StakeholderAdded,
    StakeholderCorrected,
    StakeholderInvited,
    StakeholderReminded,
    SurfaceFellBack,
    SurfaceRegained,
    ToldByHand,
)
from ehsg_events.kernel import Recorded, Surface
from ehsg_events.reminders.still_due import (
    AFTERWARDS,
    INVITING,
    Subject,
    Telling,
    comes_first,
    is_still_due,
    says_too,
)
from ehsg_events.reminders.tellings_by_person import Tellings
from ehsg_events.states.situation import Situation
from ehsg_events.values.address import Address, reached_at
from ehsg_events.values.unsaid import UNREACHED

DECISIONS = (
    RoundOpened, StakeholderInvited, StakeholderReminded, RemindersStopped, DeadlineMoved, RoundReopened, RoundClosed,
    InvitationEnded, ItemsHandedOn, HandOnDeclined, HandOnAgreed, HandOnLapsed, Escalated, SurfaceFellBack, LinkIssued,
    StakeholderCorrected, SurfaceRegained, AssessmentSignedOff, SignOffWithdrawn, ToldByHand, MessageFailed, MessageUncertain,
    MessageBounced,
)  # fmt: skip
OF_MESSAGES = (MessageDelivered, MessageWithheld)  # a great many, and seldom needed
Settled = MessageDelivered | MessageWithheld | MessageFailed | MessageUncertain | MessageBounced


def topics(situation: Situation, writable: Collection[Surface]) -> tuple[str, ...]:
    """The topics of the facts that have to be read.

    What was delivered matters only where somebody's surface failed, or is not set up any more.
    """
    panel, newest = situation.assessment.panel.values(), situation.newest
    everybody = [known for member in panel for known in (member.addresses, _of_backup(member))]
    gone = any(known and not reached_at(known, writable) for known in everybody)
    failed = newest is not None and bool(newest.fell_back)
    kinds = (*DECISIONS, *OF_MESSAGES) if gone or failed else DECISIONS
    return tuple(kind.TOPIC for kind in kinds)


def by_hand(
    facts: Iterable[Recorded], situation: Situation, now: datetime, writable: Collection[Surface]
) -> list[Telling]:
    """What waits for the coordinator to tell, the newest subject of each person first.

    Args:
        facts: those of `topics`, in the log's order.
        writable: the surfaces that are set up to write to people.
    """
    left = untold(facts, situation, now)
    return [telling for telling in left if _is_by_hand(telling, situation, writable)]


def untold(facts: Iterable[Recorded], situation: Situation, now: datetime) -> list[Telling]:
    """Everything that people are still to be told; what another says too is left out."""
    every = due(facts, situation, now)
    return [telling for telling in every if not _is_said_by_another(telling, every)]


def due(facts: Iterable[Recorded], situation: Situation, now: datetime) -> list[Telling]:
    """Everything that was decided to be told, was not, and still means something."""
    fold = _Fold(situation)
    for recorded in facts:
        fold.take(recorded)
    return [telling for telling in fold.open if is_still_due(telling, situation, now)]


def _is_by_hand(telling: Telling, situation: Situation, writable: Collection[Surface]) -> bool:
    """Whether no message tells it: there is no way to write to them, or it failed."""
    member = situation.assessment.panel[telling.person]
    if telling.of in ("link", "silence", "workshop"):  # who is not in the room gets no message
        return True
    known = _of_backup(member) if telling.of == "stand-in" else member.addresses
    return telling.failed or not reached_at(known, writable)


def _of_backup(member: StakeholderAdded) -> tuple[Address, ...]:
    return member.backup.addresses if member.backup else ()


def _is_said_by_another(telling: Telling, every: Collection[Telling]) -> bool:
    """Whether the same person is to be told something that says this too."""
    others = (other.of for other in every if other.person == telling.person)
    return any(of != telling.of and comes_first(of, telling.of) for of in others)


class _Fold:
    """What was decided to be told and was not, as far as the facts were read."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.open = Tellings()
        self.handed_over = Tellings()  # said by messages, which may come back
        self.came_back: set[str] = set()  # to whom letters are taken, and come back
        self.anew: set[tuple[str, str]] = set()  # whom an old address told of which decision
        self.asked_before: set[str] = set()  # invited to any round
        self.invited_now: set[tuple[str, str]] = set()  # with the decision's key

    def take(self, recorded: Recorded) -> None:  # noqa: C901 - one case for each kind of fact
        """Fold one fact."""
        if isinstance(recorded.fact, Settled):  # most of them all
            self._settle(recorded.stamp.cause, recorded.fact)
            return
        match recorded.fact:
            case ToldByHand():
                self._told(recorded.fact)
            case RemindersStopped(stopped_for=person):
                self._drop(("reminder",), person)
            case LinkIssued(issued_to=person):  # before there was a way to say that they were told
                self._drop(("link", "reminder"), person)
            case (
                StakeholderCorrected(corrected=person, reached_by="slack" | "mail")
                | SurfaceRegained(regained=person)
            ):
                self._reaches(person)
            case RoundOpened():
                self._drop(("close", "agreed-on", "lapsed"))
            case RoundReopened() | SignOffWithdrawn():
                self._drop(AFTERWARDS)
        for person, subject in self._decided(recorded):
            self._add(recorded, person, subject)

    def _add(self, recorded: Recorded, person: str, subject: Subject) -> None:
        """Add what was decided; the same thing waits since it was decided first."""
        number, cause = recorded.stream.round or len(self.situation.rounds), recorded.stamp.key
        same = [t for t in self.open.to(person) if (t.of, t.round) == (subject, number)]
        since = same[0].since if same else recorded.stamp.at
        self.open.remove(same)
        self.open.add(Telling(person, subject, number, since, cause))

    def _decided(  # noqa: C901 - one case for each kind of decision
        self, recorded: Recorded
    ) -> Iterator[tuple[str, Subject]]:
        """Whom a decision has something to tell, and what."""
        match recorded.fact:
            case StakeholderInvited(invited=person):
                yield person, self._invitation(person, recorded)
                self.asked_before.add(person)
                self.invited_now.add((person, recorded.stamp.key))
            case StakeholderReminded(reminded=person):
                yield person, "reminder"
            case SurfaceFellBack(fell_back=person):
                yield person, "link"
            case StakeholderCorrected(corrected=person, reached_by="web"):
                yield person, "link"
            case Escalated(about=person, to=to):
                yield person, "silence" if to == "coordinator" else "stand-in"
            case HandOnDeclined(declined_to=person):
                yield person, "declined"
            case HandOnAgreed(agreed_to=person):
                yield person, "agreed-on"
            case HandOnLapsed(lapsed_for=person):
                yield person, "lapsed"
            case ItemsHandedOn(handed_on_by=giver, to=taker):
                yield giver, "handing-over"
                if (taker, recorded.stamp.key) not in self.invited_now:
                    yield taker, "handing-over"
            case InvitationEnded(ended_for=person) if self._knows(person):
                yield person, "release"
            case _:
                yield from self._to_everyone(recorded)

    def _invitation(self, person: str, recorded: Recorded) -> Subject:
        round = self.situation.rounds[(recorded.stream.round or 1) - 1]
        if round.kind == "workshop":
            return "workshop"
        return "new-round" if person in self.asked_before else "invitation"

    def _knows(self, person: str) -> bool:
        """Whether a person was told that they are invited, or cannot be known not to be."""
        waits = any(telling.of in INVITING for telling in self.open.to(person))
        newest = self.situation.newest
        return newest is not None and person in newest.invited and not waits

    def _to_everyone(self, recorded: Recorded) -> Iterator[tuple[str, Subject]]:
        """Whom a decision about a round or the whole assessment has something to tell."""
        match recorded.fact:
            case DeadlineMoved():
                subject: Subject = "extension"
            case RoundReopened():
                subject = "reopening"
            case RoundClosed():
                subject = "close"
            case RoundOpened(kind="workshop"):
                yield from ((p, "workshop") for p in self.situation.assessment.asked)
                return
            case AssessmentSignedOff():
                interviews = self.situation.interviews.items()
                answered = {person for (_, person), interview in interviews if interview.answers}
                yield from (
                    (p, "outcome") for p in self.situation.assessment.panel if p in answered
                )
                return
            case _:
                return
        round = self.situation.rounds[(recorded.stream.round or 1) - 1]
        for person in round.invited:
            if round.asked_since.get(person, recorded.stamp.at) <= recorded.stamp.at:
                yield person, subject

    # -- what was told ---------------------------------------------------------------------------
    def _told(self, fact: ToldByHand) -> None:
        for waiting in (self.open, self.handed_over):
            mine = waiting.to(fact.spoken_to)
            waiting.remove([telling for telling in mine if says_too(fact.of, telling.of)])

    def _reaches(self, person: str) -> None:
        """Leave to messages again what stands open: it is sent anew, to another address."""
        self._drop(("link",), person)
        self.came_back.discard(person)
        told = [*self.open.to(person), *self.handed_over.to(person)]
        self.anew |= {(person, telling.cause) for telling in told}
        self.open.try_again(person)

    def _drop(self, subjects: Collection[str], person: str | None = None) -> None:
        self.open.drop(subjects, person)
        self.handed_over.drop(subjects, person)

    def _settle(self, cause: str, fact: Settled) -> None:
        """Fold what became of a message: told, told by another, failed, or nobody knows.

        Of an invitation in doubt the coordinator makes sure; a reminder in doubt is left at that.
        """
        mine = self.open.said_by(cause, fact.to)
        match fact:
            case MessageWithheld(reason=reason) if reason in UNREACHED:
                return
            case MessageFailed():
                self._fail(mine)
            case MessageUncertain() if any(one.of in INVITING for one in mine):
                self._fail(mine)
            case MessageBounced(to=to):
                self.came_back.add(to)
                said = self.handed_over.said_by(cause, to)
                self._fail([] if (to, cause) in self.anew else [*mine, *said])
            case MessageDelivered(to=to):
                self._drop(() if to in self.came_back else ("link",), to)
                self.open.remove(mine)
                for telling in mine:
                    self.handed_over.add(telling)
            case MessageUncertain() | MessageWithheld():
                self.open.remove(mine)
            case _:
                assert_never(fact)

    def _fail(self, mine: list[Telling]) -> None:
        """Leave to the coordinator what a message said in vain."""
        self.open.remove(mine)
        for telling in mine:
            self.open.add(telling._replace(failed=True))
