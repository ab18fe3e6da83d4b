"""Where somebody can be spoken to first: a surface, and their own id on it, sealed."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Surface, Words


class Address(NamedTuple):
    """An address; whoever has none is reached by a person, or comes by themselves."""

    surface: Surface
    words: Words


def in_slack(words: Words | None) -> Address | None:
    """The address of somebody whose Slack id was sealed; none when it was not."""
    return Address("slack", words) if words else None
