"""Load, decide, record: conflicts, repetitions, and what a decision leaves behind."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from conftest import fold
from support.area import CLOSES, OPENS, PANEL, Area, words
from support.spec import folded

from ehsg_events.commands import rounds
from ehsg_events.commands.opening import abandonment
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import NoteGiven, RoundClosed
from ehsg_events.interview import answers as answering
from ehsg_events.interview import notes
from ehsg_events.kernel import COORDINATOR, Refused, Stamp
from ehsg_events.log import log as application
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream, round_stream


def test_one_decision_may_write_on_several_streams(asked: Area) -> None:
    """All of it or nothing, one after the other."""

    def decide(tx: Transaction) -> None:
        for name in ("police-1", "health-1"):
            number, seat, state = sit_down(tx, asked.id, name, tx.stamp.at)
            stream = interview_stream(asked.id, number, name)
            tx.decide(stream, *answering.answer(state, seat, "5.1", "3"))
            tx.decide(stream, *answering.start(state, seat, "digest"))

    before = len(asked.facts)
    assert asked.log.record(asked.stamp(), decide).position == asked.facts[-1].position
    assert asked.kinds()[before:] == ["AnswerGiven", "InterviewStarted"] * 2


def test_a_refusal_leaves_nothing(asked: Area) -> None:
    """Not even what was decided before it in the same piece."""

    def decide(tx: Transaction) -> None:
        words = tx.seal("because", round_stream(asked.id, 1), COORDINATOR)
        tx.decide(
            interview_stream(asked.id, 1, "police-1"),
            NoteGiven(item="5.1", field="working-well", words=words),
        )
        raise Refused("no")

    before = asked.facts
    with pytest.raises(Refused, match="no"):
        asked.log.record(asked.stamp(), decide)
    assert asked.facts == before


def test_a_decision_that_changes_nothing_is_no_fact(asked: Area) -> None:
    """And has no position."""
    assert asked.log.record(asked.stamp(), lambda _: None).position is None


def test_the_same_cause_twice_is_recorded_once(asked: Area) -> None:
    """A retry says the same and nothing happens."""
    assert asked.answer("police-1", "5.1", "3", key="click-1") is not None
    assert asked.answer("police-1", "5.1", "4", key="click-1") is None
    assert asked.interview("police-1").answers["5.1"].score == 3


def test_a_cause_that_was_recorded_is_not_refused_when_it_comes_again(asked: Area) -> None:
    """Even when the rules would say no by now: it did happen."""
    asked.answer("police-1", "5.1", "3", key="click-1")
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    assert asked.answer("police-1", "5.1", "3", key="click-1") is None
    with pytest.raises(Refused, match="This round is closed"):
        asked.answer("police-1", "5.1", "3", key="click-2")


def test_who_was_overtaken_decides_again_on_what_is_then_known(asked: Area) -> None:
    """The first attempt is dropped whole."""
    attempts = []

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, asked.id, "police-1", tx.stamp.at)
        attempts.append(dict(state.answers))
        if len(attempts) == 1:
            asked.answer("police-1", "5.1", "2")
        facts = answering.answer(state, seat, "5.1", "3")
        tx.decide(interview_stream(asked.id, number, "police-1"), *facts)

    asked.log.record(asked.stamp(), decide)
    assert [len(answers) for answers in attempts] == [0, 1]
    assert asked.kinds("police-1") == ["AnswerGiven", "AnswerAmended"]


def test_an_answer_cannot_slip_in_behind_a_close(asked: Area) -> None:
    """The round was only read, but it must not have moved."""
    attempts = []

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, asked.id, "police-1", tx.stamp.at)
        attempts.append(seat.closed)
        if len(attempts) == 1:
            rounds.close_round(asked.log, asked.stamp(), asked.id)
        facts = answering.answer(state, seat, "5.1", "3")
        tx.decide(interview_stream(asked.id, number, "police-1"), *facts)

    with pytest.raises(Refused, match="This round is closed"):
        asked.log.record(asked.stamp(), decide)
    assert attempts == [False, True]
    assert "AnswerGiven" not in asked.kinds()


def test_no_answer_is_recorded_after_the_close_however_they_race(asked: Area) -> None:
    """Eight people answer while the coordinator closes: order on the log decides."""
    start = Barrier(9)

    def press(name: str) -> None:
        start.wait()
        for value in "012345" * 3:
            try:
                asked.answer(name, "5.1", value)
            except Refused:
                return

    def shut() -> None:
        start.wait()
        rounds.close_round(asked.log, asked.stamp(), asked.id)

    with ThreadPoolExecutor(9) as pool:
        for name in [member.id for member in PANEL] * 2:
            pool.submit(press, name)
        pool.submit(shut).result()
    kinds = asked.kinds()
    assert not {"AnswerGiven", "AnswerAmended"} & set(kinds[kinds.index("RoundClosed") :])


def test_a_stream_read_twice_is_pinned_where_it_was_first_read(asked: Area) -> None:
    """Half a decision on old knowledge and half on new is taken again."""
    attempts = []

    def decide(tx: Transaction) -> None:
        attempts.append(tx.read(interview_stream(asked.id, 1, "police-1")).answers)
        if len(attempts) == 1:
            asked.answer("police-1", "5.1", "2")
        tx.read(interview_stream(asked.id, 1, "police-1"))
        tx.decide(round_stream(asked.id, 1), RoundClosed(closed_by="coordinator"))

    asked.log.record(asked.stamp(), decide)
    assert len(attempts) == 2


@pytest.mark.parametrize("times", [10, application.TRIES])
def test_who_is_overtaken_again_and_again_is_recorded_or_told(
    asked: Area, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times is no reason to give up; who never gets a turn reads a sentence, nothing by half."""
    monkeypatch.setattr(application, "LONGEST", 0.0)
    values = islice(cycle("012345"), times)

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, asked.id, "police-1", tx.stamp.at)
        if value := next(values, None):
            asked.answer("police-1", "5.1", value)
        facts = answering.answer(state, seat, "5.2", "3")
        tx.decide(interview_stream(asked.id, number, "police-1"), *facts)

    gives_up = pytest.raises(Refused, match="Do it once more")
    with gives_up if times == application.TRIES else nullcontext():
        asked.log.record(asked.stamp(), decide)
    assert ("5.2" in asked.interview("police-1").answers) == (times < application.TRIES)
    assert next(values, None) is None


