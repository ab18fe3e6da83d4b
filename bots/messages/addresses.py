"""Where the person whom a message is for can be written to, and on which surface it goes out. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bots.messages.owed import TO_COORDINATORS, Kind
from ehsg_events.kernel import Surface
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.address import Address, addresses, reached_at

# What is said in a talk, where a person sees at once what became of a click or word.
IN_A_CHAT: tuple[Kind, ...] = ("screen", "reply", "shown", "vote", "votes-shown")
BY_LETTER: tuple[Kind, ...] = ("thanks", "sign-in")  # a chat says it as it goes along


class Message(Protocol):
    """A message that is owed or promised to somebody."""

    @property
    def kind(self) -> Kind:
        """What it says."""

    @property
    def to(self) -> str:
        """The pseudonym of whom it is for."""

    @property
    def about(self) -> tuple[str, ...]:
        """What or whom it is about."""


def addresses_of(message: Message, state: Assessment) -> tuple[Address, ...]:
    """Where a message can be sent, in the order in which it is tried."""
    if message.kind in TO_COORDINATORS:
        coordinator = state.coordinators.get(message.to)
        return coordinator.addresses if coordinator else ()
    if message.kind == "sign-in":
        named = state.named(message.to)
        return addresses(None, named.email) if named else ()
    if message.kind == "stand-in-told":
        backup = state.panel[message.about[0]].backup
        return backup.addresses if backup else ()
    member = state.panel.get(message.to)
    if member is None:
        return ()
    if message.kind in IN_A_CHAT:
        return addresses(member.slack, None)
    if message.kind in BY_LETTER:
        return member.addresses if _first(member.addresses) == "mail" else ()
    return member.addresses


def is_for(
    message: Message, state: Assessment, surface: Surface, writable: Collection[Surface]
) -> bool:
    """Whether a surface sends a message, or says of one that nobody can send that it is not sent.

    What could be sent on a surface that is not set up waits until it is.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    known = addresses_of(message, state)
    address = reached_at(known, writable)
    return address.surface == surface if address else not known


def _first(known: tuple[Address, ...]) -> Surface | None:
    return known[0].surface if known else None
