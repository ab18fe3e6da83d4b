"""What an area handed in as JSON or a spreadsheet: the known shapes are read, the rest refused."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from support.story.forms import GUIDE, NEXT, WELL
from support.story.submission import bring, exported

from bots.forms import read_form
from bots.forms.sources.sheets import write_xlsx
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log


def test_the_shapes_of_published_data_are_read(log: Log) -> None:
    """`id` for item, `prioritising_next` for next, underscores in the permissions' names."""
    shaped = {
        "descriptors": [
            {"id": "5.1", "score": 3, "working_well": ["A\n• b"], "prioritising_next": ["C"]}
        ],
        "data_model": 3,
        "data_model_changed": "no",
        "priority_descriptors": ["7.3"],
        "permissions": {"sf_coordinators": "yes", "dfe": None},
    }
    bring(log, "shaped.json", json.dumps(shaped).encode())
    found = exported(log)
    assert found["descriptors"][0] == {  # type: ignore[index]
        "item": "5.1", "score": 3, "working_well": ["A\n• b"], "next": ["C"],
    }  # fmt: skip
    assert found["permissions"] == {"dfe": None, "sf-coordinators": "yes", "ogd": None}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("[]", 'neither "descriptors" nor "scores"'),
        ("{", "is not JSON"),
        ('{"scores": {"5.1": 9}}', "5.1 takes 0 to 5, not 9"),
        ('{"scores": {"5.1": true}}', "score is to be a level"),
        ('{"scores": {"5.1": 2.5}}', "5.1 takes 0 to 5, not 2.5"),
        ('{"descriptors": [{"item": "5.1", "score": 1}, {"item": "5.1", "score": 1}]}', "twice"),
        ('{"descriptors": [{"item": "5.1", "score": 1, "next": [1]}]}', "is to be a list of texts"),
        ('{"scores": {"5.1": 1}, "permissions": {"dfe": "maybe"}}', "is to be"),
        ('{"scores": {"5.1": 1}, "permissions": {"mayor": "yes"}}', "no permission called mayor"),
        ('{"scores": {"5.1": 1}, "data_model": 9}', "knows no data model 9"),
        ('{"scores": {"5.1": 1}, "priorities": ["1.1"]}', "has no descriptor 1.1"),
    ],
)
def test_json_that_does_not_fit_is_refused(log: Log, content: str, refusal: str) -> None:
    """With a sentence that names what is wrong."""
    with pytest.raises(Refused, match=refusal):
        bring(log, "a.json", content.encode())
    assert list(log.all()) == []


def sheet(*rows: tuple[object, ...]) -> bytes:
    """A spreadsheet of these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


NAMES = ("item", "score", "working_well", "next")


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([NAMES, ("5.1", "3", "=1+1")], "row 2: cell C2 holds a formula"),
        ([NAMES, ("5.1", 3), ("5.9", 3)], "row 3: ehsg-2022@1 has no descriptor 5.9"),
        ([NAMES, ("5.1", 3), ("5.2", 3), ("5.1", 3)], "row 4: 5.1 is there twice"),
        ([NAMES, ("5.1", 7)], "row 2: 5.1 takes 0 to 5, not 7"),
        ([("a", "b")], "The first row is to name the columns"),
    ],
)
def test_a_spreadsheet_that_does_not_fit_is_refused_with_its_row(
    log: Log, rows: list[tuple[object, ...]], refusal: str
) -> None:
    """And nothing is recorded."""
    with pytest.raises(Refused, match=refusal):
        bring(log, "a.xlsx", sheet(*rows))
    assert list(log.all()) == []


def test_what_looks_like_a_formula_is_written_as_letters(log: Log) -> None:
    """A cell that begins with an equals sign is text, and comes back as it was."""
    shaped = {"descriptors": [{"item": "5.1", "score": 0, "next": ["=1+1", "+2", "@x", "-3"]}]}
    bring(log, "a.json", json.dumps(shaped).encode())
    written = write_xlsx(exported(log), GUIDE)
    cells = [c for row in load_workbook(BytesIO(written)).worksheets[0].iter_rows() for c in row]
    assert {c.data_type for c in cells if c.value is not None} == {"s"}
    bring(log, "a.xlsx", written)
    assert exported(log)["descriptors"][0]["next"] == ["=1+1", "+2", "@x", "-3"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("head", "read"),
    [("Working Well", True), ("working-well", True), ("Wrking well", False), ("", False)],
)
def test_a_column_is_known_by_its_letters_or_refused(head: str, read: bool) -> None:
    """A refusal names the column and says what may be meant."""
    content = sheet(("Item", "SCORE", head), ("5.1", "3", "We ask."))
    if read:
        assert read_form("a.xlsx", content, GUIDE, "T").printed[0].entries == {WELL: ("We ask.",)}
        return
    with pytest.raises(Refused, match=r"column C: it .*row 2") as refused:
        read_form("a.xlsx", content, GUIDE, "T")
    assert ("Did you mean “working_well”" in str(refused.value)) is bool(head)


def test_the_escapes_of_a_spreadsheet_are_read_as_what_they_stand_for() -> None:
    """What Excel writes for a line's end is none of the words."""
    content = sheet(("item", "score", "next"), ("5.1", "3", "First._x000D_\nSecond."))
    form = read_form("a.xlsx", content, GUIDE, "T")
    assert form.printed[0].entries == {NEXT: ("First.\nSecond.",)}


def test_an_unknown_ending_is_refused(log: Log) -> None:
    """With what can be read."""
    with pytest.raises(Refused, match="Save the form as one of these"):
        bring(log, "form.odt", b"")