def test_the_pauses_after_a_clash_are_short_and_not_all_the_same() -> None:
    """Two who wait equally long would clash again."""
    pauses = [application._pause(tried) for tried in range(application.TRIES)]
    assert pauses[: application.AT_ONCE] == [0.0] * application.AT_ONCE
    assert max(pauses) <= application.LONGEST
    assert len(set(pauses)) > application.TRIES // 2


def test_a_later_process_folds_to_the_same_state(asked: Area) -> None:
    """Whatever this one remembers is only a copy of the log."""
    asked.answer("police-1", "5.1", "3")
    other = Log(asked.log.folder)
    assert Area(other).now == asked.now
    asked.answer("police-1", "5.1", "4")
    assert Area(other).now == asked.now
    other.close()


def test_a_state_is_read_as_it_was_at_any_version(asked: Area) -> None:
    """From the stream's own facts, whatever else was recorded meanwhile."""
    stream = interview_stream(asked.id, 1, "police-1")
    asked.answer("police-1", "5.1", "3")
    before, version = fold(asked.log, stream)[1], asked.log.version(stream)
    asked.answer("health-1", "5.1", "1")
    asked.answer("police-1", "5.1", "4")
    assert asked.log.states.at_version(stream, version) == before
    assert asked.log.states.at_version(stream, asked.log.version(stream)) != before


