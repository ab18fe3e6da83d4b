"""Who is looking at a page, what a page is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from bots.operations.operation import Done
from bots.web.forms import Filled, Mistake
from ehsg_events.events import Showing
from ehsg_events.kernel import Role, Stamp
from ehsg_events.log.log import Log
from projections.access.audience import Audience

if TYPE_CHECKING:
    from projections.facts.view import View


@dataclass(frozen=True)
class Visitor:
    """Somebody who has signed in: to which assessment, by which pseudonym, in which role, when."""

    assessment: UUID
    person: str
    role: Audience
    at: datetime
    session: str = ""  # the secret of their browser's session
    reads: bool = True  # what they are shown; a program that asks for the head alone is not
    wrong: tuple[Mistake, ...] = ()  # what was wrong with the form that is shown to them again

    def stamp(self, cause: str, key: str) -> Stamp:
        """The stamp of what they do here."""
        role: Role = "coordinator" if self.role == "coordinator" else "reader"
        return Stamp(at=self.at, by=self.person, role=role, surface="web", cause=cause, key=key)


@dataclass(frozen=True)
class Drawn:
    """A page's template, and the values it prints.

    `whose` are the people whose words it shows under their pseudonym, `showing` how.
    """

    template: str
    values: Mapping[str, object]
    whose: frozenset[str] = frozenset()
    showing: Showing = "trail"


class Took(NamedTuple):
    """A form was recorded: the page to go on to, and what is said there of what was done.

    `session` is that of another assessment, if that is where they go on.
    """

    to: str
    done: Done | None = None
    session: str = ""


class Given(NamedTuple):
    """A form was recorded, and a file comes of it: its name, and its content."""

    name: str
    content: bytes


class ToCheck(NamedTuple):
    """A form that is shown again on its page: to be looked at, or to be changed."""

    fields: Mapping[str, str]


Asked = Mapping[str, str]
Draw = Callable[["View", Visitor, Asked], Drawn]
Take = Callable[[Log, Visitor, Stamp, Filled], Took | ToCheck | Given]


@dataclass(frozen=True)
class Entry:
    """One page in the desk.

    Args:
        roles: who may open it.
        called: its name in the links from page to page.
        draw: makes it from a view as of the moment that was asked for, from the visitor, and from
            what was asked in the address or typed into a form that was refused.
        take: records what a form on it said, and gives the address to go on to, such as
            `settle?settled=5.1`; refuses by `Refused`. None on a page without forms.
        takes: who may send its form.
        looks_back: whether it can be shown as of an earlier moment.
        does: the name of the operation that its form carries out.
        linked: whether every page leads to it.
    """

    roles: frozenset[Audience]
    called: str
    draw: Draw
    take: Take | None = None
    takes: frozenset[Audience] = frozenset()
    looks_back: bool = True
    does: str | None = None
    linked: bool = True
