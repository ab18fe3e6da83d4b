"""Somebody asks for the link that is theirs now, on the page of one that opens nothing any more.

It is sent where they are written to, never shown: whoever found an old link gains nothing by it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ehsg_events.commands.links import Links
from ehsg_events.events import PersonalLinkAsked
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import assessment_stream, interview_stream

MOST, WITHIN = 3, timedelta(days=1)  # how often one person's link is sent


def may_ask(log: Log, links: Links, token: str, now: datetime) -> tuple[UUID, str] | None:
    """The assessment and the person of an old link, if a newer one would show them something.

    Returns:
        None if the link works or never did, if the assessment is long over, or if the person has
        withdrawn or was forgotten.
    """
    whose = links.former(token, now)
    if whose is None or links.holder(whose[0], None, whose[1], now) is None:
        return None
    assessment, person = whose
    streams = (interview_stream(assessment, r.number, person) for r in log.rounds(assessment))
    is_gone = person in log.assessment(assessment).forgotten
    return None if is_gone or any(log.read(stream).withdrawn for stream in streams) else whose


def ask(log: Log, stamp: Stamp, assessment: UUID, person: str) -> None:
    """Promise somebody a message with their link; asked for too often, nothing more is promised."""

    def decide(tx: Transaction) -> None:
        tx.assessment(assessment)  # pinned, so that of many at once none is counted too late
        since = stamp.at - WITHIN
        asked = [
            one
            for one in log.about(assessment, (PersonalLinkAsked.TOPIC,))
            if one.fact == PersonalLinkAsked(asked_for=person) and one.stamp.at > since
        ]
        if len(asked) < MOST:
            tx.decide(assessment_stream(assessment), PersonalLinkAsked(asked_for=person))

    log.record(stamp, decide)
