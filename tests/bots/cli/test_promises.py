"""What the command line promises beyond the main job: nothing made by looking, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.ehsg import ehsg, opened

EVERYONE = ("police-1", "health-1", "schools-1", "council-1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round."""
    data = tmp_path / "data"
    opened(data)
    return data


def settled(data: Path) -> None:
    """Everyone answered, the round is closed, what is left is moderated."""
    for person, score in zip(EVERYONE, "1455", strict=True):
        assert ehsg(data, "answer", "--as", person, "5.1", score, "--comment", "So.").code == 0
        assert ehsg(data, "answer", "--as", person, "9.5", "3").code == 0
    assert ehsg(data, "round", "close").code == 0
    assert ehsg(data, "moderate", "5.1", "--score", "4", "--because", "We talked.").code == 0


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    """A mistyped folder is refused, and nothing is left behind."""
    ran = ehsg(tmp_path / "typo", "results")
    assert ran.code == 2
    assert "No assessment was opened in this folder yet" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_lost_keys_are_not_told_as_forgotten(data: Path) -> None:
    """Without its keys a log is refused, and no new keys are made."""
    shutil.rmtree(data / "keys")
    ran = ehsg(data, "panel")
    assert (ran.code, ran.out) == (2, "")
    assert "Restore its folder keys/ from your backup" in ran.err
    assert not (data / "keys" / "keys.sqlite").exists()


def test_a_file_that_is_no_log_gets_a_sentence(tmp_path: Path) -> None:
    """Rubbish where the log should be is refused, not traced back."""
    (tmp_path / "log.sqlite").write_bytes(b"rubbish" * 1000)
    ran = ehsg(tmp_path, "results")
    assert ran.code == 2
    assert "is damaged, or its disk fails" in ran.err


def test_the_log_is_for_its_owner_only(data: Path) -> None:
    """Scores lie in it in the clear."""
    assert (data / "log.sqlite").stat().st_mode & 0o777 == 0o600


def test_what_is_answered_by_command_is_done(data: Path) -> None:
    """Nobody is reminded of what they have answered."""
    for item in ("5.1", "9.5"):
        assert ehsg(data, "answer", "--as", "police-1", item, "3").code == 0
    agencies = {row["agency"]: row for row in ehsg(data, "progress", "--json").document["agencies"]}
    assert agencies["Police"]["completed"] == 1
    why = ehsg(data, "trail").out
    assert "no notice was shown" in why


def test_what_was_moderated_is_not_asked_again(data: Path) -> None:
    """The feedback round has nothing left to ask."""
    settled(data)
    ran = ehsg(data, "round", "open")
    assert ran.code == 2
    assert "nothing to ask again" in ran.err


def test_a_signature_needs_a_name_and_holds_the_figures(data: Path) -> None:
    """Who signs is named; who withdraws afterwards is told what to do."""
    settled(data)
    assert "--name: This is needed. Who signs" in ehsg(data, "sign-off", "--role", "SRO").err
    assert ehsg(data, "sign-off", "--role", "SRO", "--name", "J", "--with-blanks").code == 0
    before = ehsg(data, "results").out
    talk = ehsg(data, "interview", "--as", "police-1", typed="withdraw yes\n")
    assert "the signature has to be withdrawn first" in talk.out
    assert ehsg(data, "results").out == before


def test_who_withdraws_dissents_no_more(data: Path) -> None:
    """Nothing they said counts, and none of it is printed."""
    settled(data)
    dissent = ("dissent", "5.1", "--as", "police-1", "--because", "It is a 1.")
    assert ehsg(data, *dissent).code == 0
    assert "It is a 1." in ehsg(data, "results", "--json").out
    assert ehsg(data, "interview", "--as", "police-1", typed="withdraw yes\n").code == 0
    row = ehsg(data, "results", "--json").document[0]
    assert (row["n"], row["dissent"]) == (3, [])


def test_letters_that_steer_a_terminal_are_shown_not_obeyed(data: Path) -> None:
    """A comment cannot clear the reader's screen or turn its direction."""
    hostile = "fine\x1b[2J\x9b2J\u202egone"
    assert ehsg(data, "answer", "--as", "police-1", "5.1", "3", "--comment", hostile).code == 0
    assert ehsg(data, "round", "close").code == 0
    report = data / "report.html"
    assert ehsg(data, "report", "--out", str(report)).code == 0
    for shown in (ehsg(data, "why", "5.1").out, report.read_text(encoding="utf-8")):
        assert "fine\N{REPLACEMENT CHARACTER}[2J" in shown
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
