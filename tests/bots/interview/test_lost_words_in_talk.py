"""Somebody's own words that are lost: they read why, and the reason is never taken for their words."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from support.area import OPENS, Area

from bots.interview.record import talk_of
from bots.interview.screens import quoted
from bots.web.pages import _box
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import notes
from ehsg_events.interview.questions import Ask
from ehsg_events.log.transaction import Transaction
from ehsg_events.log.vault import instead
from ehsg_events.states.streams import interview_stream


def test_a_reason_for_a_loss_is_shown_and_never_put_into_a_box(asked: Area) -> None:
    """A box that held it would hand it in as what they said."""
    asked.answer("police-1", "5.1", "3")
    stream = interview_stream(asked.id, 1, "police-1")

    def decide(tx: Transaction) -> None:
        _, seat, state = sit_down(tx, asked.id, "police-1", tx.stamp.at)
        words = tx.seal("we ask every family", stream, "police-1")
        field = seat.fields("5.1")[0].id
        tx.decide(stream, *notes.give_note(state, seat, "5.1", field, words, None))

    asked.log.record(asked.stamp(by="police-1", role="stakeholder"), decide)
    with closing(sqlite3.connect(asked.log.folder / "keys" / "keys.sqlite")) as db, db:
        assert db.execute("DELETE FROM person_key WHERE person = 'police-1'").rowcount == 1
    _, talk = talk_of(asked.log, asked.id, "police-1", OPENS, 1)
    (note,) = talk.interview.notes.values()
    assert instead("key missing", "police-1") in quoted(talk, note)
    (noted,) = _box(talk, Ask("5.1", note.field), "label", "hint", None).noted
    assert instead("key missing", "police-1") in noted.shown
    assert noted.words == ""
