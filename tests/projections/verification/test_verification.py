"""Whatever is spoiled is named, by the position of the fact it is about; what is whole is silent."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.log import spoiled
from support.log.spoiled import first, last
from support.log.store import note
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split

from ehsg_events.events import AssessmentOpened
from ehsg_events.log.log import Log
from ehsg_events.values.places import texts_in
from projections.facts.long.base import base_of
from projections.facts.long.rebuild import rebuild
from projections.verification.fault import Part
from projections.verification.verification import Verified, kept_in, verified

Spoil = Callable[[Path], int | None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an assessment with words, a withdrawal, two rounds, and a moderation."""
    folder = tmp_path_factory.mktemp("whole")
    with Story(folder) as story:
        agree_and_split(story.opened(PANEL)).noted("police-1", "5.1", "working-well", "Good rooms.")
        story.noted("health-1", "5.1", "working-well", "Warm handovers.").round_closed()
        story.round_opened().answered("police-1", "5.2", "3").round_closed()
        story.withdrawn("school-2").moderated("5.2", "2", "The two camps met.")
    return folder


def copy_of(folder: Path, place: Path) -> Path:
    """A copy to be spoiled."""
    return Path(shutil.copytree(folder, place / "spoiled"))


def look(folder: Path, earlier: Path | None = None) -> Verified:
    """What is found in a data folder."""
    return verified(kept_in(folder), earlier)


def test_what_is_whole_is_looked_through_and_nothing_is_said(whole: Path) -> None:
    """Every part of it, or silence would prove nothing."""
    found = look(whole)
    assert found.faults == []
    with Log(whole) as log:
        facts = list(log.all())
    held = {words.id for fact in facts for _, words in texts_in(fact.fact)}
    assert (found.facts, found.position) == (len(facts), len(facts))
    assert found.texts == len(held) > 8
    assert (found.figures >= 3, found.read_models, found.guides) == (True, 1, 1)


def changed_measure(folder: Path) -> int:
    """A middle score that nobody measured."""
    at = first(folder, "RoundMeasured")
    return spoiled.rewritten(
        folder, at, lambda state: re.sub(r'"low": \d', '"low": 1', state, count=1)
    )


def changed_answer(folder: Path) -> int:
    """A score that was measured, another than was given: its measure no longer follows."""
    at = first(folder, "AnswerGiven")
    spoiled.rewritten(folder, at, lambda state: re.sub(r'"score": \d', '"score": 5', state))
    return first(folder, "RoundMeasured")


def swapped(folder: Path) -> int:
    """One person's words where another's were."""
    at = last(folder, "NoteGiven")
    spoiled.swapped_texts(folder, at, at - 1)
    return at


def no_key(folder: Path) -> int:
    """The key of somebody who said something."""
    spoiled.without_key(folder, "health-1")
    return last(folder, "NoteGiven")


def other_guide(folder: Path) -> int:
    """A guide other than the assessment was opened with."""
    at = last(folder, "AssessmentOpened")
    return spoiled.rewritten(folder, at, lambda state: state.replace("ehsg-2022@1", "ehsg-2020@1"))


def middle(folder: Path) -> int:
    """A fact in the middle."""
    return spoiled.deleted(folder, last(folder, "RoundMeasured") - 3)


def newest(folder: Path) -> int:
    """The newest fact of all."""
    return spoiled.deleted(folder, last(folder, "OutcomeModerated"))


def flipped_in_a_fact(folder: Path) -> int:
    """A bit of a fact that makes it no JSON."""
    at = last(folder, "AnswerGiven")
    return spoiled.rewritten(folder, at, lambda state: state.replace("{", "z", 1))


def other_stream(folder: Path) -> int:
    """An answer that says it is somebody else's."""
    at = last(folder, "AnswerGiven")
    return spoiled.rewritten(folder, at, lambda state: state.replace("police-1", "police-2"))


