"""The guides that can be used here, one of them whole, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bots.guide_files.preview import script, talk_about
from bots.guide_files.shown import shown
from bots.phrases.pages import guides as phrases
from bots.web.desk.guides.naming import called
from bots.web.desk.hubs.hub import Link, Section, Table, hub
from bots.web.desk.operations.choice import Choice
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from guides import library
from guides.library import PublishedGuide
from guides.model import Guide
from projections.facts.view import View

HEADINGS = (phrases.TITLE, phrases.ASKS, phrases.LOOK)


def draw_all(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Every guide, with a link to look at it."""
    rows = tuple(_rows(view.log.folder))
    publish = Link("guide-publish", phrases.PUBLISH)
    table = Table(phrases.ALL, HEADINGS, rows)
    return hub(phrases.GUIDES, Section(phrases.ALL, table=table, links=(publish,)))


def _rows(folder: Path) -> Iterator[tuple[str | Link, ...]]:
    for name in library.names(folder):
        try:
            guide = published(name, folder).guide
        except Refused as refusal:
            yield name, str(refusal), ""
            continue
        yield (
            phrases.called(guide),
            how_much(guide),
            Link(f"guide?name={name}", phrases.LOOK_AT, phrases.called(guide)),
        )


def how_much(guide: Guide) -> str:
    """How many descriptors and other questions a guide asks."""
    return phrases.asks(len(guide.descriptors), len(guide.items) - len(guide.descriptors))


def draw_one(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """All that a guide says, its interview, and what differs from another.

    Raises:
        Refused: there is no guide of that name.
    """
    folder = view.log.folder
    opened = published(asked.get("name", "") or view.guide.id, folder)
    other = asked.get("than", "")
    values: dict[str, object] = {
        "name": opened.guide.id,
        "title": phrases.called(opened.guide),
        "others": [
            Choice(one, called(one, folder))
            for one in library.names(folder)
            if one != opened.guide.id
        ],
        "than": other,
        "than_called": called(other, folder) if other else "",
        "differences": _differences(published(other, folder), opened) if other else [],
        **whole(opened, view.state.area),
    }
    return Drawn("guide.html", values)


def _differences(before: PublishedGuide, after: PublishedGuide) -> list[str]:
    from guides.difference import difference

    return difference(before.guide, after.guide) or [phrases.SAME]


def whole(opened: PublishedGuide, area: str) -> dict[str, object]:
    """All that a guide says, and the interview that it makes, as a page prints them."""
    wording = library.Wording(opened.guide)
    interview, _ = talk_about(wording, opened.digest, tuple(opened.guide.items), area)
    return {"lines": "\n".join(shown(*opened)), "interview": "\n\n".join(script(interview))}
