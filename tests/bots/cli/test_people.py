"""The coordinator's commands beside the rounds: who coordinates, who is reminded, who takes over."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import Ran, ehsg, opened
from support.story.story import Story
from support.story.telling import DIGEST, PAPER, gave_a_file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round: four people of four agencies, two items each."""
    folder = tmp_path / "data"
    opened(folder)
    return folder


def asks_to_hand_on(data: Path) -> None:
    """Police-1 says on the terminal that a colleague is the right person."""
    script = data.parent / "lines.txt"
    script.write_text("start\nnot the right person\nBo in my team\n", encoding="utf-8")
    assert ehsg(data, "interview", "--as", "police-1", "--script", str(script)).code == 0


def document(ran: Ran) -> object:
    """What a command that went well printed for programs."""
    assert ran.code == 0, ran.err
    return ran.document


def test_coordinators_are_added_listed_and_removed(data: Path) -> None:
    """By pseudonym; the list has names."""
    slack = ("--name", "Jane Smith", "--slack", "T012AB/U034CD")
    assert document(ehsg(data, "coordinator", "add", *slack, "--json")) == {
        "coordinator": "coordinator-1"
    }
    assert ehsg(data, "coordinator", "add", *slack).code == 2
    assert document(ehsg(data, "coordinator", "list", "--json")) == [
        {"id": "coordinator-1", "name": "Jane Smith", "in_slack": True, "written_to": ["slack"]}
    ]
    assert ehsg(data, "coordinator", "remove", "coordinator-1").code == 0
    assert "Nobody is named as a coordinator yet" in ehsg(data, "coordinator", "list").out


def test_a_round_is_paused_and_resumed(data: Path) -> None:
    """The status says so in words and for programs; the meaning is said beside it."""
    paused = ehsg(data, "round", "pause", "--because", "strike", "--json")
    assert paused.document["paused"] is True
    assert paused.document["next"] == []
    assert "Answers are still taken until" in paused.err
    assert ", but paused" in ehsg(data, "round", "status").out
    assert ", but paused" in ehsg(data, "progress").out
    assert ehsg(data, "progress", "--json").document["paused"] is True
    assert ehsg(data, "nudge").code == 2
    resumed = ehsg(data, "round", "resume", "--json").document
    assert (resumed["paused"], resumed["next"][-1]["what"]) == (False, "close")


def test_a_nudge_says_who_was_reminded_and_who_was_not(data: Path) -> None:
    """One person, one agency, everyone."""
    assert document(ehsg(data, "nudge", "--person", "police-1", "--json")) == {
        "now": [],
        "later": {},
        "by_hand": ["police-1"],
        "withheld": {},
    }
    health = ehsg(data, "nudge", "--agency", "Health").out
    assert health.startswith("For you to remind by hand, since no message reaches them: ")
    assert health.endswith(" (health-1).\n")
    ehsg(data, "told", "police-1", "--by", "telephone", "--of", "reminder")
    by_hand, spared = ehsg(data, "nudge").out.splitlines()
    assert all(f"({one})" in by_hand for one in ("health-1", "schools-1", "council-1"))
    assert spared.startswith("Not reminded (reminded today already): ")
    assert spared.endswith(" (police-1).")


def test_what_somebody_cannot_answer_is_handed_on(data: Path) -> None:
    """The coordinator reads the request, and a colleague is invited."""
    asks_to_hand_on(data)
    assert document(ehsg(data, "hand-on", "list", "--json")) == [
        {
            "stakeholder": "police-1",
            "agency": "Police",
            "works_as": "Sergeant",
            "colleague": "Bo in my team",
            "items": ["5.1", "9.5"],
        }
    ]
    assert "“Bo in my team”" in ehsg(data, "hand-on", "list").out
    assert ehsg(data, "hand-on", "agree", "police-1").code == 2
    agreed = ehsg(data, "hand-on", "agree", "police-1", "--name", "Bo Berg", "--json")
    assert agreed.document == {
        "handed_on_by": "police-1",
        "to": "police-2",
        "items": ["5.1", "9.5"],
    }
    assert "police-2  Bo Berg, Sergeant, Police" in ehsg(data, "panel").out
    assert ehsg(data, "round", "status", "--json").document["invited"] == 4
    assert ehsg(data, "hand-on", "list").out == "Nobody waits to hand on.\n"


def test_a_request_to_hand_on_is_declined_with_a_reason(data: Path) -> None:
    """And then nobody waits."""
    asks_to_hand_on(data)
    decline = ("hand-on", "decline", "police-1", "--because", "Only you know.", "--json")
    assert document(ehsg(data, *decline)) == {"declined_to": "police-1"}
    assert ehsg(data, "hand-on", "decline", "police-1", "--because", "x").code == 2


def test_evidence_is_listed_once_the_round_is_closed(data: Path) -> None:
    """With its kind, in words and for programs; before, there is nothing to see."""
    ehsg(data, "answer", "--as", "police-1", "5.1", "3", "--comment", "We meet.")
    assert ehsg(data, "evidence", "list").out == "Nothing was written in a closed round.\n"
    ehsg(data, "round", "close")
    assert "5.1  police-1: “We meet.”\n  statement" in ehsg(data, "evidence", "list", "5.1").out
    (row,) = ehsg(data, "evidence", "list", "--json").document
    assert (row["words"], row["evidence"]["kind"]) == ("We meet.", "statement")
    out = str(data.parent / "minutes.pdf")
    taken = ehsg(data, "evidence", "file", "abc", "--out", out)
    assert (taken.code, Path(out).exists()) == (2, False)


def test_a_file_is_taken_out_as_it_was_handed_in(story: Story, tmp_path: Path) -> None:
    """By its digest, once the round is closed."""
    gave_a_file(story.round_opened().answered("police-1", "5.1", "3"), "police-1").round_closed()
    listed = ehsg(tmp_path, "evidence", "list").out
    assert (
        "file, from Board of Jane, of Wednesday 30 September 2026, “Minutes of Jane.pdf”" in listed
    )
    assert DIGEST in listed.replace("\n", "")
    out = tmp_path / "out.pdf"
    taken = ehsg(tmp_path, "evidence", "file", DIGEST, "--out", str(out), "--json")
    assert out.stat().st_mode & 0o777 == 0o600
    assert taken.document == {"file": str(out), "size": len(PAPER)}
    assert out.read_bytes() == PAPER


@pytest.mark.parametrize("named", ["coordinator-2", "Jo Quint", " jo quint "])
def test_whoever_acts_at_the_command_line_is_that_coordinator_on_the_log(
    tmp_path: Path, named: str
) -> None:
    """By id or by name; the trail says who."""
    data = tmp_path / "data"
    opened(data)
    for name in ("Jane Quill", "Jo Quint"):
        assert ehsg(data, "coordinator", "add", "--name", name).code == 0
    ran = ehsg(data, "round", "pause", "--because", "half term", EHSG_COORDINATOR=named)
    assert ran.code == 0, ran.err
    last = ehsg(data, "trail", "--json").document[-1]
    assert (last["what"], last["who"]) == ("RoundPaused", "coordinator-2")


def test_who_is_no_coordinator_does_nothing_at_the_command_line(tmp_path: Path) -> None:
    """A setting that fits nobody is refused before anything is recorded."""
    data = tmp_path / "data"
    opened(data)
    before = ehsg(data, "trail", "--json").out
    ran = ehsg(data, "round", "pause", "--because", "half term", EHSG_COORDINATOR="Ann Other")
    assert ran.code == 2
    assert "is named as a coordinator by that" in ran.err
    assert ehsg(data, "trail", "--json").out == before
