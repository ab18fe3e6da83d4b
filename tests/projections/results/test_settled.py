"""A score settled by hand above or below the panel is said to be, and tells what nobody answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from support.readers.poppler import text_of, with_poppler
from support.story.story import NOON, Story, member, report_in

from bots.web.desk.page import Visitor
from bots.web.desk.pages import results as page
from ehsg_events.commands import rounds
from projections.documents.formats import report_as
from projections.results.board_results import shown

HIGHER = "settled in moderation, higher than the panel's middle score"
NOT_TOLD = "settled in moderation; whether that is higher or lower than the panel stood is not told"


def settled(folder: Path, answers: str, level: str) -> Story:
    """So many people of as many agencies answered 5.2, then it was settled by hand."""
    panel = [member(f"p-{n}", f"agency {n}", ["5.2"]) for n in range(len(answers))]
    told = Story(folder).opened(panel).round_opened()
    for person, answer in zip(panel, answers, strict=True):
        told.answered(person.id, "5.2", answer)
    return told.round_closed().moderated("5.2", level, "the files")


@pytest.mark.parametrize("people", [4, 5, 9])
def test_five_settled_over_a_unanimous_three_says_so_at_any_size(
    tmp_path: Path, people: int
) -> None:
    """In every format; the panel's own figures stay hidden where they are of too few."""
    with settled(tmp_path, "3" * people, "5") as told:
        middle = " of 3" if people >= 5 else ""
        for form in ("html", "md"):
            text = report_in(told.view(), form).replace("&#39;", "'")
            assert f"{HIGHER}{middle}" in text
        tables = json.loads(report_as(told.view(), "json"))["tables"]["scores"]["rows"]
        assert tables[1]["against"] == "higher"
        assert tables[1]["median"] == (3 if people >= 5 else None)


def test_the_board_reads_it_on_its_page(tmp_path: Path) -> None:
    """The results, as a member of the board may see them."""
    with settled(tmp_path, "3333", "5") as told:
        drawn = page.draw(told.view(), Visitor(told.assessment, "reader-1", "board", NOON), {})
        parts: Any = drawn.values["parts"]
        rows = [row for part in parts for row in part.rows]
        assert rows[1].outcome == f"Outcome: 5 (Fully in place and kept up), {HIGHER}."


@with_poppler
def test_it_is_said_in_word_and_pdf_too(tmp_path: Path) -> None:
    """As poppler and python-docx read them."""
    with settled(tmp_path, "3333", "0") as told:
        (tmp_path / "a.docx").write_bytes(report_as(told.view(), "docx"))
        read = " ".join(one.text for one in Document(str(tmp_path / "a.docx")).paragraphs)
        for text in (read, " ".join(text_of(report_as(told.view(), "pdf")).split())):
            assert "settled in moderation, lower than the panel's middle score" in text


@pytest.mark.parametrize("answers", ["0", "00", "000", "0000"])
def test_of_few_people_who_may_be_known_by_it_nothing_is_told(tmp_path: Path, answers: str) -> None:
    """That 1 is higher than where they stood would be what they answered, for who differed."""
    with settled(tmp_path, answers, "1") as told:
        assert shown(told.view(), "board")[1].against == "untold"
        assert NOT_TOLD in report_in(told.view(), "md")


def test_of_a_withdrawn_answer_nothing_more_is_told(tmp_path: Path) -> None:
    """Two views of three and of four people would tell what the fourth had said."""
    with settled(tmp_path, "3330", "5") as told:
        assert shown(told.view(), "board")[1].against == "higher"
        told.withdrawn("p-3")
        rounds.advance(told.log, told.stamp("clock", "clock"), told.assessment)
        assert shown(told.view(), "board")[1].against == "untold"
