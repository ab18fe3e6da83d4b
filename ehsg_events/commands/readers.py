"""Who may sign in to the pages and only read: auditors, and members of the board."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import ReaderNamed, ReaderRemoved, Reads
from ehsg_events.kernel import Refused, Stamp, assessment_stream
from ehsg_events.log.application import Log, Pen
from ehsg_events.states.assessment import Assessment

READER = "reader"


def name_reader(log: Log, stamp: Stamp, assessment: UUID, name: str, reads_as: Reads) -> str:
    """Name a reader; the name is sealed.

    Returns:
        The pseudonym by which this reader is known on the log.
    """
    if not name.strip():
        raise Refused("Say who reads, such as --name 'Jane Smith'. The name is kept sealed.")

    def decide(pen: Pen) -> None:
        stream, pseudonym = assessment_stream(assessment), _pseudonym(pen.assessment(assessment))
        sealed = pen.seal(name.strip(), stream, pseudonym)
        pen.decide(stream, ReaderNamed(reader=pseudonym, reads_as=reads_as, name=sealed))

    log.record(stamp, decide)
    return _named_by(log, stamp)


def remove_reader(log: Log, stamp: Stamp, assessment: UUID, reader: str) -> None:
    """Take the pages back from a reader; whoever is signed in is out at once.

    Raises:
        Refused: nobody reads by that name.
    """

    def decide(pen: Pen) -> None:
        known = pen.assessment(assessment).readers
        if reader not in known:
            raise Refused(
                f"Nobody reads as {reader}. Readers are: {', '.join(known) or 'none yet'}."
            )
        pen.decide(assessment_stream(assessment), ReaderRemoved(reader=reader))

    log.record(stamp, decide)


def _named_by(log: Log, stamp: Stamp) -> str:
    """The pseudonym that was given, also when the same cause is heard again."""
    named = (one for one in log.all(topics=(ReaderNamed.TOPIC,)) if one.stamp.key == stamp.key)
    fact = next(named).fact
    assert isinstance(fact, ReaderNamed), "only these facts were asked for"
    return fact.reader


def _pseudonym(state: Assessment) -> str:
    """The next one nobody has acted by."""
    number = state.readers_named + 1
    while f"{READER}-{number}" in state.panel:
        number += 1
    return f"{READER}-{number}"
