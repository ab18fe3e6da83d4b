"""People who get letters, and the pages their letters lead to, behind a real server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bots.mail.letter import Letter
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import links
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.values.stop_token import stop_token
from support.browser import Page
from support.post_office import Town
from support.web import plain_http
from support.web.web import web

ADA, BEN, DI = "police-1", "health-1", "school-1"  # by letter alone, in Slack as well, neither


@dataclass
class Pages:
    """A town, and the server that its letters lead to."""

    town: Town
    address: str

    def path(self, url: str | None) -> str:
        """Where an address in a letter leads, on this server."""
        assert url is not None
        return f"{self.address}{urlsplit(url).path}"

    def link(self, person: str) -> str:
        """Somebody's link; its secret end."""
        town = self.town
        return links.issue(
            town.log, town.stamp(f"link {self.facts}", "outbox"), town.assessment, person
        )

    def replaced(self, person: str) -> str:
        """A link that was somebody's until a newer one replaced it; its secret end."""
        old, town = self.link(person), self.town
        links.replace(town.log, town.stamp(f"new {self.facts}", "outbox"), town.assessment, person)
        return old

    def stop(self, person: str) -> str:
        """Where somebody's reminders are stopped."""
        return f"{self.address}/stop/{stop_token(self.link(person))}"

    def stopped(self, person: str) -> bool:
        """Whether somebody gets no reminders."""
        return person in self.town.log.assessment(self.town.assessment).unreminded

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return self.town.log.store.last_position()

    def kinds(self, after: int) -> list[str]:
        """The kinds of the facts after a position."""
        return [type(one.fact).__name__ for one in self.town.log.all(after)]

    def letters(self) -> list[Letter]:
        """Deliver what is open now."""
        return self.town.delivered()


@contextmanager
def pages(
    folder: Path, limiter: RateLimiter | None = None, people: Sequence[Member] = ()
) -> Iterator[Pages]:
    """A town whose first round is open, behind a real server."""
    town = Town(Log(folder))
    town.open(tuple(people) or None)
    with web(town.log, town.clock, limiter) as address:
        yield Pages(town, address)
    town.log.close()


def clicked(
    url: str, body: bytes = b"List-Unsubscribe=One-Click", **headers: str
) -> httpx.Response:
    """What a mail program's one click is answered: no cookie, no page it came from, no redirect."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return plain_http.post(url, content=body, headers={**kind, **sent})


def seen(answer: httpx.Response) -> Page:
    """An answer as a browser would see it."""
    return Page(answer.text)
