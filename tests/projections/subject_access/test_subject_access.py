"""Subject access: all that is somebody's and nothing else, by a reader that is not ours."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.ehsg import ehsg
from support.story.story import NAMES, NOON, Story, member
from support.story.telling import PAPER, gave_a_file, given_a_file

from ehsg_events.commands import panel as joining
from ehsg_events.commands import people
from ehsg_events.kernel import TOPICS
from ehsg_events.rights import access, reading
from projections.subject_access.document import FORMATS, copy_as
from projections.subject_access.gathering import Gathering
from projections.subject_access.masking import ANOTHER

MINE = ("My own words", "Asked by Given Surname-of-health-1")
THEIRS = "Said by another, of Given Surname-of-police-1"
NAMES_OF_FACTS = [fact.__name__ for fact in TOPICS.values()]
REASON = "Surname-of-police-1 has left us"


@pytest.fixture
def told(story: Story) -> Story:
    """Six people, two rounds of which the second is open, and much that is not police-1's."""
    story.round_opened()
    for person, score in zip(NAMES, "123345", strict=True):
        story.answered(person, "5.1", score).answered(person, "5.2", "3")
    for words in MINE:
        story.noted("police-1", "5.1", "working-well", words)
    story.noted("health-1", "5.1", "working-well", THEIRS)
    story.round_closed().moderated("5.2", "3", "We talked it over")
    story.dissented("police-1", "5.2", "I do not agree")
    story.dissented("school-1", "5.2", "Neither do I")
    people.name_reader(story.log, story.stamp(), story.assessment, "Rae Reed", "auditor")
    for whose in (["police-1", "health-1"], ["school-2"]):
        reading.note(story.log, story.stamp(), story.assessment, "trail", whose)
    joining.release(story.log, story.stamp(), story.assessment, "police-2", REASON)
    access.give(story.log, story.stamp(), story.assessment, "police-1")
    return story


def by_a_stranger(folder: Path, person: str) -> dict[int, dict[str, Any]]:
    """The facts that name somebody, by sqlite3 and json alone: address, actor, or any value."""
    with sqlite3.connect(folder / "log.sqlite") as db:
        rows = db.execute("SELECT rowid, state FROM stored_events").fetchall()
    db.close()
    states = {position: json.loads(state) for position, state in rows}
    return {
        position: state
        for position, state in states.items()
        if person in (state.get("stakeholder"), state["by"]) or person in values(state["fact"])
    }


def values(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from values(part)


def copy_of(story: Story, person: str = "police-1") -> dict[str, Any]:
    """The copy for programs."""
    made: dict[str, Any] = json.loads(copy_as("json", gathered(story, person), NOON))
    return made


def gathered(story: Story, person: str = "police-1") -> Gathering:
    """All that is somebody's."""
    return Gathering(story.log, story.assessment, person)


@pytest.mark.parametrize("person", NAMES)
def test_all_of_theirs_is_there_and_nothing_else(told: Story, person: str) -> None:
    """Fact by fact, as a stranger finds them; with their times, kinds, scores and own words."""
    theirs = by_a_stranger(told.log.folder, person)
    facts = {fact["position"]: fact for fact in copy_of(told, person)["facts"]}
    assert len(theirs) >= 4
    assert facts.keys() == theirs.keys()
    for position, state in theirs.items():
        scores = {state["fact"].get("score"), facts[position]["fact"].get("score")}
        assert len(scores) == 1
        assert facts[position]["at"].replace("+00:00", "Z") == state["at"]


def test_their_words_are_there_and_nobody_elses(told: Story) -> None:
    """Also those that stand in a fact about them, and the names of the others."""
    made = json.dumps(copy_of(told))
    for words in (*MINE, "I do not agree", "Given Surname-of-police-1"):
        assert words in made
    for words in (THEIRS, REASON, "Neither do I", "We talked it over", "Rae Reed"):
        assert words not in made
    others = {*NAMES, "reader-1"} - {"police-1"}
    mine = made.replace(MINE[1], "")  # who is named in their own words is for a human to see
    assert not [other for other in others if other in mine]
    assert ANOTHER in made, "who else was invited stands in a fact of theirs"


def test_others_words_that_name_them_are_for_a_human_to_look_at(told: Story) -> None:
    """Where, not what; and their own words where they name another."""
    made = copy_of(told)
    stand = {one["position"]: (one["what"], one["why"]) for one in made["to_be_looked_at"]}
    assert {
        ("NoteGiven", "it holds their name"),
        ("StakeholderReleased", "it holds their name"),
    } <= {*stand.values()}
    assert not [what for what, _ in stand.values() if what == "OutcomeModerated"]
    marked = [t for fact in made["facts"] for t in fact["texts"] if t["look_at"]]
    assert [text["text"] for text in marked] == [MINE[1]]


def test_who_read_them_and_what_rests_on_them_is_told(told: Story) -> None:
    """The reading in which they were, and the results of what they answered."""
    made = copy_of(told)
    read = [fact for fact in made["facts"] if fact["what"] == "WordsRead"]
    assert [(one["by"], one["fact"]["whose"]) for one in read] == [
        ("coordinator", ["police-1", ANOTHER])
    ]
    rests = {(one["what"], one["item"]) for one in made["rests_on_it"]}
    assert {("RoundMeasured", "5.1"), ("OutcomeModerated", "5.2")} <= rests


def test_what_is_said_in_an_open_round_is_left_out_and_that_is_said(told: Story) -> None:
    """Whoever makes the copy may not see it yet."""
    assert copy_of(told)["left_out"] is None
    before = len(copy_of(told)["facts"])
    told.round_opened().answered("police-1", "5.1", "5")
    told.noted("police-1", "5.1", "reason", "Hidden for now")
    made = copy_of(told)
    assert "still open" in made["left_out"]
    assert "Hidden for now" not in json.dumps(made)
    assert {fact["round"] for fact in made["facts"][before:]} == {2}
    assert not [f for f in made["facts"][before:] if f["what"].startswith(("Answer", "Note"))]
    told.round_closed()
    assert "Hidden for now" in json.dumps(copy_of(told))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("json", "pdf")])
