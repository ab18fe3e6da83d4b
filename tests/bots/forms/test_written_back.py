"""Forms out: what is written in any format is read back letter for letter, lines and all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from markdown_it import MarkdownIt
from support.readers.office import TEXT, converted, with_libreoffice
from support.story.forms import GUIDE, LABELS, PROMPT
from support.story.renderings import head
from support.story.submission import bring, exported
from support.story.word_forms import WORD

from bots.forms import read_form
from bots.forms.writing.template import fill
from bots.forms.writing.written import write_form
from ehsg_events.commands.submissions import template
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

DICE = random.Random(50)
PIECES = (
    "We", "ask", "• bullet", "- dash", "5.1 One", *LABELS.values(), "Score: 3", "*bold*", "_x_",
    "`c`", "# h", "1. one", "a\\", "<b>", "&amp;", "&#32;", "  two", "tab\tb", "“q”", "é", "—",
    "[x]", "|", "~", "═" * 20, "trailing  ", "https://a.b/c?d=e", "=1+1", "@x", "\u00a0nb", "…",
    "(continued)", "_x000D_", "Data model 3", "Leaders", "4",
)  # fmt: skip


def _answer() -> str:
    lines = [
        " ".join(DICE.choices(PIECES, k=DICE.randint(0, 5))) for _ in range(DICE.randint(1, 5))
    ]
    return f"A {DICE.choice(PIECES)}" + "\n".join(["", *lines])


def _document() -> dict[str, Any]:
    rows = [
        {
            "item": item,
            "score": DICE.choice([None, 0, 3, 5]),
            "working_well": [_answer() for _ in range(DICE.randint(0, 3))],
            "next": [_answer() for _ in range(DICE.randint(0, 2))],
        }
        for item in GUIDE.descriptors
    ]
    return {
        "area": "Northvale",
        "year": 2022,
        "guide": GUIDE.id,
        "descriptors": rows,
        "data_model": 3,
        "data_model_changed": "no",
        "priorities": ["7.3", "9.1"],
        "permissions": {own.id: DICE.choice(["yes", "no"]) for own in GUIDE.permissions},
    }


DOCUMENT = _document()
NAMES = {"working_well": "working-well", "next": "prioritising-next"}


def said(name: str, content: bytes) -> Iterator[tuple[str, object]]:
    """What a form says, place by place."""
    form = read_form(name, content, GUIDE, "Northvale")
    yield "lost", form.lost
    for own in form.printed:
        yield (
            own.item,
            (own.score, {box: list(texts) for box, texts in own.entries.items() if texts}),
        )
    model = form.data_model, form.data_model_changed
    yield "closing", (*model, list(form.priorities), dict(form.permissions))


def wanted(document: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """What it is to say."""
    yield "lost", ()
    for row in document["descriptors"]:
        score = None if row["score"] is None else str(row["score"])
        yield row["item"], (score, {box: row[name] for name, box in NAMES.items() if row[name]})
    answers = {name: answer == "yes" for name, answer in document["permissions"].items()}
    yield "closing", (document["data_model"], False, document["priorities"], answers)


def test_there_are_fifty_answers_of_several_lines_and_more() -> None:
    """Enough of them that every piece stands somewhere."""
    answers = [text for row in DOCUMENT["descriptors"] for name in NAMES for text in row[name]]
    assert len([text for text in answers if "\n" in text]) >= 50
    assert all(any(piece in text for text in answers) for piece in PIECES)


@pytest.mark.parametrize("form", ["txt", "md", "json", "xlsx", "docx"])
def test_every_answer_comes_back_letter_for_letter(form: str) -> None:
    """Whatever it looks like: a label, a bullet, markup, a formula."""
    content = write_form(DOCUMENT, GUIDE, form)
    assert dict(said(f"form.{form}", content)) == dict(wanted(DOCUMENT))


@pytest.mark.parametrize("form", ["txt", "md"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_an_editor_may_save_the_text_again(form: str, end: str) -> None:
    """With other line ends, and a mark at its beginning."""
    text = write_form(DOCUMENT, GUIDE, form).decode().replace("\n", end)
    assert dict(said(f"form.{form}", b"\xef\xbb\xbf" + text.encode())) == dict(wanted(DOCUMENT))


def test_a_line_that_is_written_in_another_way_is_refused_with_its_number() -> None:
    """Whoever changes the text by hand is told how."""
    text = write_form(DOCUMENT, GUIDE, "txt").decode() + "Added by hand.\n"
    with pytest.raises(
        Refused, match=r"line \d+: “Added by hand.” is none of the form's own lines"
    ):
        read_form("a.txt", text.encode(), GUIDE, "Northvale")


def test_markdown_shows_each_line_of_an_answer_as_it_was_typed() -> None:
    """An independent reader finds no markup in it but the breaks between its lines."""
    row = {"item": "5.1", "score": 3, "working_well": ["*A* [x](y)\n# B\n\n1. C"], "next": []}
    one = {**DOCUMENT, "descriptors": [row]}
    html = MarkdownIt().render(write_form(one, GUIDE, "md").decode())
    shown = html[html.index("<li>") : html.index("</li>")]
    assert [line.strip() for line in shown.removeprefix("<li>").split("<br />")] == [
        "*A* [x](y)", "# B", "", "1. C",
    ]  # fmt: skip


@cache
def filled_in(design: str) -> bytes:
    """An area's own form in a design, filled in."""
    return fill(WORD[design](), DOCUMENT, GUIDE)


