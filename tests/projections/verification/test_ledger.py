"""Whatever an insider changes in the log's file is found beside its ledger, or beside a checkpoint."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.log import spoiled
from support.log.long_ledger import signed
from support.log.spoiled import first, last
from support.story.story import PANEL, Story, agree_and_split

from ehsg_events.commands import outcomes
from ehsg_events.kernel import Refused
from ehsg_events.ledger.sequencer import FOLDER, ledger_file
from ehsg_events.log.log import Log
from projections.verification.fault import Fault
from projections.verification.ledger import LedgerLook
from projections.verification.log_file import LogFile
from projections.verification.verification import Verified, kept_in, verified

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
Tamper = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished assessment whose ledger was signed."""
    folder = tmp_path_factory.mktemp("whole")
    with Story(folder) as story:
        agree_and_split(story.opened(PANEL)).noted("police-1", "5.1", "working-well", "Good rooms.")
        story.noted("health-1", "5.1", "working-well", "Warm handovers.").round_closed()
        story.round_opened().answered("police-1", "5.2", "3").round_closed()
        story.moderated("5.1", "3", "Agreed.").moderated("5.2", "2", "The two camps met.")
        story.chose("5.1", "5.2").signed_off("chair", "Given Surname")
        signed(story.log)
    return folder


def kept(folder: Path) -> str:
    """The checkpoint that was signed last."""
    with closing(sqlite3.connect(ledger_file(folder))) as db:
        return str(db.execute("SELECT note FROM checkpoint ORDER BY size DESC").fetchone()[0])


def look(folder: Path, *checkpoints: str) -> Verified:
    """What is found in a data folder."""
    return verified(kept_in(folder), checkpoints=checkpoints)


def of_ledger(found: Verified) -> list[int | None]:
    """The positions that the ledger finds wrong."""
    return [fault.position for fault in found.faults if fault.part == "ledger"]


def changed(what: str, pattern: str, new: str) -> Tamper:
    """The newest fact of a kind with something else in it."""
    return lambda folder: spoiled.rewritten(
        folder, last(folder, what), lambda state: re.sub(pattern, new, state, count=1)
    )


def every_answer(folder: Path) -> None:
    """All scores of one descriptor made 5."""
    with spoiled.unguarded(folder) as db:
        db.execute(
            "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), "
            "'\"score\": 2', '\"score\": 5') AS BLOB) WHERE topic LIKE '%AnswerGiven%'"
        )


def without_sign_off(folder: Path, *, promised: bool = True) -> None:
    """The newest facts gone, with the number that was promised if an insider is careful."""
    at = last(folder, "AssessmentSignedOff")
    with spoiled.unguarded(folder) as db:
        db.execute("DELETE FROM stored_events WHERE rowid >= ?", (at,))
        if not promised:
            db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'stored_events'", (at - 1,))
    (folder / "log.position").unlink(missing_ok=True)


def swapped_answers(folder: Path) -> None:
    """The states of two people's answers, each in the other's row."""
    one, other = first(folder, "AnswerGiven"), last(folder, "AnswerGiven")
    with spoiled.unguarded(folder) as db:
        asked = "SELECT state FROM stored_events WHERE rowid = ?"
        states = [db.execute(asked, (at,)).fetchone()[0] for at in (other, one)]
        for at, state in zip((one, other), states, strict=True):
            db.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (state, at))


def forged(folder: Path) -> None:
    """A fact put in the place of one that was there."""
    at = last(folder, "OutcomeModerated")
    spoiled.rewritten(folder, at, lambda state: json.dumps(json.loads(state) | {"role": "clock"}))


