"""One message that is to be sent once, as far as the log tells what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bots.messages.owed import Kind
from bots.messages.screen import Answered
from bots.messages.states import InterviewKey
from ehsg_events.events import MessageClaimed, MessageDelayed
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Words

Who = tuple[UUID, str]
Name = tuple[UUID, str]


@dataclass(frozen=True)
class Promise:
    """A message that is to be sent once.

    A `screen` is where the talk is now; a `reply` says what it was promised to say, `answered`; a
    `shown` changes the message `changes`, which asked `ask`.
    `about` is what or whom a message to somebody else is about; `because` is the coordinator's
    reason, where one is given; `deadline` is the round's when the message was promised, `since`, or
    when it is too late to say what belongs to no round.
    `told_by_letter` is whether the coordinator has sent a letter instead.
    `doubts` counts the times that it was about to leave and nobody knows whether it did; `leaving`
    is whether that is so of the last claim.
    """

    assessment: UUID
    round: int
    to: str
    name: str
    kind: Kind
    cause: str
    deadline: datetime
    since: datetime
    ask: Ask | None = None
    changes: str | None = None
    about: tuple[str, ...] = ()
    because: Words | None = None
    answered: Answered | None = None
    told_by_letter: bool = False
    claims: int = 0
    doubts: int = 0
    leaving: bool = False
    lease_until: datetime | None = None

    @property
    def place(self) -> InterviewKey:
        """The interview it belongs to."""
        return self.assessment, self.round, self.to


def tried(promise: Promise, version: int, fact: MessageClaimed | MessageDelayed) -> Promise:
    """A promise that was claimed, is about to leave, or of which it is known that it did not."""
    if isinstance(fact, MessageDelayed):
        doubts = promise.doubts - promise.leaving
        return replace(promise, claims=version, doubts=doubts, leaving=False, lease_until=None)
    doubts, until = promise.doubts + fact.leaving, fact.lease_until
    return replace(promise, claims=version, doubts=doubts, leaving=fact.leaving, lease_until=until)
