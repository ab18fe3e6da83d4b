"""What an area handed in, on the log: one import, a new version, whole or not at all, sealed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from area import CLOSES, Area
from forms_spec import FORMS, GUIDE
from openpyxl import Workbook, load_workbook

from bots.forms import read_form
from bots.forms.printed import write_text
from bots.forms.sheets import write_xlsx
from ehsg_events import commands, importing, settling
from ehsg_events.application import Log
from ehsg_events.kernel import Refused, Stamp
from guides import library
from guides.checking import check
from projections.submission import document, handed_in


def stamp() -> Stamp:
    """A cause of its own."""
    at = datetime(2026, 10, 5, 12, tzinfo=UTC)
    return Stamp(
        at=at,
        by="coordinator",
        role="coordinator",
        surface="command",
        cause="told",
        key=uuid4().hex,
    )


def bring(log: Log, name: str, content: bytes, area: str = "Northvale", year: int = 2022) -> int:
    """Import a file's bytes."""
    form = read_form(name, content, GUIDE, area)
    return importing.import_submission(log, stamp(), area, year, GUIDE.id, form, content)


def bring_form(log: Log, name: str) -> int:
    """Import one of the forms beside the tests, for the area of its name."""
    return bring(log, f"{name}.txt", (FORMS / f"{name}.txt").read_bytes(), name.capitalize())


def exported(log: Log, area: str = "Northvale", year: int = 2022) -> dict[str, object]:
    """The document that a program gets."""
    return document(log, handed_in(log, area, year)).model_dump(mode="json")


def test_an_export_has_every_descriptor_and_blanks_as_null(log: Log) -> None:
    """In the guide's order; a missing score is null, an empty box an empty list, never a nought."""
    bring_form(log, "northvale")
    found = exported(log)
    assert set(found) == {
        "area", "year", "guide", "descriptors", "data_model", "priorities", "permissions",
        "headings",
    }  # fmt: skip
    rows = {row["item"]: row for row in found["descriptors"]}  # type: ignore[attr-defined]
    assert list(rows) == list(GUIDE.descriptors)
    assert rows["5.2"] == {"item": "5.2", "score": None, "working_well": [], "next": []}
    assert (rows["6.1"]["score"], rows["7.3"]["score"]) == (0, None)
    assert found["permissions"] == {"dfe": None, "sf-coordinators": "yes", "ogd": "no"}


def test_the_same_file_twice_is_one_import(log: Log) -> None:
    """Whatever the capitals of the area's name."""
    content = (FORMS / "northvale.txt").read_bytes()
    assert bring(log, "a.txt", content) == 1
    before = log.store.max_notification_id()
    assert bring(log, "b.txt", content, area=" NORTHVALE ") == 1
    assert log.store.max_notification_id() == before


def test_another_file_is_a_new_version_and_both_stay(log: Log) -> None:
    """The newest stands, and nothing of the one before shines through."""
    bring_form(log, "northvale")
    assert bring(log, "new.json", b'{"scores": {"5.1": 4}}') == 2
    rows = {row["item"]: row for row in exported(log)["descriptors"]}  # type: ignore[attr-defined]
    assert rows["5.1"] == {"item": "5.1", "score": 4, "working_well": [], "next": []}
    assert rows["6.1"]["score"] is None
    kinds = [type(recorded.fact).__name__ for recorded in log.all()]
    assert kinds.count("SubmissionImported") == 2


def test_a_refused_form_leaves_nothing_behind(log: Log) -> None:
    """The last descriptor is wrong; the first is not kept either."""
    with pytest.raises(Refused, match=r"descriptor 9\.9: .* has no descriptor 9\.9"):
        bring(log, "a.json", b'{"scores": {"5.1": 4, "9.9": 3}}')
    assert list(log.all()) == []


def test_no_word_of_a_form_is_on_the_log(log: Log) -> None:
    """Facts hold ids and digests; the words are sealed beside them."""
    bring_form(log, "eastmoor")
    stored = "".join(row.state.decode() for _, row in log.store.rows())
    for word in ("Parents", "shadow board", "photograph", "Fathers"):
        assert word not in stored
        assert word.encode() not in (log.folder / "log.sqlite").read_bytes()


