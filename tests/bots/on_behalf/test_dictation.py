"""Whoever types for somebody is stamped as that, told of, and shown nothing said before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.ehsg import ehsg, opened

from ehsg_events.events import AnswerAmended, AnswerGiven, InterviewCompleted
from ehsg_events.kernel import Recorded
from ehsg_events.log.log import Log
from projections.facts.view import view_at
from projections.results.results import trail

SECRET = "Zanzibar partners never meet"
LOOKING = (
    "my answers", "back", "review", "change 5.1", "help", "why me", "what waits", "who sees this",
    "my reminders", "change priorities", "done with 5.1", "what do the levels mean", "thanks",
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An open round in which police-1 has answered 5.1 themselves, with words, by their link."""
    data = tmp_path / "data"
    opened(data)
    own(data, f"start\n4\n{SECRET}\nnext\n")
    return data


def own(data: Path, typed: str) -> str:
    """What police-1 says at a terminal with their own link, and is told."""
    link = ehsg(data, "link", "police-1").out.strip()
    return ehsg(data, "interview", "--link", link, typed=typed).out


def facts(data: Path) -> list[Recorded]:
    """Every fact of the only assessment."""
    log = Log(data)
    every = list(log.all())
    log.close()
    return every


def given(data: Path) -> list[tuple[str, str, str | None]]:
    """Who gave each answer in which role, and on whose behalf."""
    answers = (one for one in facts(data) if isinstance(one.fact, AnswerGiven | AnswerAmended))
    return [(one.stamp.by, one.stamp.role, one.stamp.on_behalf_of) for one in answers]


def test_who_has_the_link_is_the_person_and_sees_what_they_said(data: Path) -> None:
    """The terminal is a surface like the others, for whoever holds the whole key."""
    assert SECRET in own(data, "my answers\n")
    assert given(data) == [("police-1", "stakeholder", None)]


def test_what_is_typed_for_somebody_is_stamped_as_that(data: Path) -> None:
    """By every way to type for somebody: a dictation, an answer, a dissent."""
    assert ehsg(data, "coordinator", "add", "--name", "Dana Drew").code == 0
    assert ehsg(data, "interview", "--as", "police-1", "--by", "Dana Drew", typed="2\n").code == 0
    assert ehsg(data, "answer", "5.1", "1", "--as", "police-1").code == 0
    assert given(data)[1:] == [
        ("coordinator-1", "coordinator", "police-1"),
        ("coordinator", "coordinator", "police-1"),
    ]
    assert ehsg(data, "round", "close").code == 0
    assert ehsg(data, "moderate", "5.1", "--score", "2", "--because", "We talked.").code == 0
    assert ehsg(data, "dissent", "5.1", "--as", "police-1", "--because", "It is a 1.").code == 0
    last = facts(data)[-1].stamp
    assert (last.by, last.role, last.on_behalf_of) == ("coordinator", "coordinator", "police-1")
    shown = ehsg(data, "trail").out
    assert shown.count("typed on their behalf by coordinator-1") >= 1
    assert "coordinator did this on behalf of police-1" in shown
    assert "typed on their behalf by coordinator" in ehsg(data, "why", "5.1").out


@pytest.mark.parametrize("typed", LOOKING)
def test_whoever_types_is_shown_nothing_that_was_said_before(data: Path, typed: str) -> None:
    """Neither score, words nor whether words were asked for, whatever they ask to see."""
    shown = ehsg(data, "interview", "--as", "police-1", typed=f"{typed}\n").out
    assert SECRET not in shown
    assert not re.search(r"you answered|answer now|your answer was", shown, re.I), shown


@pytest.mark.parametrize(
    "said", ["start\n4\n", "start\ndont know\n", f"start\n4\n{SECRET}\nnext\n"]
)
def test_an_interview_looks_the_same_whatever_was_said_before(tmp_path: Path, said: str) -> None:
    """A score waits for words, a don't know for none: a dictation goes on at the next question."""
    data, other = tmp_path / "data", tmp_path / "other"
    for place in (data, other):
        place.mkdir()
        opened(place / "data")
    own(data / "data", said)
    own(other / "data", "start\n1\nOther words\n")
    dictated = "change 5.1 to 4\nnext\nnext\nmy answers\n3\nWe meet\nnext\nmy answers\nnext\n"
    shown = [
        ehsg(place / "data", "interview", "--as", "police-1", typed=dictated).out
        for place in (data, other)
    ]
    assert shown[0] == shown[1]
    assert "you answered 4" in shown[0]


def test_the_answer_that_stood_is_recorded_again_so_that_its_absence_tells_nothing(
    data: Path,
) -> None:
    """By both ways, and the trail shows an answer each time."""
    before = len(given(data))
    for typed in ("4", "3"):
        assert ehsg(data, "answer", "5.1", typed, "--as", "police-1").code == 0
        assert (
            ehsg(data, "interview", "--as", "police-1", typed=f"change 5.1 to {typed}\n").code == 0
        )
    assert len(given(data)) == before + 4
    log = Log(data)
    steps = trail(view_at(log, log.assessments()[0][0]))
    log.close()
    assert [step.on_behalf_of for step in steps if step.item == "5.1"].count("police-1") == 4


def test_a_dictation_that_ends_is_complete_whatever_was_left_open(tmp_path: Path) -> None:
    """Words that the person had left open are not asked for on the telephone, nor afterwards."""
    data = tmp_path / "data"
    opened(data)
    own(data, "start\n4\n")
    ehsg(data, "interview", "--as", "police-1", typed="2\nnext\nnext\n")
    assert any(isinstance(one.fact, InterviewCompleted) for one in facts(data))


def test_nothing_of_a_dictation_that_must_not_be_kept_is_kept(data: Path) -> None:
    """Whoever types is answered as the person would be."""
    before = len(facts(data))
    said = ehsg(data, "interview", "--as", "police-1", typed="3\nNHS number 943 476 5919\n").out
    assert "NHS number" in said
    assert b"943 476" not in b"".join(path.read_bytes() for path in data.glob("log.sqlite*"))
    assert len(facts(data)) == before + 1
