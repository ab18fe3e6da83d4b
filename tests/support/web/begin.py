"""A server over an empty data folder, as whoever comes first meets it: over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bots.web.app import build_app
from bots.web.begin.address import Address, begins, told
from bots.web.desk.session import COOKIE
from bots.web.rate_limit import RateLimiter
from bots.web_settings import Settings
from ehsg_events.kernel import Recorded
from ehsg_events.log.log import Log
from support.loopback import Clock, served
from support.web import plain_http
from support.web.desk import OWN

TYPED = {"name": "Jane Quill", "area": "Northvale", "guide": "ehsg-2022@2"}
NONCE = re.compile(r'name="nonce" value="([^"]+)"')


@dataclass
class Fresh:
    """The server, and what it said when it started."""

    log: Log
    clock: Clock
    token: str | None
    address: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The address to begin at; one that opens nothing where there is none."""
        return f"/begin/{self.token or 'none'}"

    @property
    def kinds(self) -> list[str]:
        """The names of all facts."""
        return [type(one.fact).__name__ for one in self.recorded]

    @property
    def recorded(self) -> list[Recorded]:
        """The whole log."""
        return list(self.log.all())

    def browser(self) -> httpx.Client:
        """Somebody's browser, which says where a form comes from."""
        return plain_http.client(base_url=self.address, headers=OWN, timeout=30)

    def press(self, browser: httpx.Client, where: str = "", **typed: str) -> httpx.Response:
        """Open the form, fill it in and press its button."""
        nonce = NONCE.search(browser.get(self.where).text)
        form = {"nonce": nonce[1] if nonce else "n", **TYPED, **typed}
        return browser.post(where or self.where, data=form)


@contextmanager
def fresh(folder: Path, limiter: RateLimiter | None = None) -> Iterator[Fresh]:
    """A server over a folder; what was recorded there before is there still."""
    log, clock = Log(folder), Clock()
    address: Address | None = begins(log, clock)
    place = Fresh(log, clock, address.token if address else None)
    with (
        served(build_app(log, clock, limiter, begin=address)) as port,
        told(log, address, Settings(), "", place.said.append),
    ):
        place.address = f"http://127.0.0.1:{port}"
        yield place
    log.close()


def session(answer: httpx.Response) -> str | None:
    """The session that an answer gives a browser."""
    return answer.cookies.get(COOKIE)