TAMPERINGS: dict[str, Tamper] = {
    "all answers to a descriptor": every_answer,
    "the sign-off deleted": without_sign_off,
    "the sign-off deleted with what was promised": lambda f: without_sign_off(f, promised=False),
    "a fact deleted in the middle": lambda f: spoiled.deleted(f, last(f, "RoundMeasured") - 2),
    "two people's answers swapped": swapped_answers,
    "a stamp back-dated": changed("RoundClosed", r'"at": "\d{4}', '"at": "2020'),
    "another author": changed("OutcomeModerated", '"by": "[^"]+"', '"by": "somebody"'),
    "the rule changed": changed("AssessmentOpened", '"agreed_share": 0.75', '"agreed_share": 0.5'),
    "a moderated outcome": changed("OutcomeModerated", r'"score": \d', '"score": 4'),
    "a measure": changed("RoundMeasured", r'"low": \d', '"low": 9'),
    "a forged fact": forged,
    "words exchanged in two facts": lambda f: spoiled.exchanged_words(
        f, first(f, "NoteGiven"), last(f, "NoteGiven")
    ),
    "a fact about another stream": changed("AnswerGiven", "police-1", "police-2"),
    "a key that something was caused by": changed("RoundClosed", '"key": "', '"key": "x'),
}


def test_an_honest_log_is_what_its_ledger_says(whole: Path) -> None:
    """And goes on from every checkpoint of it, also an old one once there is more."""
    found = look(whole, kept(whole))
    assert found.faults == []
    assert found.ledger is not None
    assert found.ledger.size == found.position


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_is_changed_is_not_what_the_ledger_holds(
    whole: Path, tmp_path: Path, what: str
) -> None:
    """None is silent, whatever else may find it too."""
    folder = Path(shutil.copytree(whole, tmp_path / "tampered"))
    TAMPERINGS[what](folder)
    assert of_ledger(look(folder))


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_ledger_made_anew_with_the_real_key_is_not_what_was_kept(
    whole: Path, tmp_path: Path, what: str
) -> None:
    """Whoever holds machine and key makes a ledger that is sound in itself."""
    folder = Path(shutil.copytree(whole, tmp_path / "tampered"))
    TAMPERINGS[what](folder)
    with spoiled.unguarded_ledger(folder) as ledger:
        ledger.execute("DELETE FROM tile")
        ledger.execute("DELETE FROM checkpoint WHERE size > 0")
    try:
        with Log(folder) as log:
            signed(log)
    except Refused:  # it does not even open: that is noticed by everybody
        return
    assert not of_ledger(look(folder))
    assert of_ledger(look(folder, kept(whole)))


def test_a_log_put_back_is_noticed(whole: Path, tmp_path: Path) -> None:
    """The ledger's file is never part of a backup of the log, so it knows what is missing."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    before = (folder / "log.sqlite").read_bytes()
    with Story(folder) as story:
        story.minutes = 500
        outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "Asked to.")
        end = story.log.store.last_position()
        signed(story.log)
    for beside in folder.glob("log.sqlite*"):
        beside.unlink()
    (folder / "log.sqlite").write_bytes(before)
    (folder / "log.position").unlink()
    found = look(folder)
    assert of_ledger(found) == [end]
    assert "signed last on 2026-12-01 12:00 UTC" in found.faults[-1].says


def test_a_ledger_that_is_gone_is_said(whole: Path, tmp_path: Path) -> None:
    """The log knows that there was one; made anew, it is under another key, and the log says when."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    shutil.rmtree(folder / FOLDER)
    assert of_ledger(look(folder)) == [None]
    with Log(folder) as log:
        signed(log)
    found = look(folder, kept(whole))
    assert found.faults == []
    assert found.ledger is not None
    assert found.ledger.terms is not None
    assert found.ledger.terms.anew is not None
    assert len(set(found.ledger.terms.keys)) == 2


@pytest.mark.parametrize("table", ["tile", "checkpoint"])
def test_a_ledger_that_was_altered_is_said(whole: Path, tmp_path: Path, table: str) -> None:
    """Whichever byte of a hash or a signature."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    column = "hashes" if table == "tile" else "note"
    with closing(sqlite3.connect(ledger_file(folder))) as db, db:
        held = db.execute(f"SELECT rowid, {column} FROM {table}").fetchone()  # noqa: S608
        content = bytearray(held[1] if table == "tile" else held[1].encode())
        content[-9] ^= 1
        new = bytes(content) if table == "tile" else content.decode()
        db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, held[0]))  # noqa: S608
    assert of_ledger(look(folder))


@pytest.mark.parametrize(
    "spoil", [b"", b"no database at all", b"SQLite format 3\x00" + b"\x07" * 90]
)
def test_a_ledger_that_cannot_be_read_is_said(whole: Path, tmp_path: Path, spoil: bytes) -> None:
    """In a sentence, beside whatever else there is."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    ledger_file(folder).write_bytes(spoil)
    assert of_ledger(look(folder))


