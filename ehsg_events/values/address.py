"""Where somebody is contacted first: a surface, and their own id on it, sealed."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Surface, Words


class Address(NamedTuple):
    """An address; people without one are contacted by the coordinator, or come by themselves."""

    surface: Surface
    words: Words


def in_slack(words: Words | None) -> Address | None:
    """The address of somebody with a sealed Slack id, none without one."""
    return Address("slack", words) if words else None