def test_headings_among_entries_stand_by_themselves(log: Log) -> None:
    """They are in no list of entries, and their place is told; where there are none, nothing is."""
    bring_form(log, "northvale")
    assert exported(log)["headings"] == [
        {"descriptor": "5.1", "field": "working_well", "before_item": 5, "heading": "Next steps"}
    ]
    bring(log, "a.json", b'{"scores": {"5.1": 4}}')
    assert "headings" not in exported(log)


def test_a_form_of_an_areas_own_guide_is_read_and_given_back(log: Log) -> None:
    """A guide that was published into the data folder is a guide like any other."""
    printed = (library.SHELF / f"{GUIDE.id}.yaml").read_text(encoding="utf-8")
    text = printed.replace("name: ehsg-2022", "name: northvale-own")
    own, mistakes = check(text, lambda name: library.guide(name).guide)
    assert own is not None, mistakes
    library.publish(own, text.encode(), log.folder)
    form = read_form("a.json", b'{"scores": {"5.1": 4}}', GUIDE, "Northvale")
    importing.import_submission(log, stamp(), "Northvale", 2022, "northvale-own@1", form, b"a")
    assert exported(log)["guide"] == "northvale-own@1"


@pytest.mark.parametrize("kind", ["text", "json", "xlsx"])
@pytest.mark.parametrize("name", ["northvale", "woodmere", "eastmoor", "southmere"])
def test_an_export_can_be_imported_again(log: Log, kind: str, name: str) -> None:
    """Every form, in every format: what comes out is what went in."""
    bring_form(log, name)
    before = exported(log, name)
    content = {
        "text": lambda: write_text(before, GUIDE).encode(),
        "json": lambda: json.dumps(before).encode(),
        "xlsx": lambda: write_xlsx(before, GUIDE),
    }[kind]()
    ending = {"text": "txt"}.get(kind, kind)
    bring(log, f"again.{ending}", content, name.capitalize())
    assert exported(log, name) == before


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


def test_an_unknown_ending_is_refused(log: Log) -> None:
    """With how to make text of it."""
    with pytest.raises(Refused, match="Save the form as plain text"):
        bring(log, "form.pdf", b"")


def test_what_was_never_handed_in_is_refused_with_what_is_there(log: Log) -> None:
    """The way out is in the sentence."""
    bring_form(log, "northvale")
    with pytest.raises(Refused, match=r"there are: Northvale 2022.*submission import"):
        handed_in(log, "Eastmoor", 2022)


def test_a_log_with_a_submission_is_read_by_another_process(log: Log, tmp_path: Path) -> None:
    """A fresh log folds to the same document."""
    bring_form(log, "woodmere")
    fresh = Log(log.folder)
    assert exported(fresh, "Woodmere") == exported(log, "Woodmere")
    fresh.close()


def test_a_signed_off_assessment_is_handed_in_without_names(asked: Area) -> None:
    """Its outcomes and the words under each field, and only once it was signed off."""
    asked.answers("5.1", police_1="3", health_1="3", school_1="3", school_2="3")
    commands.close_round(asked.log, asked.stamp(CLOSES), asked.id)
    with pytest.raises(Refused, match="Nothing that Sefton handed in for 2026"):
        handed_in(asked.log, "Sefton", 2026)
    settling.moderate(asked.log, asked.stamp(CLOSES), asked.id, "5.2", "0", "We talked.")
    settling.sign_off(asked.log, asked.stamp(CLOSES), asked.id, "Chair", "Jo Doe")
    found = exported(asked.log, "Sefton", 2026)
    rows = {row["item"]: row for row in found["descriptors"]}  # type: ignore[attr-defined]
    assert [rows[item]["score"] for item in ("5.1", "5.2", "5.3")] == [3, 0, None]
    assert "Jo Doe" not in json.dumps(found)
