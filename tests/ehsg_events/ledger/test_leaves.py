"""Focus: a leaf tells nobody what a fact says, and whoever altered the fact is found out by it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from support.area import Area
from support.ledger import SECRET, invented

from ehsg_events.ledger.leaves import digest_of, leaf, opening, salt_of
from ehsg_events.log.log import Log

ANSWER = "interview.AnswerGiven.v1"


def test_a_leaf_is_its_position_and_the_digest_of_what_is_opened() -> None:
    """In the one form of RFC 8785, so that others make the same bytes of it."""
    stored = invented(ANSWER, 7)
    digest = digest_of(opening(salt_of(SECRET, 7), stored))
    assert leaf(SECRET, 7, stored) == b'{"position":7,"sha256":"%s"}' % digest.encode()


def test_what_is_opened_are_five_lines() -> None:
    """The salt, the stream, the version, the topic, and the fact as it is stored."""
    stored = invented(ANSWER, 7)
    salt, stream, version, topic, state = opening(salt_of(SECRET, 7), stored).split(b"\n")
    assert (len(salt), version, topic) == (64, b"1", ANSWER.encode())
    assert stream.decode() == str(stored.originator_id)
    assert json.loads(state)["by"] == "police-1"


def test_the_same_fact_twice_has_two_salts() -> None:
    """So that nobody sees that two people gave the same score."""
    stored = invented(ANSWER, 7)
    assert len({digest_of(opening(salt_of(SECRET, at), stored)) for at in range(1, 100)}) == 99
    assert salt_of(SECRET, 1) != salt_of(bytes([1]) * 32, 1)


def test_a_fact_that_was_changed_by_a_function_of_sqlite_has_a_leaf(tmp_path: Path) -> None:
    """It is kept as text then, and no longer as bytes; its leaf is another, and no failure."""
    log = Log(tmp_path / "data")
    Area(log).open()
    before = [leaf(SECRET, *row) for row in log.store.rows()]
    with closing(sqlite3.connect(log.folder / "log.sqlite")) as db, db:
        db.execute("DROP TRIGGER no_edit")
        for old, position in (("police-1", 2), ("nothing that stands there", 3)):
            change = "UPDATE stored_events SET state = replace(state, ?, '') WHERE rowid = ?"
            db.execute(change, (old, position))
    after = [leaf(SECRET, *row) for row in log.store.rows()]
    log.close()
    assert [was == now for was, now in zip(before, after, strict=True)] == [True, False, True, True, True]  # fmt: skip
