"""What a coordinator did in somebody's name, read back for that person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bots.messages.states import InterviewKey
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    InterviewCompleted,
    InterviewWithdrawn,
    PersonalLinkIssued,
    PersonalLinkShown,
)
from ehsg_events.kernel import Recorded
from ehsg_events.log.log import Log
from ehsg_events.states.streams import interview_stream

LINKS = (PersonalLinkIssued.TOPIC, PersonalLinkShown.TOPIC)


class Act(NamedTuple):
    """When a coordinator did something, their name where it is known, and on which item."""

    at: datetime
    by: str | None
    item: str | None = None


class OnBehalf(NamedTuple):
    """What was done in a person's name, when their link was shown, and when they acted last."""

    acts: tuple[Act, ...] = ()
    link: Act | None = None
    acted: datetime | None = None

    def fresh(self) -> OnBehalf:
        """Only what is newer than whatever the person did themselves."""
        since = self.acted
        if since is None:
            return self
        link = self.link if self.link and self.link.at > since else None
        return OnBehalf(tuple(act for act in self.acts if act.at > since), link, since)


def on_behalf(log: Log, assessment: UUID, number: int, person: str) -> OnBehalf:
    """What was done in the name of a person in one round, and with their link."""
    said = list(log.facts(interview_stream(assessment, number, person)))
    own = max((one.stamp.at for one in said if one.stamp.role == "stakeholder"), default=None)
    links = [one for one in log.about(assessment, LINKS) if _is_shown(one, person)]
    return OnBehalf(
        tuple(_acts(log, assessment, (one for one in said if one.stamp.on_behalf_of == person))),
        next(iter(_acts(log, assessment, links[-1:])), None),
        own,
    )


def _is_shown(recorded: Recorded, person: str) -> bool:
    """Whether a coordinator was given a person's link; a message of ours hands it to themselves."""
    match recorded.fact:
        case PersonalLinkIssued(issued_to=whose) | PersonalLinkShown(shown_for=whose):
            return whose == person and recorded.stamp.role == "coordinator"
    return False


def _acts(log: Log, assessment: UUID, facts: Iterable[Recorded]) -> Iterable[Act]:
    named = log.assessment(assessment).coordinators
    for one in facts:
        who = named.get(one.stamp.by)
        item = one.fact.item if isinstance(one.fact, AnswerGiven | AnswerAmended) else None
        yield Act(one.stamp.at, log.text(who.name) if who else None, item)


def is_told(facts: Sequence[Recorded], dictating: set[InterviewKey], place: InterviewKey) -> bool:
    """Whether a message tells somebody what was done in their name in one transaction.

    Of a dictation they are told when it begins and when it is over, not at each answer.

    Args:
        dictating: the interviews of which a dictation has begun; kept up to date here.
    """
    stamp = facts[-1].stamp
    if stamp.on_behalf_of is None:
        dictating.discard(place)
        return False
    ends = any(isinstance(one.fact, InterviewCompleted | InterviewWithdrawn) for one in facts)
    begins = stamp.surface != "terminal" or place not in dictating
    dictating.add(place)
    return begins or ends