def test_it_is_written_for_people_too(told: Story, form: str) -> None:
    """In each format; a zip holds it for people and for programs."""
    made = copy_as(form, gathered(told), NOON)
    if form == "zip":
        with zipfile.ZipFile(io.BytesIO(made)) as unpacked:
            assert {"copy.html", "copy.json"} <= {*unpacked.namelist()}
            made = unpacked.read("copy.html")
    if form in ("html", "md", "zip"):
        assert MINE[0].encode() in made
        assert THEIRS.encode() not in made
    assert len(made) > 1000


def test_whoever_reads_it_needs_to_know_nothing_of_the_program(told: Story) -> None:
    """Each sentence says what it is about, and no fact is called by its class or as it is stored."""
    page = copy_as("md", gathered(told), NOON).decode()
    assert "5.1 Family engagement" in page
    assert "an item" not in page
    assert [name for name in NAMES_OF_FACTS if re.search(rf"\b{name}\b", page)] == []
    assert re.search(r"\d{4}-\d{2}-\d{2}T", page) is None


def test_the_files_they_handed_in_are_in_the_zip_and_nobody_elses(story: Story) -> None:
    """With their content and their kind; once their round is closed."""
    gave_a_file(given_a_file(story).answered("health-1", "5.1", "3"), "health-1")

    def kept() -> dict[str, bytes]:
        made = copy_as("zip", gathered(story), NOON)
        with zipfile.ZipFile(io.BytesIO(made)) as unpacked:
            return {n: unpacked.read(n) for n in unpacked.namelist() if n.startswith("files/")}

    assert kept() == {}
    story.round_closed()
    ((name, content),) = kept().items()
    assert (name.endswith(".pdf"), content) == (True, PAPER)


def test_the_command_records_that_a_copy_was_made(tmp_path: Path) -> None:
    """Before it is made, so that it is in it; nobody else may read the file."""
    with Story(tmp_path / "data") as story:
        story.opened([member("police-1", "Police", ["5.1"])])
    out = tmp_path / "copy.json"
    done = ehsg(tmp_path / "data", "subject-access", "police-1", "--out", str(out), "--json")
    assert done.code == 0
    facts = json.loads(out.read_text())["facts"]
    assert (len(facts), facts[-1]["what"]) == (done.document["facts"], "SubjectAccessGiven")
    assert out.stat().st_mode & 0o077 == 0
    missing = ehsg(tmp_path / "data", "subject-access", "police-9", "--out", str(out))
    assert missing.code != 0
