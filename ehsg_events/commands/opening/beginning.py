"""The first assessment of a data folder, opened by whoever has the address that the server prints."""

from __future__ import annotations

import secrets
from uuid import UUID, uuid5

from ehsg_events.commands.assessments import FIRST, Opening, decide_to_open
from ehsg_events.commands.links import LENGTH, digest
from ehsg_events.commands.sign_in import SESSION_LASTS, Person
from ehsg_events.events import SignedIn
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import sign_in_stream

SPACE = UUID("6f4b3f0e-6a5c-4e0b-9d5e-0f7a5a6f0b45")  # of ids that are derived from an address
BEGUN = "An assessment is open here already, so nothing is begun a second time."


def begun_by(token: str) -> Person:
    """Who coordinates what an address begins; it is the same for the same address."""
    return Person(uuid5(SPACE, digest(token)), FIRST)


def begin(log: Log, stamp: Stamp, token: str, opens: Opening) -> str:
    """Open the first assessment, name its coordinator and begin their session, all in one.

    Args:
        token: the secret part of the address, which becomes no fact.
        opens: with the coordinator.

    Returns:
        The session's secret, which is stored nowhere.

    Raises:
        Refused: an assessment is open already, or the guide, the area or the coordinator is none.
    """
    person, session = begun_by(token), secrets.token_urlsafe(LENGTH)
    coordinator = opens.coordinator and opens.coordinator.checked()
    checked = opens._replace(coordinator=coordinator)

    def decide(tx: Transaction) -> None:
        if log.names():
            raise Refused(BEGUN)
        decide_to_open(tx, person.assessment, checked)
        tx.read(sign_in_stream(*person))
        until = tx.stamp.at + SESSION_LASTS
        signed = SignedIn(link=digest(token), door=digest(session), until=until)
        tx.decide(sign_in_stream(*person), signed)

    saved = log.record(stamp, decide)
    if saved.repeated:  # what this attempt made up opens nothing
        raise Refused(BEGUN)
    return session