@pytest.mark.parametrize("design", WORD)
def test_an_areas_own_form_is_filled_in_and_given_back(design: str) -> None:
    """In whatever design; and what was filled in can be filled in again."""
    own = filled_in(design)
    assert dict(said("form.docx", own)) == dict(wanted(DOCUMENT))
    changed = {**DOCUMENT, "descriptors": [{**DOCUMENT["descriptors"][0], "score": 1}]}
    again = read_form("form.docx", fill(own, changed, GUIDE), GUIDE, "Northvale")
    assert again.printed[0].score == "1"


@pytest.mark.parametrize("design", WORD)
def test_all_but_the_answers_of_an_areas_own_form_stays_as_it_is(design: str) -> None:
    """Its tables, its styles and its words."""
    before, after = (
        docx.Document(BytesIO(content)) for content in (WORD[design](), filled_in(design))
    )
    assert [style.name for style in before.styles] == [style.name for style in after.styles]
    assert len(before.tables) == len(after.tables)
    words = {text.text for text in _paragraphs(after)}
    for item in ("5.1", "9.7"):
        assert head(item) in words
    assert any(text.startswith(PROMPT) for text in words)


def _paragraphs(document: Any) -> list[Any]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(own for cell in cells for own in cell.paragraphs)]


@with_libreoffice
@pytest.mark.slow
def test_another_program_reads_what_was_filled_in() -> None:
    """LibreOffice opens it, and finds every answer with its lines."""
    files = {f"{n}.docx": fill(WORD[name](), DOCUMENT, GUIDE) for n, name in enumerate(WORD)}
    files["ours.docx"] = write_form(DOCUMENT, GUIDE, "docx")
    for name, content in converted(files, TEXT).items():
        text = " ".join(content.decode("utf-8-sig").split())
        for row in DOCUMENT["descriptors"]:
            for answer in (*row["working_well"], *row["next"]):
                assert " ".join(answer.split()) in text, name


def test_a_form_handed_in_as_docx_is_the_template_of_the_next(log: Log) -> None:
    """It is kept sealed, and found for its area and guide in any later year."""
    own = WORD["score | evidence, plan below"]()
    bring(log, "form.docx", own, year=2022)
    bring(log, "next.json", b'{"scores": {"5.1": 5}}', year=2023)
    assert template(log, "Northvale", GUIDE.id) == own
    assert template(log, "Eastmoor", GUIDE.id) is None
    filled = write_form(
        exported(log, year=2023), GUIDE, "docx", template(log, "Northvale", GUIDE.id)
    )
    scores = {
        own.item: own.score for own in read_form("a.docx", filled, GUIDE, "Northvale").printed
    }
    assert (scores["5.1"], scores["5.2"]) == ("5", None)


def test_a_form_without_a_place_for_something_is_not_filled_in() -> None:
    """It is refused, since what has no place would be lost."""
    document = docx.Document()
    document.add_paragraph(head("5.1"))
    document.add_paragraph(PROMPT)
    document.add_paragraph("3")
    held = BytesIO()
    document.save(held)
    with pytest.raises(Refused, match=r"no place for all that is said under 5\.1"):
        fill(
            held.getvalue(),
            DOCUMENT
            | {"descriptors": [{"item": "5.1", "score": 3, "working_well": ["A."], "next": []}]},
            GUIDE,
        )
