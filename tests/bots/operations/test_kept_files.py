"""What must never be kept is not kept in a file either, whichever way it is handed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg, opened
from support.web.web import site

from bots.interview.evidence import TEXTS, concern_of_file

CASES = "id,born\n" + "\n".join(f"{n},2019" for n in range(3000)) + "\n943 476 5919,2019\n"


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_looked_at_as_words_are(ending: str, encoding: str) -> None:
    """In whichever encoding an office saved it, and to its end for numbers."""
    found = {
        "My son is being beaten by his dad": "safeguarding",
        "Amy Jones, DOB 12/03/2019": "child",
        CASES: "nhs-number",
        "We meet every week, and in 2025 we met 40 times.": None,
    }
    for text, concern in found.items():
        assert concern_of_file(f"notes.{ending}", text.encode(encoding)) == concern


def test_an_operation_keeps_no_such_file(tmp_path: Path) -> None:
    """Nothing is recorded, and the sentence says why and nothing of what it held."""
    data, file = tmp_path / "data", tmp_path / "caseload.csv"
    opened(data)
    file.write_text(CASES)
    done = ehsg(data, "local", "attach", "Our list", "--file", str(file))
    assert done.code == 2
    assert "943" not in done.err
    assert "NHS number" in done.err


def test_the_interview_keeps_no_such_file(tmp_path: Path) -> None:
    """It is answered at once, as words would be."""
    with site(tmp_path) as place:
        before = len(place.words("police-1"))
        writes = place.writing("police-1")
        writes.attach("", "caseload.csv", CASES.encode())
        assert "NHS number" in writes.page.text
        assert len(place.words("police-1")) == before
