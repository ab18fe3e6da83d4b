"""Somebody is forgotten: their names, addresses, words and files are destroyed, the log stays.

The deleted texts go in one transaction with the fact that says so. Their key lies in another file
and is destroyed once that fact is on the disk; whoever is interrupted in between goes on when the
log is next opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands import links
from ehsg_events.commands.outcomes import reason
from ehsg_events.events import Ground, InvitationEnded, PersonForgotten
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights.looking import look_through
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.streams import assessment_stream, round_stream

TELLING = 24  # bytes of a ciphertext or key that are looked for: more than chance would repeat
SHORTEST = 3  # letters of a part of a name


class Traces(NamedTuple):
    """What could still be found on the disk of what was destroyed.

    `held` is whether the write-ahead log could not be emptied yet, `files` were looked through, and
    `found_in` are those in which a piece of a ciphertext or of a key still stands.
    """

    held: bool
    files: int
    found_in: tuple[str, ...]


class Forgetting(NamedTuple):
    """What came of forgetting somebody, now or before."""

    person: str
    fact: PersonForgotten
    position: int
    again: bool  # they were forgotten before, and it was looked once more
    traces: Traces

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it is left in this folder."""
        return not (self.traces.held or self.traces.found_in)


def forget(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    person: str,
    because: str | None,
    ground: Ground = "asked",
) -> Forgetting:
    """Destroy somebody's names, addresses, words and files in one assessment, for good.

    Whoever was forgotten before is looked for once more.

    Args:
        because: the reason, kept sealed as the coordinator's.

    Raises:
        Refused: nobody is called that, or they still coordinate or read.
    """
    pieces = [*pieces_of(log, assessment, person)]

    def decide(tx: Transaction) -> None:
        if person not in tx.assessment(assessment).forgotten:
            decide_to_forget(tx, assessment, person, because, ground)

    saved = log.record(stamp, decide)
    log.forgotten.finish()
    fact, position = _of(log, assessment, person)
    return Forgetting(person, fact, position, not saved.new, traces(log, pieces))


def decide_to_forget(
    tx: Transaction, assessment: UUID, person: str, because: str | None, ground: Ground
) -> None:
    """Decide that somebody is forgotten: asked nothing more, found by no link, written to no more.

    Raises:
        Refused: as `forget`.
    """
    state, stream = tx.assessment(assessment), assessment_stream(assessment)
    if ground == "asked":
        _refuse_unless_free(tx, state, assessment, person)
        _refuse_their_name(tx, state, person, because or "")
    kept = tx.seal(reason(because), stream, COORDINATOR) if because is not None else None
    if person in state.panel:
        links.revoke_all(tx, assessment, person)
        _end_invitations(tx, assessment, person)
    texts = tx.erase(assessment, person)
    tx.decide(stream, PersonForgotten(forgotten=person, ground=ground, because=kept, texts=texts))


def _end_invitations(tx: Transaction, assessment: UUID, person: str) -> None:
    for round in tx.rounds(assessment):
        if not round.closed and person in round.invited and person not in round.released:
            stream = round_stream(assessment, round.number)
            tx.decide(stream, InvitationEnded(ended_for=person))


def _refuse_unless_free(tx: Transaction, state: Assessment, assessment: UUID, person: str) -> None:
    if person in state.coordinators:
        raise Refused(
            f"{person} still coordinates. Remove them first, then forget them.",
            Way("coordinator remove", "remove them", {"coordinator": person}),
        )
    if person in state.readers:
        raise Refused(
            f"{person} still reads. Remove them first, then forget them.",
            Way("reader remove", "remove them", {"reader": person}),
        )
    if person == COORDINATOR:
        raise Refused(
            "That would destroy the reasons behind the outcomes. They go when the time of keeping "
            "is over, if the policy says so."
        )
    if person not in state.panel and not tx.log.store.has_texts_of(assessment, person):
        raise Refused(
            f"Nothing is kept of anybody called {person}.", Way("panel", "see who is on the panel")
        )


def _refuse_their_name(tx: Transaction, state: Assessment, person: str, because: str) -> None:
    """Refuse a reason with any part of their name: the reason stays when they are forgotten."""
    member = state.panel.get(person)
    name = tx.text(member.name) if member else None
    parts = {part for part in _words(name or "") if len(part) >= SHORTEST}
    if parts & {*_words(because)}:
        raise Refused(
            "The reason holds a part of their name, and it is kept. Say it without.",
            field="because",
        )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# -- looking for what is left --------------------------------------------------------------------
def pieces_of(log: Log, assessment: UUID, person: str) -> Iterator[bytes]:
    """A piece of each ciphertext and of the key, as they lie on the disk."""
    yield from (body[:TELLING] for _, body in log.store.texts_of(assessment, person))
    if key := log.vault.keys.wrapped(assessment, person):
        yield key[:TELLING]


def traces(log: Log, pieces: Sequence[bytes]) -> Traces:
    """Empty the write-ahead log, and look through every file of the data folder."""
    held = not log.store.empty_write_ahead()
    return Traces(held, *look_through(log.folder, pieces))


def _of(log: Log, assessment: UUID, person: str) -> tuple[PersonForgotten, int]:
    """The fact by which somebody was forgotten."""
    for recorded in log.about(assessment, (PersonForgotten.TOPIC,)):
        if isinstance(recorded.fact, PersonForgotten) and recorded.fact.forgotten == person:
            return recorded.fact, recorded.position
    raise AssertionError(f"{person} was not forgotten")
