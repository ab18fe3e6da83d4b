"""The address at which the first assessment is opened: secret, and dead once one is open."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from bots.phrases.desk import NOTHING_YET
from bots.web_settings import Settings
from ehsg_events.commands.assessments import FIRST, Opening
from ehsg_events.commands.opening import beginning
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from guides import durable

Say = Callable[[str], object]
BYTES = 32  # of chance
FILE = "begin"  # in the data folder, for whoever does not see what a container says
SENT_TWICE = timedelta(
    minutes=1
)  # within which the same form is one press, and not somebody else's


class _Begun(NamedTuple):
    nonce: str
    session: str
    at: datetime


class Address:
    """The secret part of the address, and what it begins.

    Args:
        clock: says now, in UTC.
    """

    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        self.token = secrets.token_urlsafe(BYTES)
        self._log, self._clock = log, clock
        self._beginning = threading.Lock()
        self._begun: _Begun | None = None

    def is_ours(self, token: str) -> bool:
        """Whether this is the address, whatever it opens."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def opens(self, token: str) -> bool:
        """Whether an assessment can be begun at this address: one can, once, while none is open."""
        return self.is_ours(token) and self._begun is None and not self._log.names()

    def begin(self, nonce: str, opens: Opening) -> str:
        """Begin, and return the session's secret; the same form sent twice begins once.

        Raises:
            Refused: an assessment is open already, or one cannot be opened like this.
        """
        with self._beginning:
            now = self._clock()
            if self._begun and self._begun.nonce == nonce and now < self._begun.at + SENT_TWICE:
                return self._begun.session
            if self._begun:
                raise Refused(beginning.BEGUN)
            stamp = Stamp(
                at=now,
                by=FIRST,
                role="coordinator",
                surface="web",
                cause="begin",
                key=f"begin {uuid4().hex}",
            )
            session = beginning.begin(self._log, stamp, self.token, opens)
            self._begun = _Begun(nonce, session, now)
            forget(self._log)
            return session


def begins(log: Log, clock: Callable[[], datetime]) -> Address | None:
    """An address to begin at; none where an assessment is open, or where nothing can be recorded."""
    forget(log)  # one of an earlier start, which was killed
    return None if log.names() or log.store.read_only else Address(log, clock)


@contextmanager
def told(
    log: Log, address: Address | None, settings: Settings, served_at: str, say: Say
) -> Iterator[None]:
    """Say once where to begin, and keep it in a file until that was used or the block ends.

    Args:
        served_at: where the pages are, if no port was chosen.
    """
    if address is None:
        yield
        return
    chosen = urlsplit(settings.url).port != 0  # 0 takes any port that is free
    url = settings.begin(address.token, None if chosen else served_at)
    durable.write(log.folder / FILE, f"{url}\n".encode(), mode=durable.OWNER_ONLY)
    say(NOTHING_YET.format(url=url))
    try:
        yield
    finally:
        forget(log)


def forget(log: Log) -> None:
    """Delete the file with the address."""
    if not log.store.read_only:
        (log.folder / FILE).unlink(missing_ok=True)