SPOILED: dict[str, tuple[Spoil, Part]] = {
    "a changed measure": (changed_measure, "figure"),
    "a changed answer": (changed_answer, "figure"),
    "a swapped text": (swapped, "text"),
    "a deleted sealed row": (lambda f: spoiled.without_text(f, last(f, "NoteGiven")), "text"),
    "a missing key": (no_key, "text"),
    "another guide": (other_guide, "guide"),
    "a deleted row in the middle": (middle, "order"),
    "a deleted newest row": (newest, "order"),
    "a fact that is no JSON": (flipped_in_a_fact, "fact"),
    "a fact in another's stream": (other_stream, "fact"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_whatever_is_spoiled_is_named_with_its_position(
    whole: Path, tmp_path: Path, what: str
) -> None:
    """Each by the fact it is about."""
    folder = copy_of(whole, tmp_path)
    spoil, part = SPOILED[what]
    at = spoil(folder)
    faults = look(folder).faults
    assert (part, at) in {(fault.part, fault.position) for fault in faults}
    assert all(str(fault.position) in fault.says for fault in faults if fault.part == part)


def test_the_newest_facts_of_a_cut_log_are_named(whole: Path, tmp_path: Path) -> None:
    """The file is damaged; what can be read still is, and where it ends is said."""
    folder = copy_of(whole, tmp_path)
    spoiled.cut(folder, 0.6)
    found = look(folder)
    assert {fault.part for fault in found.faults} >= {"file"}
    assert any(fault.position for fault in found.faults)


def test_a_file_that_is_no_log_is_said_to_be_none(whole: Path, tmp_path: Path) -> None:
    """And no exception comes out, whatever lies there."""
    folder = copy_of(whole, tmp_path)
    (folder / "log.sqlite").write_bytes(b"\0" * 9000)
    assert "file" in {fault.part for fault in look(folder).faults}


def test_tables_that_nobody_can_open_are_damage(whole: Path, tmp_path: Path) -> None:
    """Though every fact is there: no other command could open the log."""
    folder = copy_of(whole, tmp_path)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE TRIGGXR' WHERE name = 'no_edit'")
    assert {fault.part for fault in look(folder).faults} == {"file"}


def test_a_score_that_was_never_measured_is_noticed_beside_a_backup(
    whole: Path, tmp_path: Path
) -> None:
    """Nothing in the log itself could tell."""
    folder = copy_of(whole, tmp_path)
    at = last(folder, "RoundOpened")
    spoiled.rewritten(
        folder, at, lambda state: state.replace('"reminder_cap": 3', '"reminder_cap": 4')
    )
    assert look(folder).whole
    faults = look(folder, whole / "log.sqlite").faults
    assert [(fault.part, fault.position) for fault in faults] == [("backup", at)]


def test_a_log_that_lost_its_end_is_noticed_beside_a_backup(whole: Path, tmp_path: Path) -> None:
    """Every position that the backup holds and the log does not."""
    folder = copy_of(whole, tmp_path)
    end = look(folder).position
    with spoiled.unguarded(folder) as db:
        db.execute("DELETE FROM stored_events WHERE rowid > ?", (end - 2,))
        db.execute("UPDATE sqlite_sequence SET seq = ?", (end - 2,))
    faults = look(folder, whole / "log.sqlite").faults
    missing = [fault.position for fault in faults if fault.part == "backup"]
    assert missing == [end - 1, end]


@pytest.mark.parametrize("seed", range(8))
def test_a_bit_of_a_fact_the_other_way_round_is_noticed_beside_a_backup(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    """Wherever it is, by its position, and without an exception."""
    folder = copy_of(whole, tmp_path)
    dice = random.Random(seed)
    held = (folder / "log.sqlite").read_bytes()
    with Log(whole) as log:
        facts = [(position, stored.state) for position, stored in log.store.rows()]
    in_one_piece = [(position, state) for position, state in facts if held.count(state) == 1]
    position, state = dice.choice(in_one_piece)
    at = held.find(state) + dice.randrange(len(state))
    spoiled.flipped(folder, at, 1 << dice.randrange(8))
    faults = look(folder, whole / "log.sqlite").faults
    assert position in {fault.position for fault in faults}


def test_a_base_that_says_something_else_than_the_log_is_named(tmp_path: Path) -> None:
    """By the position at which it does."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL)).round_closed()
        rebuild(story.log)
    folder = tmp_path / "data"
    assert look(folder).faults == []
    at = last(folder, "RoundOpened")
    with Log(folder) as log:
        base = base_of(log)
        assert base is not None
    spoiled.rewritten(
        folder, at, lambda state: state.replace('"reminder_cap": 3', '"reminder_cap": 4')
    )
    faults = look(folder).faults
    assert [(fault.part, fault.position) for fault in faults] == [("read model", at)]


def test_a_log_with_nothing_on_it_is_whole(tmp_path: Path) -> None:
    """There is nothing to be wrong."""
    Log(tmp_path / "data").close()
    assert look(tmp_path / "data").whole


def test_facts_that_lie_only_ahead_of_the_file_are_there(tmp_path: Path) -> None:
    """As in a young log while it is served: its file is still smaller than what is on it."""
    log = Log(tmp_path)
    for version in range(1, 101):
        log.save(note(version), key=str(version))
    small = (tmp_path / "log.sqlite").stat().st_size
    found = verified(kept_in(tmp_path))
    log.close()
    assert small < (tmp_path / "log.sqlite").stat().st_size
    assert (found.position, [one for one in found.faults if one.part != "text"]) == (100, [])


def test_what_is_looked_at_is_left_as_it_was(whole: Path, tmp_path: Path) -> None:
    """To the byte, also where it is damaged: it may be all that is left."""
    folder = copy_of(whole, tmp_path)
    before = (folder / "log.sqlite").read_bytes()
    look(folder)
    assert (folder / "log.sqlite").read_bytes() == before
    spoiled.cut(folder, 0.6)
    before = (folder / "log.sqlite").read_bytes()
    look(folder)
    assert (folder / "log.sqlite").read_bytes() == before


def test_words_are_found_wherever_a_fact_holds_them(whole: Path) -> None:
    """The reason of an opened round's close, a name, a note: none is passed over."""
    with Log(whole) as log:
        held = {type(f.fact).__name__ for f in log.all() if [*texts_in(f.fact)]}
        assert AssessmentOpened.__name__ not in held
        assert log.assessments()[0][0] == ASSESSMENT
    assert held >= {"StakeholderAdded", "NoteGiven", "OutcomeModerated"}
