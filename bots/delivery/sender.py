"""What became of a call to a surface, where it did not simply succeed; and what a sender does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar, runtime_checkable

from bots.messages.promise import Promise
from ehsg_events.kernel import Surface


class NotSent(Exception):
    """A call did not end with a message delivered."""


class Impossible(NotSent):
    """This person can never be reached on this surface; the reason names nobody."""


class Gone(NotSent):
    """The message that was to be changed stands there no more, or can no longer be changed."""


class Unsure(NotSent):
    """The connection was lost: the message may stand there or not."""


class Later(NotSent):
    """The surface does not take this now.

    Args:
        reason: a code of the surface; it names nobody.
        after: how long the surface asks to be left alone, where it says so.
    """

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class Down(NotSent):
    """The surface as a whole takes nothing: there is no connection, or it refuses us.

    Args:
        reason: a code of the surface, or none where nothing was heard of it.
        refuses_us: whether it says that it does not know us: our token is wrong or was revoked.
    """

    def __init__(self, reason: str, *, refuses_us: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.refuses_us = reason, refuses_us


Content_contra = TypeVar("Content_contra", contravariant=True)


@runtime_checkable
class Blind(Protocol):
    """A sender of which nobody can ask whether it has sent a message.

    It calls `leaving` with a message's promise right before nobody could take it back.
    """

    leaving: Callable[[Promise], object]


class Sender(Protocol[Content_contra]):
    """Sends messages to people, on a surface where the product may write first.

    Args:
        can_look: whether the surface can be asked if a message stands there already.
        lease: longer than the calls of one turn take at the most.
    """

    surface: Surface
    can_look: bool
    lease: timedelta

    def check(self) -> None:
        """Ask the surface whether it takes anything from us.

        Raises:
            Down: it does not.
        """

    def post(self, person: str, promise: Promise, content: Content_contra, *, look: bool) -> str:
        """Send a new message; its reference. With `look`, send only what is not there yet."""

    def change(
        self, person: str, reference: str, promise: Promise, content: Content_contra
    ) -> None:
        """Change a message that was sent before."""

    def find(self, person: str, promise: Promise) -> str | None:
        """The reference of a message that may have been sent, none when it is not there."""
