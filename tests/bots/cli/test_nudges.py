"""`ehsg nudges` and `ehsg waiting`, read aloud and by programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.ehsg import ehsg, opened


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round; nobody on its panel is in Slack."""
    data = tmp_path / "data"
    opened(data)
    return data


def test_every_nudge_is_told_under_the_person_it_is_about(data: Path) -> None:
    """Or of one person; before the first it says so."""
    assert ehsg(data, "nudges").out.startswith("Nobody was nudged yet.")
    assert ehsg(data, "nudge", "--person", "police-1", "--person", "health-1").code == 0
    assert ehsg(data, "nudge", "--person", "police-1").code == 0
    head, _, first, second, *_ = ehsg(data, "nudges").out.splitlines()
    assert head == "Round 1: 2 to be given by hand."
    assert first == "Ann Ashton (police-1), Police"
    assert second.startswith("  Round 1, a reminder by hand. Decided at ")
    assert ehsg(data, "told", "police-1", "--by", "telephone", "--of", "reminder").code == 0
    assert ehsg(data, "nudge", "--person", "police-1").code == 0
    one = ehsg(data, "nudges", "--person", "ann ashton").out
    assert "Done by the coordinator by telephone, at " in one
    assert "Not sent: reminded that day already" in one
    assert "health-1" not in one


def test_a_program_reads_every_nudge_as_of_a_moment(data: Path) -> None:
    """With its fate and its rule."""
    before = json.loads(ehsg(data, "trail", "--json").out)[-1]["at"]
    ehsg(data, "nudge", "--person", "police-1")
    (row,) = json.loads(ehsg(data, "nudges", "--json").out)
    assert (row["person"], row["kind"], row["fate"]) == ("police-1", "by-hand", "no-surface")
    assert json.loads(ehsg(data, "nudges", "--json", "--as-of", before).out) == []


def test_what_waits_is_listed_with_its_command(data: Path) -> None:
    """From the opening on, by name, until she says that she told them."""
    says, link, told, *_ = ehsg(data, "waiting").out.splitlines()
    assert says.startswith("Ann Ashton (police-1) is to be invited by you, with their personal")
    assert link == "  ehsg link police-1"
    assert told == "  ehsg told police-1 --by HOW --of invitation"
    row, *_ = json.loads(ehsg(data, "waiting", "--json").out)
    assert (row["kind"], row["about"], row["overdue"]) == ("invitation", "police-1", False)
    said = ehsg(data, "told", "Ann Ashton", "--by", "letter")
    assert (
        said.out == "Recorded: you told Ann Ashton (police-1) that they are invited, by letter.\n"
    )
    assert "Ann Ashton" not in ehsg(data, "waiting").out
    assert "e-mail" in ehsg(data, "told", "police-1", "--by", "pigeon").err
