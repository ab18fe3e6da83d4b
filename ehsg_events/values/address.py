"""Where somebody is contacted first: a surface, and their own address on it, sealed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ehsg_events.kernel import Surface, Words

WRITABLE: frozenset[Surface] = frozenset({"slack", "mail"})  # where one can be written to first


class Address(NamedTuple):
    """An address; people without one are contacted by the coordinator, or come by themselves."""

    surface: Surface
    words: Words


def addresses(slack: Words | None, email: Words | None) -> tuple[Address, ...]:
    """Where somebody can be written to, in the order in which it is tried: Slack, then e-mail."""
    in_slack = (Address("slack", slack),) if slack else ()
    by_mail = (Address("mail", email),) if email else ()
    return (*in_slack, *by_mail)


def reached_at(known: Sequence[Address], writable: Collection[Surface]) -> Address | None:
    """Where somebody is written to: their first address on a surface that is set up.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    return next((address for address in known if address.surface in writable), None)