def test_any_fact_delivered_twice_in_a_fold_changes_nothing(asked: Area) -> None:
    """Answers, invitations, closes: the second copy says what is so already."""
    asked.answer("police-1", "5.1", "3")
    asked.withdraw("health-1")
    asked.advance(CLOSES)
    for stream in {recorded.stream for recorded in asked.facts}:
        facts = [recorded.fact for recorded in asked.facts if recorded.stream == stream]
        doubled = [fact for fact in facts for _ in range(2)]
        if stream.kind != "round":  # who was reminded keeps each reminder, so rounds count
            assert folded(*doubled) == folded(*facts) == fold(asked.log, stream)[1]


def test_personal_text_is_nowhere_in_the_log(asked: Area) -> None:
    """Not in any stored byte of a fact; the vault gives it back to those who may read it."""
    secret = "Our manager Jo Bloggs drinks"

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, asked.id, "police-1", tx.stamp.at)
        stream = interview_stream(asked.id, number, "police-1")
        words = tx.seal(secret, stream, "police-1")
        facts = notes.give_note(state, seat, "5.1", "working-well", words, None)
        tx.decide(stream, *facts)

    asked.log.record(asked.stamp(), decide)
    stored = b"".join(bytes(row.state) for _, row in asked.log.store.rows())
    for word in (secret, "Surname", "Given", "Bloggs"):
        assert word.encode() not in stored
    note = asked.facts[-1].fact
    assert isinstance(note, NoteGiven)
    assert asked.log.text(note.words) == secret
    folder = asked.log.folder
    raw = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Bloggs" not in raw


def test_words_that_were_forgotten_or_never_said_read_as_nothing(log: Log) -> None:
    """None, not an error."""
    assert log.text(None) is None
    assert log.text(words("never sealed")) is None


def test_a_log_makes_the_folders_that_are_not_there(tmp_path: Path) -> None:
    """And lets nobody else into them."""
    made = Log(tmp_path / "areas" / "testham")
    assert made.folder.stat().st_mode & 0o777 == 0o700
    made.close()


def test_a_fact_is_stored_as_plain_json(asked: Area) -> None:
    """Address, stamp and fact, so that any reader of JSON and SQL can follow."""
    asked.answer("police-1", "5.1", "3")
    *_, (_, row) = asked.log.store.rows()
    state = json.loads(row.state)
    stamped = {*Stamp.model_fields} - {"on_behalf_of"}  # told only where somebody acted for another
    assert state.keys() == {"assessment", "round", "stakeholder", *stamped, "fact"}
    assert row.topic == "interview.AnswerGiven.v1"
    address = {"assessment": str(asked.id), "round": 1, "stakeholder": "police-1"}
    stamp = {"at": "2026-10-05T08:00:00Z", "by": "police-1", "role": "stakeholder"}
    assert state.items() >= (address | stamp).items()
    assert state["fact"]["score"] == 3


def test_every_assessment_is_listed_with_when_it_was_opened(area: Area) -> None:
    """Oldest first."""
    other = Area(area.log, UUID(int=8))
    other.open()
    found = [(assessment, at) for assessment, at, _ in area.log.assessments()]
    assert found == [(area.id, OPENS), (other.id, OPENS)]


def test_which_assessments_there_are_is_known_without_reading_a_fact(
    area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Oldest first, and those that were abandoned only if they are asked for."""
    gone = Area(area.log, UUID(int=8))
    gone.open()
    abandonment.abandon(area.log, gone.stamp(key="mistake"), gone.id, "the wrong guide")
    monkeypatch.setattr(PlainMapper, "read", None)
    assert area.log.names() == [area.id]
    assert area.log.names(abandoned=True) == [area.id, gone.id]


def test_an_assessment_that_is_not_there_is_refused(log: Log) -> None:
    """By the id that was asked for."""
    with pytest.raises(Refused, match=f"No assessment has the id {UUID(int=7)}"):
        Area(log).open_round()


def test_another_guide_than_the_one_it_was_opened_with_is_refused(area: Area) -> None:
    """A running assessment keeps its own."""
    state = replace(area.now.assessment, guide_digest="0" * 64)
    with pytest.raises(Refused, match="is not the guide this assessment was opened with"):
        guide_of(state)
