"""A form as DOCX: whatever a word processor wraps words in, they are read, or it is said."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from support.story.forms import GUIDE, LABELS, NEXT, PROMPT, WELL, said
from support.story.renderings import head

from bots.forms import read_form
from bots.forms.writing.template import fill
from ehsg_events.kernel import Refused

CONTROL = (
    "<w:sdt {ns}><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt>"
)
LISTED = (
    '<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="{n}"/>'
    '<w:listEntry w:val="Choose an item."/><w:listEntry w:val="1"/><w:listEntry w:val="2"/>'
    "</w:ddList></w:ffData></w:fldChar></w:r></w:p>"
)
CHANGED = (
    '<w:p {ns}><w:ins w:id="1" w:author="a"><w:r><w:t>We ask</w:t></w:r></w:ins><w:del w:id="2" '
    'w:author="a"><w:r><w:delText> nobody</w:delText></w:r></w:del><w:r><w:t> all.</w:t></w:r></w:p>'
)


def with_score(xml: str, well: str = "<w:p {ns}><w:r><w:t>We ask.</w:t></w:r></w:p>") -> bytes:
    """A form of one descriptor whose score's and evidence's boxes hold what is given."""
    document = docx.Document()
    document.add_paragraph(head("5.1"))
    table = document.add_table(3, 2)
    for row, label in zip(table.rows, (PROMPT, *LABELS.values()), strict=True):
        row.cells[0].text = label
    for row, own in zip(table.rows, (xml, well), strict=False):
        cell: Any = row.cells[1]._tc
        cell.insert(1, parse_xml(own.replace("{ns}", nsdecls("w"))))
    table.rows[2].cells[1].text = "We plan."
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def control(text: str, *, prompt: bool = False) -> str:
    """A content control with its words, or with its prompt."""
    return CONTROL.replace("{text}", text).replace("{prompt}", "<w:showingPlcHdr/>" * prompt)


@pytest.mark.parametrize(
    ("xml", "score"),
    [
        (control("2"), "2"),
        (control("Choose an item.", prompt=True), None),
        (LISTED.replace("{n}", "2"), "2"),
        (LISTED.replace("{n}", "0"), None),
    ],
)
def test_a_score_that_was_picked_is_read(xml: str, score: str | None) -> None:
    """From a control, and from a list of the older kind, which keeps only the number of its entry."""
    assert said(read_form("a.docx", with_score(xml), GUIDE, "Northvale"))["5.1"].score == score


def test_what_was_deleted_is_not_read_and_what_was_added_is() -> None:
    """Though the changes were never accepted."""
    found = said(read_form("a.docx", with_score(control("2"), CHANGED), GUIDE, "Northvale"))
    assert found["5.1"].entries == {WELL: ["We ask all."], NEXT: ["We plan."]}


def test_a_control_is_filled_in_like_any_box() -> None:
    """And no longer shows its prompt."""
    document = {
        "area": "Northvale", "year": 2023, "data_model": None, "priorities": [], "permissions": {},
        "descriptors": [{"item": "5.1", "score": 4, "working_well": ["A.\nB."], "next": []}],
    }  # fmt: skip
    document["permissions"] = dict.fromkeys((own.id for own in GUIDE.permissions), None)
    filled = fill(with_score(control("Choose an item.", prompt=True)), document, GUIDE)
    found = said(read_form("a.docx", filled, GUIDE, "Northvale"))
    assert (found["5.1"].score, found["5.1"].entries) == ("4", {WELL: ["A.\nB."]})
    assert b"showingPlcHdr" not in docx.Document(BytesIO(filled)).part.blob


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"A letter."])
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_file_that_is_no_document_is_refused_in_a_sentence(content: bytes, ending: str) -> None:
    """Whatever its name says."""
    with pytest.raises(Refused, match=r"not a DOCX document|cannot be read as a PDF"):
        read_form(f"a.{ending}", content, GUIDE, "Northvale")
