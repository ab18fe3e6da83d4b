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
    assert head == "Round 1: 2 to be given by hand, 1 not sent by a rule."
    assert first.startswith("police-1 (")
    assert second.startswith("  Round 1, a reminder by hand. Decided at ")
    one = ehsg(data, "nudges", "--person", "police-1").out
    assert "Not sent: reminded that day already" in one
    assert "health-1" not in one


def test_a_program_reads_every_nudge_as_of_a_position(data: Path) -> None:
    """With its fate and its rule."""
    before = str(json.loads(ehsg(data, "trail", "--json").out)[-1]["position"])
    ehsg(data, "nudge", "--person", "police-1")
    (row,) = json.loads(ehsg(data, "nudges", "--json").out)
    assert (row["person"], row["kind"], row["fate"]) == ("police-1", "by-hand", "no-surface")
    assert json.loads(ehsg(data, "nudges", "--json", "--as-of", before).out) == []


def test_what_waits_is_listed_with_its_command(data: Path) -> None:
    """Until nothing does."""
    assert ehsg(data, "waiting").out == "Nothing waits for anybody.\n"
    ehsg(data, "nudge", "--person", "police-1")
    says, command = ehsg(data, "waiting").out.splitlines()
    assert says.startswith("police-1 is not in Slack and is to be reminded by you")
    assert command == "  ehsg link police-1"
    (row,) = json.loads(ehsg(data, "waiting", "--json").out)
    assert (row["kind"], row["about"], row["overdue"]) == ("reminder", "police-1", False)
