"""Words that are missing, damaged or exchanged: named where they would stand, and all others shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.log import spoiled
from support.story.story import Story, agree_and_split, report_in

from ehsg_events.log.vault import instead
from projections.history.evidence_files import noted
from projections.pack.pack import pack
from projections.results.results import trail

LOST, KEPT, TOO = "police lost these", "health kept these", "schools kept these"


def told(story: Story) -> Story:
    """Three people wrote something, and the round is closed."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", LOST)
    story.noted("health-1", "5.1", "working-well", KEPT)
    return story.noted("school-1", "5.1", "working-well", TOO).round_closed()


def _id_of(db: sqlite3.Connection, person: str) -> tuple[int, str]:
    """The position of somebody's note, and the id of its words."""
    rows = db.execute("SELECT rowid, state FROM stored_events WHERE topic LIKE '%NoteGiven%'")
    for position, state in rows.fetchall():
        stored = json.loads(state)
        if stored["stakeholder"] == person:
            return position, stored["fact"]["words"]["id"]
    raise AssertionError(person)


def _row_deleted(log: Path) -> None:
    with closing(sqlite3.connect(log / "log.sqlite")) as db, db:
        name = _id_of(db, "police-1")[1].replace("-", "")
        assert db.execute("DELETE FROM sealed_text WHERE id = ?", (name,)).rowcount == 1


def _row_altered(log: Path) -> None:
    with closing(sqlite3.connect(log / "log.sqlite")) as db, db:
        name = _id_of(db, "police-1")[1].replace("-", "")
        db.execute("UPDATE sealed_text SET body = x'00' || body WHERE id = ?", (name,))


def _key_deleted(log: Path) -> None:
    with closing(sqlite3.connect(log / "keys" / "keys.sqlite")) as db, db:
        assert db.execute("DELETE FROM person_key WHERE person = 'police-1'").rowcount == 1


@pytest.mark.parametrize(
    ("happens", "loss"),
    [
        (_row_deleted, "text missing"),
        (_row_altered, "unreadable"),
        (_key_deleted, "key missing"),
    ],
)
def test_lost_words_are_named_where_they_would_stand(
    story: Story, happens: Callable[[Path], None], loss: str
) -> None:
    """In the trail, the evidence, the report and the pack; everybody else's are shown."""
    happens(told(story).log.folder)
    view = story.view()
    sentence = instead(loss, "police-1")  # type: ignore[arg-type]
    steps = {step.stakeholder: step for step in trail(view) if step.what == "NoteGiven"}
    assert (steps["police-1"].words, steps["police-1"].lost) == (None, loss)
    assert (steps["health-1"].words, steps["health-1"].lost) == (KEPT, None)
    assert {note.stakeholder: (note.words, note.lost) for note in noted(view)} == {
        "police-1": (None, loss),
        "health-1": (KEPT, None),
        "school-1": (TOO, None),
    }
    packed = {name: content.decode(errors="replace") for name, content in pack(view).files.items()}
    lines = [json.loads(line) for line in packed["words.jsonl"].splitlines()]
    assert {(line["text"], line["lost"]) for line in lines} == {
        (None, loss),
        (KEPT, None),
        (TOO, None),
    }
    assert "orgotten" not in packed["words.jsonl"]
    for page in (packed["trail.md"], report_in(view, "md")):
        said = page.replace("\\", "")
        assert sentence in said
        assert KEPT in said
        assert TOO in said
        assert LOST not in said


def test_exchanged_words_stand_under_nobodys_name(story: Story) -> None:
    """Two facts that were made to point at each other's words are both unreadable."""
    told(story)
    with closing(sqlite3.connect(story.log.folder / "log.sqlite")) as db:
        one, two = (_id_of(db, person)[0] for person in ("police-1", "health-1"))
    spoiled.exchanged_words(story.log.folder, one, two)
    view = story.view()
    assert {note.stakeholder: note.lost for note in noted(view)} == {
        "police-1": "unreadable",
        "health-1": "unreadable",
        "school-1": None,
    }
    lost = {step.stakeholder: step.lost for step in trail(view) if step.what == "NoteGiven"}
    assert lost == {"police-1": "unreadable", "health-1": "unreadable", "school-1": None}
    packed = pack(view).files["words.jsonl"].decode()
    for page in (packed, report_in(view, "md")):
        assert TOO in page
        assert LOST not in page
        assert KEPT not in page


def test_words_exchanged_within_one_interview_are_named_and_all_others_shown(story: Story) -> None:
    """Two notes of one person, each made to be the other's: nobody reads what was not said there."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", LOST)
    story.noted("police-1", "5.1", "working-well", TOO)
    story.noted("health-1", "5.1", "working-well", KEPT).round_closed()
    two = spoiled.last(story.log.folder, "NoteGiven") - 1
    spoiled.exchanged_words(story.log.folder, two - 1, two)
    view = story.view()
    lost = [(step.stakeholder, step.lost) for step in trail(view) if step.what == "NoteGiven"]
    assert lost == [("police-1", "unreadable"), ("police-1", "unreadable"), ("health-1", None)]
    for page in (pack(view).files["words.jsonl"].decode(), report_in(view, "md")):
        assert KEPT in page
        assert LOST not in page
        assert TOO not in page
    assert instead("unreadable") in report_in(view, "md")
