"""A stranger with the pack alone finds a score and a change, with a spreadsheet and a Linux's own tools."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.readers.office import CSV, converted, with_libreoffice
from support.story.packed import made
from support.story.story import PANEL, Story, agree_and_split

SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="a">{rows}<table:table-row>
<table:table-cell table:formula="of:=MEDIAN([.A1:.A{many}])"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>"""
ROW = (
    '<table:table-row><table:table-cell office:value-type="float" office:value="{}"/>'
    "</table:table-row>"
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the pack of a closed round unpacks to."""
    folder = tmp_path_factory.mktemp("stranger")
    with Story(folder / "data") as story:
        files = made(agree_and_split(story.opened(PANEL)).round_closed()).files
    for name, content in files.items():
        (folder / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pack" / name).write_bytes(content)
    return folder / "pack"


@with_libreoffice
def test_a_spreadsheet_finds_the_middle_scores(unpacked: Path) -> None:
    """From the answers that stand, which are a table of the pack: by LibreOffice's own MEDIAN."""
    answers, figures = table(unpacked, "standing"), table(unpacked, "consensus")
    sheets = {}
    for item in ("5.1", "5.2"):
        scores = [row["score"] for row in answers if row["item"] == item]
        whole = SHEET.format(rows="".join(map(ROW.format, scores)), many=len(scores))
        sheets[f"{item}.fods"] = whole.encode()
    read = converted(sheets, CSV)
    assert len(read) == 2
    for name, content in read.items():
        (stands,) = (row["median"] for row in figures if name.startswith(row["item"]))
        assert float(content.decode().split()[-1]) == float(stands)


def table(unpacked: Path, name: str) -> list[dict[str, str]]:
    """A table of the pack, as it is made for spreadsheets."""
    with (unpacked / "spreadsheets" / f"models-{name}.csv").open(encoding="utf-8-sig") as file:
        return [*csv.DictReader(file)]


def leaf_by_hand(line: str) -> str:
    """What the README says is done by hand, with `sha256sum`: the digest in the leaf of a fact."""
    found = re.fullmatch(
        r'\{"position":\d+,"salt":"(.*?)","stream":"(.*?)","version":(\d+),"topic":"(.*?)",'
        r'"state":(.*)\}',
        line,
    )
    assert found
    summed = subprocess.run(
        ["sha256sum"], input="\n".join(found.groups()).encode(), capture_output=True, check=True
    )
    return summed.stdout.decode().split()[0]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_digest_of_a_fact_stands_in_its_leaf_and_of_a_changed_one_does_not(
    unpacked: Path,
) -> None:
    """As text, in the file of the entries: nothing is needed to find it but a look."""
    entries = b"".join(
        file.read_bytes()
        for file in (unpacked / "ledger" / "tile" / "entries").rglob("*")
        if file.is_file()
    ).decode(errors="replace")
    lines = (unpacked / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if '"salt":null' not in line]
    assert len(told) > 15
    for line in told:
        position = line.split(":")[1].split(",")[0]
        leaf = f'{{"position":{position},"sha256":"{leaf_by_hand(line)}"}}'
        assert leaf in entries
    changed = next(line for line in told if '"score": 0' in line).replace(
        '"score": 0', '"score": 4'
    )
    assert leaf_by_hand(changed) not in entries
