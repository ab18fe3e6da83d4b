"""The body of a request, taken off the wire within a time, a size and a number at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from weakref import WeakKeyDictionary

from starlette.requests import Request

SMALL = 64 * 1024  # bytes that any request may hold without waiting for its turn


class TooLarge(Exception):
    """More came than is taken."""


class Bounds:
    """What one kind of request may take.

    Args:
        most: bytes that are kept.
        patience: seconds for all of it to come.
        at_once: how many larger than a small one are read at once; the others wait for their turn.
        read: bytes that are taken off the wire and thrown away beyond the most, so that a browser
            gets the answer; Slack needs none.
    """

    def __init__(self, most: int, patience: float, at_once: int, read: int = 0) -> None:
        self.most, self.patience, self.at_once = most, patience, at_once
        self.read = max(read, most)
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]
        self._turns = WeakKeyDictionary()

    @property
    def turn(self) -> asyncio.Semaphore:
        """The turn of a large body, by the loop that serves it."""
        return self._turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self.at_once))


async def pieces(request: Request, bounds: Bounds) -> AsyncGenerator[bytes]:
    """The body in pieces, within its bounds.

    Raises:
        TooLarge: it is larger.
        TimeoutError: it did not come in time, or its turn did not.
        ClientDisconnect: whoever sent it hung up.
    """
    until, taken = asyncio.get_running_loop().time() + bounds.patience, 0
    stream, is_large = request.stream(), False
    async with AsyncExitStack() as held:
        while True:
            async with asyncio.timeout_at(until):
                if taken > SMALL and not is_large:
                    await held.enter_async_context(bounds.turn)
                    is_large = True
                piece = await anext(stream, None)
            if piece is None:
                break
            taken += len(piece)
            if taken <= bounds.most:
                yield piece
            elif taken > bounds.read:
                break
    if taken > bounds.most:
        raise TooLarge


async def whole(request: Request, bounds: Bounds) -> bytes:
    """The body, whole and within its bounds.

    Raises:
        TooLarge, TimeoutError, ClientDisconnect: as `pieces` does.
    """
    return b"".join([piece async for piece in pieces(request, bounds)])
