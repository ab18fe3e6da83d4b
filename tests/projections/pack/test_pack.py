"""The audit pack: checked in an empty folder by tools and sums that are not the product's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from support.ehsg import ehsg
from support.story.auditor import Auditor, published
from support.story.hidden import UNSTABLE, says_no_score, scores
from support.story.story import NAMES, PANEL, Story, agree_and_split
from support.story.telling import DIGEST, PAPER, given_a_file

from ehsg_events.values.policy import Rule, Terms
from projections.pack.pack import pack
from projections.results.results import results

LEAVES_OPEN = "What was said in a round that is still open is withheld until it closes"


def unpacked(story: Story, folder: Path) -> Path:
    """A story's pack, unpacked in an empty folder."""
    folder.mkdir()
    with ZipFile(io.BytesIO(pack(story.view()).content())) as packed:
        packed.extractall(folder)
    return folder


def told(story: Story) -> Story:
    """Two rounds with everything that bears on a figure: changes, skips, a withdrawal, a score of 0."""
    agree_and_split(story).noted("health-1", "5.2", "working-well", "The files show it.")
    story.answered("police-1", "5.1", "5").answered("health-1", "5.1", "dont-know")
    story.answered("school-1", "5.1", "not-my-area").round_closed().round_opened()
    story.answered("police-1", "5.2", "4").answered("health-1", "5.2", "skip")
    return story.answered("police-2", "5.2", "5").withdrawn("health-2").round_closed()


@pytest.mark.parametrize("weights", ["people", "agencies"])
def test_an_auditor_recomputes_every_published_figure_from_the_facts(
    tmp_path: Path, weights: str
) -> None:
    """With plain Python: the middle score and the verdict of each descriptor in each closed round."""
    terms = Terms(rule=Rule.model_validate({"weights": weights, "quorum_scores": 2}))
    with Story(tmp_path / "data") as story:
        folder = unpacked(told(story.opened(PANEL, terms)), tmp_path / "pack")
        stands = {one.item: (one.n, one.median, one.verdict) for one in results(story.view())}
    recomputed = Auditor(folder).figures()
    assert recomputed == published(folder)
    assert {stands[item] for item in ("5.1", "5.2")} <= set(recomputed.values())
    assert len({verdict for _, _, verdict in recomputed.values()}) > 1


def test_the_checksums_hold_over_every_file(story: Story, tmp_path: Path) -> None:
    """As `sha256sum` sees it: all files are there and unchanged, and one changed letter is found."""
    folder = unpacked(told(story), tmp_path / "pack")
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=True)
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert {line.removesuffix(": OK") for line in done.stdout.splitlines()} == files - {
        "SHA256SUMS"
    }
    facts = folder / "facts.jsonl"
    facts.write_bytes(facts.read_bytes().replace(b'"score": 5', b'"score": 4', 1))
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_every_fact_is_told_as_it_is_stored_and_the_guide_as_it_was(
    story: Story, tmp_path: Path
) -> None:
    """Byte for byte, and the guide's file has the digest that the first fact names."""
    folder = unpacked(told(story), tmp_path / "pack")
    lines = (folder / "facts.jsonl").read_bytes().splitlines()
    every = [row.state for _, row in story.log.store.rows()]
    stored = [state for state in every if json.loads(state).get("stakeholder") != "health-2"]
    assert len(stored) < len(every), "who has withdrawn"
    assert [line[line.index(b'"state":') + 8 : -1] for line in lines] == stored
    guide = (folder / "guide/ehsg-2022@1.yaml").read_bytes()
    opened = json.loads(lines[0])["state"]["fact"]
    assert hashlib.sha256(guide).hexdigest() == opened["guide_digest"]


def test_the_terms_hold_the_ends_of_every_scale(story: Story) -> None:
    """So that a verdict follows from the pack alone, whatever the scale."""
    scales = json.loads(pack(told(story).view()).files["terms.json"])["scales"]
    assert scales.keys() == story.view().guide.descriptors.keys()
    assert scales["5.1"] == {"lowest": 0, "highest": 5}


