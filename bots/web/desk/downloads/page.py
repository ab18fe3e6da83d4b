"""The page of everything that can be taken away, each file a link that says what it holds."""

from __future__ import annotations

from urllib.parse import urlencode

from bots.phrases.pages import downloads as phrases
from bots.web.desk.downloads.files import File, open_to
from bots.web.desk.hubs.hub import Link, Section, Table, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from projections.facts.view import View

AS_OF = "as-of"
HEADINGS = ("File", "What it holds")


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The files for whoever looks, as of the moment that was asked for."""
    files, as_of = open_to(view, visitor.role), asked.get(AS_OF, "").strip()
    groups = dict.fromkeys(file.group for file in files.values())
    return hub(
        phrases.DOWNLOADS, *(_section(group, files, as_of) for group in groups), *_later(view)
    )


def _section(group: str, files: dict[str, File], as_of: str) -> Section:
    query = f"?{urlencode({AS_OF: as_of})}" if as_of else ""
    rows = tuple(
        (Link(f"download/{name}{query}", name), file.says)
        for name, file in files.items()
        if file.group == group
    )
    return Section(group, table=Table(group, HEADINGS, rows))


def _later(view: View) -> tuple[Section, ...]:
    if view.state.signed_off is not None:
        return ()
    return (Section(phrases.FORM, (phrases.NOT_YET,)),)
