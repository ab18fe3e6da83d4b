"""The panel by command: who is added, corrected and renamed, and what is asked about first."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg, opened

NEW = ("panel", "add", "--works-as", "sergeant", "--asked", "5.1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round: four people of four agencies, none of them in Slack."""
    folder = tmp_path / "data"
    opened(folder)
    return folder


def test_a_misspelt_agency_and_a_name_twice_are_asked_about(data: Path) -> None:
    """Both at once; said again with a yes they are meant."""
    given = (*NEW, "--name", "Ann Ashton", "--agency", "Polcie")
    asked = ehsg(data, *given)
    assert asked.code == 2
    assert "Polcie would be a new agency, and is nearly Police. Did you mean Police?" in asked.err
    assert "That name is on the panel already, as police-1." in asked.err
    added = ehsg(data, *given, "--yes")
    assert (
        added.out
        == "Ann Ashton (polcie-1) is on the panel, and is asked in the round that is open.\n"
    )
    assert (
        "For you to do by hand, since no message reaches them. Ann Ashton (polcie-1): tell them "
        in (added.err)
    )
    assert ehsg(data, "panel", "rename", "Polcie", "--to", "Police").code == 0
    assert "Polcie" not in ehsg(data, "panel").out


def test_what_is_known_of_somebody_is_corrected_by_name(data: Path) -> None:
    """Nobody is released and added for it; the panel shows it at once."""
    said = ehsg(
        data, "panel", "correct", "ann ashton", "--name", "Ann Birch", "--hours", "Tue 09:00-12:00"
    )
    assert said.out == "Corrected for Ann Birch (police-1): hours, name.\n"
    shown = ehsg(data, "panel").out
    assert "police-1  Ann Birch" in shown
    assert "works Tue 09:00-12:00" in shown
    assert ehsg(data, "panel", "correct", "police-1", "--name", "Ann Birch").code == 2
    for wrong in ("--zone", "--hours", "--language", "--slack"):
        assert ehsg(data, "panel", "correct", "police-1", wrong, "nonsense").code == 2


def test_who_must_take_part_is_looked_at_again_whenever_the_panel_changes(tmp_path: Path) -> None:
    """What it lacks still, and what it lacks by the change; hours change nothing of it."""
    data = tmp_path / "data"
    rows = "Ann Ashton,Police,sergeant,6\nBo Bell,Schools,head teacher,6\n"
    opened(data, "ehsg-2022@2", f"name,agency,works_as,asked\n{rows}")
    new = ("--name", "Di Dee", "--agency", "Housing", "--works-as", "lead", "--asked", "6")
    added = ehsg(data, "panel", "add", *new).err
    assert "Still nobody on the panel is known as any of these: Clinical" in added
    assert "Housing" not in added.rpartition("Still")[2]
    left = ehsg(data, "panel", "release", "police-1", "--because", "left").err
    assert "Nobody left on the panel is known as any of these: Police." in left
    became = ehsg(data, "panel", "correct", "schools-1", "--agency", "Library", "--yes").err
    assert "known as any of these" in became
    assert "Schools" not in became, "a head teacher still speaks for a school"
    renamed = ehsg(data, "panel", "rename", "Housing", "--to", "Tenancies").err
    assert "Nobody left on the panel is known as any of these: Housing partners." in renamed
    hours = ehsg(data, "panel", "correct", "schools-1", "--hours", "Tue 09:00-12:00")
    assert hours.code == 0
    assert "known as any of these" not in hours.err


def test_a_guide_that_names_nobody_asks_for_nobody(data: Path) -> None:
    """ehsg-2022@1 says of no partner that they must take part."""
    left = ehsg(data, "panel", "release", "police-1", "--because", "left")
    assert left.code == 0
    assert "known as any of these" not in left.err


def test_who_is_in_slack_without_a_token_is_told_by_hand(data: Path) -> None:
    """In what waits, in the note at the opening and among the links."""
    assert ehsg(data, "panel", "correct", "police-1", "--slack", "T012AB/U034CD").code == 0
    assert "Ann Ashton (police-1) is to be invited by you" in ehsg(data, "waiting").out
    assert "police-1" in ehsg(data, "link", "--all").out
