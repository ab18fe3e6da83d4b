"""A page of sections: how something stands in sentences or a table, and the pages that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from bots.phrases.pages import abandoned as phrases
from bots.web.desk.operations.offered import OFFERED, PAGES_OF, STILL_DONE, page_of
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

    @property
    def acts(self) -> tuple[bool, ...]:
        """Of each column but the first whether it leads to what can be done: nothing on paper."""
        _, *columns = zip(*self.rows, strict=True)
        return False, *(any(isinstance(cell, Link) for cell in one) for one in columns)


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
    anchor: str = ""  # by which another page leads to it


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
    told = [one for one in sections if _says_something(one)]
    return Drawn("hub.html", {"title": title, "sections": told, **values})


def _says_something(section: Section) -> bool:
    table = section.table
    return bool(section.lines or section.links or section.steps or (table and table.rows))


def without_refused(drawn: Drawn) -> Drawn:
    """A page of an abandoned assessment, without links to what would be refused there."""
    sections = drawn.values.get("sections")
    if drawn.template != "hub.html" or not isinstance(sections, list):
        return drawn
    left = [one for one in map(_without_refused, sections) if _says_something(one)]
    return Drawn(drawn.template, {**drawn.values, "sections": left}, drawn.whose, drawn.showing)


def _without_refused(section: Section) -> Section:
    links, table = tuple(one for one in section.links if not _is_refused(one)), section.table
    if table is not None:
        rows = tuple(
            tuple(phrases.NOT_ANY_MORE if _is_refused(cell) else cell for cell in row)
            for row in table.rows
        )
        table = table._replace(rows=rows)
    return section._replace(links=links, table=table)


def _is_refused(cell: object) -> bool:
    """Whether it leads to the page of an operation that is refused in an abandoned assessment."""
    operation = PAGES_OF.get(cell.href.partition("?")[0]) if isinstance(cell, Link) else None
    return operation is not None and operation not in STILL_DONE
