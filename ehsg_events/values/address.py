"""Where somebody is contacted first: a surface, and their own id on it, sealed."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ehsg_events.kernel import Surface, Words

WRITABLE: frozenset[Surface] = frozenset({"slack"})  # where somebody can be written to first


class Address(NamedTuple):
    """An address; people without one are contacted by the coordinator, or come by themselves."""

    surface: Surface
    words: Words


def in_slack(words: Words | None) -> Address | None:
    """The address of somebody with a sealed Slack id, none without one."""
    return Address("slack", words) if words else None


def is_reached(address: Address | None, writable: Collection[Surface]) -> bool:
    """Whether somebody can be written to: they have an address, and its surface is set up.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    return address is not None and address.surface in writable
