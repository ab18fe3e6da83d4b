"""Who coordinates, who may only read the pages, and where both are written to."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.panel import NO_ADDRESS
from ehsg_events.events import (
    ContactChanged,
    CoordinatorNamed,
    CoordinatorRemoved,
    ReaderNamed,
    ReaderRemoved,
    Reads,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Stream, Surface, Way, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.email_address import read_email
from ehsg_events.panel.member import refuse_unless_in_slack
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.contacts import FIELDS
from ehsg_events.states.streams import assessment_stream


class Contact(NamedTuple):
    """Where somebody is written to, as it was typed: team and user in Slack, and an address.

    None where they have none or, in a change, where it stays as it was; `none` takes one away.
    """

    slack: str | None = None
    email: str | None = None

    def checked(self) -> Contact:
        """The same, as it is kept.

        Raises:
            Refused: it is no address.
        """
        if self.slack and self.slack != NO_ADDRESS:
            refuse_unless_in_slack(self.slack)
        keep = not self.email or self.email == NO_ADDRESS
        return self if keep else self._replace(email=read_email(self.email or ""))

    def sealed(self, tx: Transaction, stream: Stream, person: str) -> dict[str, Words | None]:
        """The addresses that were typed, by the field they stand in."""
        typed = self._asdict().items()
        return {
            field: tx.seal(text, stream, person)
            for field, text in typed
            if text and text != NO_ADDRESS
        }

    def left(self) -> tuple[Surface, ...]:
        """The surfaces on which an address was taken away."""
        return tuple(s for s, field in FIELDS.items() if getattr(self, field) == NO_ADDRESS)


NOWHERE = Contact()


class Opener(NamedTuple):
    """Who opens an assessment, and coordinates it from then on; the name as it was typed."""

    name: str
    contact: Contact = NOWHERE

    def checked(self) -> Opener:
        """The same, as it is kept.

        Raises:
            Refused: there is no name, or an address is none.
        """
        if not self.name.strip():
            raise Refused(
                "Say who coordinates, such as Jane Smith. The name is kept sealed.", field="name"
            )
        return Opener(self.name.strip(), self.contact.checked())

    def named(self, tx: Transaction, stream: Stream, pseudonym: str) -> CoordinatorNamed:
        """The fact that they coordinate; name and addresses are sealed."""
        sealed = self.contact.sealed(tx, stream, pseudonym)
        return CoordinatorNamed(
            coordinator=pseudonym,
            name=tx.seal(self.name, stream, pseudonym),
            slack=sealed.get("slack"),
            email=sealed.get("email"),
        )


def opener_of(log: Log, assessment: UUID, coordinator: str) -> Opener:
    """A coordinator as who opens another assessment: the same person, with the same addresses.

    Raises:
        Refused: nobody coordinates by that pseudonym.
    """
    known = log.assessment(assessment).coordinators
    if coordinator not in known:
        raise Refused(f"Nobody coordinates as {coordinator}.")
    named = known[coordinator]
    contact = Contact(log.text(named.slack), log.text(named.email))
    return Opener(log.text(named.name) or "", contact)


def name_coordinator(
    log: Log, stamp: Stamp, assessment: UUID, name: str, contact: Contact = NOWHERE
) -> str:
    """Name a coordinator; the name and the addresses are sealed.

    Returns:
        The pseudonym by which this coordinator acts on the log.
    """
    known = Opener(name, contact).checked()

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        _refuse_twice(log, state, known.contact.slack)
        tx.decide(stream, known.named(tx, stream, _free_coordinator(state)))

    (named,) = log.record(stamp, decide).every(CoordinatorNamed)
    return named.coordinator


def remove_coordinator(log: Log, stamp: Stamp, assessment: UUID, coordinator: str) -> None:
    """Remove a coordinator; what they did stays as it is."""

    def decide(tx: Transaction) -> None:
        known = tx.assessment(assessment).coordinators
        if coordinator not in known:
            raise Refused(
                f"Nobody coordinates as {coordinator}. Coordinators are: "
                f"{', '.join(known) or 'none yet'}."
            )
        tx.decide(assessment_stream(assessment), CoordinatorRemoved(coordinator=coordinator))

    log.record(stamp, decide)


def change_contact(log: Log, stamp: Stamp, assessment: UUID, person: str, contact: Contact) -> None:
    """Change where a coordinator or a reader is written to.

    Raises:
        Refused: nobody is named by that, a reader was given a Slack id, or nothing would change.
    """
    known = contact.checked()

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        if person not in state.coordinators and person not in state.readers:
            names = ", ".join((*state.coordinators, *state.readers))
            raise Refused(f"Nobody coordinates or reads as {person}. Named are: {names or 'none'}.")
        if known.slack and person in state.readers:
            raise Refused("A reader is sent a way in by e-mail, not in Slack.", field="slack")
        _refuse_twice(log, state, known.slack)
        sealed, left = known.sealed(tx, stream, person), known.left()
        if not sealed and not left:
            raise Refused("Say where they are written to now: an e-mail address or a Slack id.")
        fact = {"contact_of": person, "left": left, **sealed}
        tx.decide(stream, ContactChanged.model_validate(fact))

    log.record(stamp, decide)


def _refuse_twice(log: Log, state: Assessment, slack: str | None) -> None:
    """Refuse a Slack person who coordinates already, so that it is clear who acted."""
    for pseudonym, fact in state.coordinators.items():
        if slack and log.text(fact.slack) == slack:
            raise Refused(
                f"That Slack person coordinates already, as {pseudonym}.",
                Way("coordinator remove", "take the role back first", {"coordinator": pseudonym}),
                field="slack",
            )


def _free_coordinator(state: Assessment) -> str:
    """The next pseudonym that nobody has had."""
    number = state.coordinators_named + 1
    while f"{COORDINATOR}-{number}" in state.panel:
        number += 1
    return f"{COORDINATOR}-{number}"


READER = "reader"


def name_reader(
    log: Log, stamp: Stamp, assessment: UUID, name: str, reads_as: Reads, email: str | None = None
) -> str:
    """Name a reader; the name is sealed, and so is the address where their way in is sent.

    Returns:
        The pseudonym by which this reader is known on the log.
    """
    if not name.strip():
        raise Refused("Say who reads, such as Jane Smith. The name is kept sealed.", field="name")

    contact = Contact(email=email).checked()

    def decide(tx: Transaction) -> None:
        stream, pseudonym = assessment_stream(assessment), _free_reader(tx.assessment(assessment))
        sealed = tx.seal(name.strip(), stream, pseudonym)
        address = contact.sealed(tx, stream, pseudonym).get("email")
        fact = ReaderNamed(reader=pseudonym, reads_as=reads_as, name=sealed, email=address)
        tx.decide(stream, fact)

    (named,) = log.record(stamp, decide).every(ReaderNamed)
    return named.reader


def remove_reader(log: Log, stamp: Stamp, assessment: UUID, reader: str) -> None:
    """Remove a reader; their open sessions end at once.

    Raises:
        Refused: nobody reads by that pseudonym.
    """

    def decide(tx: Transaction) -> None:
        known = tx.assessment(assessment).readers
        if reader not in known:
            raise Refused(
                f"Nobody reads as {reader}. Readers are: {', '.join(known) or 'none yet'}."
            )
        tx.decide(assessment_stream(assessment), ReaderRemoved(reader=reader))

    log.record(stamp, decide)


def _free_reader(state: Assessment) -> str:
    """The next pseudonym that nobody has had."""
    number = state.readers_named + 1
    while f"{READER}-{number}" in state.panel:
        number += 1
    return f"{READER}-{number}"
