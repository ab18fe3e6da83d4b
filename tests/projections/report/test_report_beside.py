"""What stands beside the scores in a report: the plot, how they were spread, the year before, actions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.browser import Page
from support.story.sefton import SCORES, entered
from support.story.story import NAMES, PANEL, Story, member, report_in
from support.story.submission import bring
from support.story.telling import gave_a_file

from ehsg_events.commands import actions
from projections.documents.board import board_report
from projections.documents.model import Document, Plot, Table
from projections.report.model import Report
from projections.report.report import report
from projections.tables.report import report_book


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """Published scores as outcomes; six people of three agencies on 5.1, two of them on 5.2."""
    with Story(tmp_path) as told:
        entered(told.opened(PANEL)).round_opened()
        told.all_answered("5.1", dict(zip(NAMES, "333344", strict=True)))
        told.all_answered("5.2", {"police-1": "1", "health-1": "5"})
        yield told.round_closed()


def tables(found: Report) -> dict[str, Table]:
    """The tables of a report by their captions."""
    document = board_report(found)
    every = (*document.opening, *document.blocks)
    return {block.caption: block for block in every if isinstance(block, Table)}


def plot(document: Document) -> Plot:
    """The one plot."""
    (found,) = (block for block in document.opening if isinstance(block, Plot))
    return found


def test_every_dot_is_in_the_table_that_follows(story: Story) -> None:
    """As many dots as scores, a line for the one whose answers may be told, all of it in words."""
    document = board_report(report(story.view()))
    drawing = Page(plot(document).svg)
    assert len(drawing.all("circle")) == len(SCORES)
    assert plot(document).alt.startswith("Dot plot of 31 descriptors in the guide's order, on a")
    table = next(block for block in document.blocks if isinstance(block, Table))
    found = [(row[0].split()[0], int(row[1][0])) for row in table.rows]
    assert found == list(SCORES.items())
    assert [row[3] for row in table.rows[:2]] == ["from 3 to 4", "not shown"]


def test_the_drawing_is_one_picture_with_a_name_in_html(story: Story) -> None:
    """Its shapes say nothing to a screen reader; its name and the table do."""
    page = Page(report_in(story.view(), "html"))
    (named,) = [attrs for _, attrs in page.tags if attrs.get("role") == "img"]
    assert str(named["aria-label"]).startswith("Dot plot of 31 descriptors")


def test_how_scores_were_spread_is_told_only_of_enough_people(story: Story) -> None:
    """Six people of three agencies, but not two."""
    found = tables(report(story.view()))
    assert found["How many people gave each score of 5.1"].rows == (
        ("People", "0", "0", "0", "4", "2", "0"),
    )
    assert "How many people gave each score of 5.2" not in found
    entry = report(story.view()).parts[0].entries[1]
    assert entry.sentence is not None
    assert entry.sentence.startswith("Figures are not shown: fewer than five people")


def test_the_year_before_stands_beside_this_one(story: Story) -> None:
    """Where it is on the log: in a table, and as a square in the plot."""
    assert report(story.view()).trend is None
    before = json.dumps({"scores": {"5.1": SCORES["5.1"], "5.2": 0, "5.3": 5}}).encode()
    bring(story.log, "a.json", before, "Anytown", 2025)
    story.chose("7.3", data_model=3)
    found = report(story.view())
    rows = tables(found)["The scores of 2025 beside those that stand now"].rows
    assert [row[3] for row in rows] == [
        "as before",
        f"up {SCORES['5.2']}",
        f"down {5 - SCORES['5.3']}",
    ]
    squares = Page(plot(board_report(found)).svg).all("rect")
    assert len(squares) == 3


def test_a_report_as_of_then_knows_nothing_that_came_after(story: Story) -> None:
    """What was brought in later is not beside it."""
    then = str(story.view().position)
    bring(story.log, "a.json", b'{"scores": {"5.1": 1}}', "Anytown", 2025)
    assert report(story.view(then)).trend is None


def test_actions_are_told_with_who_is_accountable_and_by_when(story: Story) -> None:
    """As the coordinator typed it; it is nobody's answer."""
    assert "No actions are agreed yet." in report_in(story.view(), "md")
    typed = actions.Typed(words="Ask families", owner="Ana Quill")
    actions.agree(story.log, story.stamp(), story.assessment, "5.1", typed)
    actions.agree(
        story.log, story.stamp(), story.assessment, "5.2", actions.Typed(words="Ask again")
    )
    rows = tables(report(story.view()))["What is to be done, by whom and by when"].rows
    assert rows == (
        ("5.1 Family engagement", "Ask families", "Ana Quill", "no date yet", "to do"),
        ("5.2 One Lead Practitioner", "Ask again", "nobody yet", "no date yet", "to do"),
    )


def test_evidence_stands_with_its_source_and_its_day(story: Story) -> None:
    """What is known, how, and what comes next, in this order; no file is called by its name."""
    with_evidence = gave_a_file(story.reopened(40, "a paper came late"), "police-1")
    actions.agree(
        story.log,
        story.stamp(),
        story.assessment,
        "5.1",
        actions.Typed("Ask families", "Head of Hubs", "2027-03-31"),
    )
    text = report_in(with_evidence.round_closed().view(), "md")
    told = (
        "source: Board of Jane; Wednesday 30 September 2026, a file was handed in with it",
        "by whom: Head of Hubs; by when: Wednesday 31 March 2027; to do",
    )
    item = text.partition("### 5.1 ")[2].partition("### 5.2 ")[0]
    order = ("How agreement stood", "The board says so", told[0], "What is to be done", told[1])
    places = [item.index(words) for words in order]
    assert places == sorted(places)
    assert "Minutes of Jane" not in text


def test_reasons_are_not_for_the_board_and_the_order_of_words_tells_nothing(tmp_path: Path) -> None:
    """A reason tells who changed their mind; and whoever was first would stand first everywhere."""
    with Story(tmp_path) as story:
        story.opened(PANEL).round_opened()
        for item in ("5.1", "5.2"):
            story.all_answered(item, dict.fromkeys(NAMES, "3"))
            for person in NAMES:
                story.noted(person, item, "working-well", person[-8:])
        story.answered("police-1", "5.1", "4").noted("police-1", "5.1", "reason", "Too far out")
        whole = report(story.round_closed().view())
        assert "Too far out" not in whole.model_dump_json()
        assert "Too far out" not in str(report_book(story.view()))
    boxes = [entry.boxes[0] for entry in whole.parts[0].entries[:2]]
    orders = [[voice.words for voice in box.voices] for box in boxes]
    assert [sorted(order) for order in orders] == [sorted(NAMES)] * 2
    assert orders != [NAMES, NAMES]  # once in half a million times it is, by chance


def test_a_question_without_a_score_has_no_empty_list(tmp_path: Path) -> None:
    """A screen reader would announce a list with nothing in it."""
    with Story(tmp_path) as story:
        story.opened([member("police-1", "Police", ["big-1"])], guide="ehsg-2020@1")
        assert not re.search(r"<dl>\s*</dl>", report_in(story.view(), "html"))