def test_what_was_typed_is_told_and_who_typed_it_is_not(story: Story) -> None:
    """Words under pseudonyms, the forgotten named as such; no file holds a name."""
    files = pack(told(story).moderated("5.2", "4", "so be it").view()).files
    words = [json.loads(line) for line in files["words.jsonl"].decode().splitlines()]
    assert [line["text"] for line in words] == ["The files show it.", "so be it"]
    assert not any(b"Surname" in content for content in files.values())


def test_no_table_for_a_spreadsheet_holds_a_formula(tmp_path: Path) -> None:
    """Whatever people typed; in the tables for programs it stands letter for letter."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL)).noted("health-1", "5.2", "working-well", "=1+1")
        story.round_closed()
        files = pack(story.view()).files
    tables = {name for name in files if name.endswith(".csv") and "/" in name}
    sheets = {name for name in tables if name.startswith("spreadsheets/")}
    assert {f"spreadsheets/{name.replace('/', '-')}" for name in tables - sheets} <= sheets
    cells = {
        name: [cell for row in csv.reader(io.StringIO(files[name].decode())) for cell in row]
        for name in files
        if name.endswith(".csv")
    }
    assert not [cell for name in sheets for cell in cells[name] if cell.startswith(("=", "+", "@"))]
    assert any("'=1+1" in cell for name in sheets for cell in cells[name])
    assert any(cell.startswith("=1+1") for name in set(cells) - sheets for cell in cells[name])


def test_missing_words_and_files_are_named_as_such(story: Story) -> None:
    """The fact and its digests stay; the file that was handed in is in the pack until then."""
    given_a_file(story).round_closed()
    name = "evidence/file-1.pdf"
    assert pack(story.view()).files[name] == PAPER
    with sqlite3.connect(story.log.folder / "log.sqlite") as db:
        db.execute("DELETE FROM sealed_text WHERE person = 'police-1'")
    db.close()
    files = pack(story.view()).files
    words = [json.loads(line) for line in files["words.jsonl"].decode().splitlines()]
    assert {(line["text"], line["lost"]) for line in words} == {(None, "text missing")}
    assert name not in files
    assert f"{DIGEST},{len(PAPER)},2026-09-30,text missing" in files["evidence/files.csv"].decode()


def test_a_pack_tells_nothing_of_how_people_answer_in_an_open_round() -> None:
    """Panels that say something else, or less, give packs that are alike but for digests."""
    once = of_an_open_round("000000")
    assert of_an_open_round("555555") == once
    assert of_an_open_round("??????") == of_an_open_round("?-s?-s")


def of_an_open_round(answers: str) -> dict[str, str]:
    """The files of a pack that was made while a feedback round is open."""
    kinds = {"?": "dont-know", "-": "not-my-area", "s": "skip"}
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        for person, answer in zip(NAMES, answers, strict=True):
            if answer in kinds:
                says_no_score(story, person, kinds[answer])
            else:
                scores(story, person, answer, "words")
        made = pack(story.view())
        assert made.withheld
        interviews = [
            json.loads(line)["state"]["round"]
            for line in made.files["facts.jsonl"].splitlines()
            if b'"topic":"interview.' in line
        ]
        assert set(interviews) == {1}  # not even that one was begun, for its cause may tell more
        assert LEAVES_OPEN in " ".join(made.files["README.txt"].decode().split())
        return {name: UNSTABLE.sub("-", content.decode()) for name, content in made.files.items()}


def test_a_pack_is_the_same_bytes_each_time_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """Made twice by command."""
    data, one, two = tmp_path / "data", tmp_path / "one.zip", tmp_path / "two.zip"
    with Story(data) as story:
        told(story.opened(PANEL))
    assert ehsg(data, "pack", "--out", str(one)).code == 0
    done = ehsg(data, "pack", "--out", str(two), "--json")
    assert done.document["withheld"] is False
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o077 == 0
