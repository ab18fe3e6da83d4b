"""An item that has no label is called by its place and its question, and a worded level by its words."""

from __future__ import annotations

import re

import pytest
from support.area import CLOSES, SMALL, Area, person
from support.story.story import report_in

from ehsg_events.log.log import Log
from guides import library
from projections.facts.view import View, view_at
from projections.figures.names import beginning, named, numbered

ITEMS = ("families-1", "families-2")
PANEL = tuple(
    person(name, agency, ITEMS)
    for name, agency in (("police-1", "Police"), ("health-1", "Health"), ("school-1", "Schools"))
)
OLD = library.guide("ehsg-2020@1").guide


@pytest.fixture
def view(log: Log) -> View:
    """Three people who agree on a question of four words."""
    area = Area(log)
    area.open(PANEL, guide=OLD.id, terms=SMALL)
    area.open_round()
    for member in PANEL:
        area.answer(member.id, "families-1", "mostly-yes")
        area.answer(member.id, "families-2", "no")
    area.advance(CLOSES)
    return view_at(log, area.id)


@pytest.mark.parametrize("name", library.published())
def test_no_item_of_a_published_guide_is_called_by_its_id_alone(name: str) -> None:
    """Everyone who reads a title can tell what is asked."""
    guide = library.guide(name).guide
    for item, asked in guide.items.items():
        called = named(guide, item)
        assert len(called) > len(item)
        assert asked.label in called
        if not asked.label:
            assert called.startswith(f"{numbered(item)} ")
            assert asked.statement.startswith(beginning(asked.statement).removesuffix(" …")[:20])


def test_the_report_names_items_and_levels_in_words(view: View) -> None:
    """In the table, in the chart and under each heading; no machine's id, and no bare score."""
    for form in ("html", "md"):
        page = report_in(view, form)
        assert "Families 1 One worker: Do families say they know" in page
        assert "Mostly yes" in page
        assert not re.search(r"\d \((No|Yes|Mostly)", page)
    drawing = re.search(r"<svg.*?</svg>", report_in(view, "html"), re.S)
    assert drawing is not None
    assert "Families 1 One worker" in drawing[0]


def test_the_beginning_of_a_question_is_cut_between_words() -> None:
    """And marked where it goes on."""
    assert beginning("How many?") == "How many?"
    assert beginning("word " * 40) == " ".join(["word"] * 12) + " …"
    assert numbered("data-matching-3") == "Data matching 3"
    assert numbered("5.1") == "5.1"