STRANGE = {
    "no bytes": "UPDATE tile SET hashes = 5",
    "text": "UPDATE tile SET hashes = 'abc'",
    "half a hash more": "UPDATE tile SET hashes = CAST(hashes || x'00' AS BLOB)",
    "a place that is no number": "UPDATE tile SET number = 'abc'",
    "a place below all": "UPDATE tile SET number = -1",
    "a place beyond all": "UPDATE tile SET number = 4611686018427387904",
    "a hash above none": "INSERT INTO tile VALUES (1, 0, zeroblob(32))",
    "a tile far above": "INSERT INTO tile VALUES (3, 7, x'00')",
    "no day": "UPDATE checkpoint SET at = 'yesterday'",
    "a day that is no text": "UPDATE checkpoint SET at = x'ff00'",
    "fewer than no facts": "UPDATE checkpoint SET size = -5 WHERE size = 0",
    "more facts than there can be": "UPDATE checkpoint SET size = 9223372036854775807 WHERE size = 0",
    "no checkpoint": "DELETE FROM checkpoint",
    "not the first checkpoint": "DELETE FROM checkpoint WHERE size = 0",
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_ledger_of_another_form_is_said(whole: Path, tmp_path: Path, what: str) -> None:
    """In a sentence and soon, whatever somebody wrote into its file; with a kept checkpoint, too."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    with spoiled.unguarded_ledger(folder) as ledger:
        ledger.execute(STRANGE[what])
    assert of_ledger(look(folder))
    assert of_ledger(look(folder, kept(whole)))


def test_a_fact_that_is_nested_without_end_is_said(whole: Path, tmp_path: Path) -> None:
    """As is any other that cannot be read."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    spoiled.rewritten(folder, last(folder, "LedgerBegun"), lambda _: "[" * 100_000)
    assert look(folder).faults


def test_what_is_added_while_it_is_looked_at_is_no_fault(whole: Path, tmp_path: Path) -> None:
    """A server goes on recording and signing."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    with LogFile(folder / "log.sqlite") as file:
        looked = LedgerLook(folder, file)
        file.pin()
        with Story(folder) as story:
            story.minutes = 500
            outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "Asked to.")
            signed(story.log)
        faults, at = list[Fault](), 0
        for at, stored in file.rows():
            faults += looked.look(at, stored)
        assert [*faults, *looked.at_end(at, [])] == []


def test_what_was_left_half_done_is_no_fault(whole: Path, tmp_path: Path) -> None:
    """Whoever was killed while adding to the ledger leaves a journal; it is undone by who looks next."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    killed = "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None)"
    fills = (
        "[db.execute('REPLACE INTO tile VALUES (0, ?, zeroblob(8192))', (n,)) for n in range(300)]"
    )
    half = (
        f"{killed}; db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN'); {fills}; os.abort()"
    )
    subprocess.run([sys.executable, "-c", half, ledger_file(folder)], check=False)
    assert [*(folder / FOLDER).glob("*-journal")]
    assert of_ledger(look(folder)) == []


def test_what_is_no_checkpoint_is_refused(whole: Path) -> None:
    """As is any other file that somebody names by mistake."""
    for rubbish in ("", "ehsg/x\n5\nAAAA\n", "PK\x03\x04", kept(whole).replace("\n\n", "\n")):
        with pytest.raises(Refused, match="checkpoint"):
            look(whole, rubbish)


def test_another_ledgers_checkpoint_is_not_taken_for_ours(whole: Path, tmp_path: Path) -> None:
    """It proves nothing of this log."""
    with Story(tmp_path / "other") as story:
        story.opened(PANEL)
        note = signed(story.log)
    assert "another log's" in look(whole, note).faults[0].says
