"""The deadline of a round as an entry for one person's calendar."""

from __future__ import annotations

from datetime import timedelta

from bots.mail.letter import Entry
from bots.messages.owed import name_of
from bots.messages.states import InterviewKey
from ehsg_events.events import (
    DeadlineMoved,
    InvitationEnded,
    RoundOpened,
    RoundReopened,
    StakeholderInvited,
)
from ehsg_events.kernel import Fact
from ehsg_events.log.state_reader import StateReader
from ehsg_events.states.streams import message_stream, round_stream

LASTS = timedelta(minutes=15)  # a deadline is drawn as the quarter of an hour before it


def deadline_entry(
    reading: StateReader, place: InterviewKey, title: str, says: str, *, cancelled: bool = False
) -> Entry:
    """The entry as the round stands: whatever its edition, the same id for one person's deadline.

    Args:
        reading: the log, or a transaction, which pins what is read.
        cancelled: it is to be taken out again.
    """
    assessment, number, person = place
    stream = round_stream(assessment, number)
    round, facts = reading.read(stream), reading.source.facts(stream)
    changes = [one for one in facts if _changes(one.fact, person)]
    assert round is not None, "who has a deadline in a round was invited to it"
    return Entry(
        id=message_stream(assessment, name_of(place, "deadline")).id,
        edition=len(changes),
        written=changes[-1].stamp.at,
        begins=round.deadline - LASTS,
        ends=round.deadline,
        title=title,
        says=says,
        cancelled=cancelled,
    )


def _changes(fact: Fact, person: str) -> bool:
    """Whether a fact changes what stands in a person's calendar."""
    match fact:
        case RoundOpened() | DeadlineMoved() | RoundReopened():
            return True
        case StakeholderInvited(invited=who) | InvitationEnded(ended_for=who):
            return who == person
    return False
