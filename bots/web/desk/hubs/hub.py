"""A page of sections: how something stands in sentences or a table, and the pages that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from bots.web.desk.operations.offered import OFFERED, page_of
from bots.web.desk.page import Drawn


class Link(NamedTuple):
    """A page that is led to, what it is called here, and what tells it from its neighbours."""

    href: str
    label: str
    about: str = ""


class Bar(NamedTuple):
    """How much of something is done: in words, and how wide it is of a hundred."""

    words: str
    width: int


class Table(NamedTuple):
    """Rows of cells under headings; of each row the first cell names it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | Link | Bar, ...], ...]


class Step(NamedTuple):
    """What happened and when; and where it lies on a line, by which shape."""

    when: str
    says: str
    x: int
    shape: str


class Section(NamedTuple):
    """One matter."""

    heading: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...] = ()


def does(
    operation: str, given: Mapping[str, str] | None = None, about: str = "", label: str = ""
) -> Link:
    """A link to an operation's page, with what is known of it filled in.

    Args:
        about: what tells it from its neighbours, for those who hear it.
        label: what it is called where its page's title is too long.
    """
    query = f"?{urlencode(given)}" if given else ""
    return Link(f"{page_of(operation)}{query}", label or OFFERED[operation].title, about)


def hub(title: str, *sections: Section, **values: object) -> Drawn:
    """A page of sections, without those that say nothing."""
    told = [
        one
        for one in sections
        if one.lines or one.links or one.steps or (one.table and one.table.rows)
    ]
    return Drawn("hub.html", {"title": title, "sections": told, **values})
