"""Readers are named and removed; on the log they are pseudonyms."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.area import PANEL, Area, person
from support.ehsg import ehsg, opened

from ehsg_events.commands.people import name_reader, remove_reader
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log


def test_a_reader_is_a_pseudonym_and_the_name_is_sealed(area: Area) -> None:
    """It comes out of the vault only."""
    name_reader(area.log, area.stamp(), area.id, "Rae Reed", "auditor")
    assert name_reader(area.log, area.stamp(), area.id, "Bo Ard", "board") == "reader-2"
    readers = area.now.assessment.readers
    assert [one.reads_as for one in readers.values()] == ["auditor", "board"]
    assert area.log.text(readers["reader-1"].name) == "Rae Reed"
    assert not any("Reed" in str(one.fact) for one in area.facts)


def test_a_reader_who_was_removed_gives_their_pseudonym_to_nobody(area: Area) -> None:
    """What stands on the log under it stays theirs."""
    name_reader(area.log, area.stamp(), area.id, "Rae Reed", "auditor")
    remove_reader(area.log, area.stamp(), area.id, "reader-1")
    assert name_reader(area.log, area.stamp(), area.id, "Bo Ard", "board") == "reader-2"


def test_nobody_is_removed_who_does_not_read(area: Area) -> None:
    """The refusal names those who do."""
    with pytest.raises(Refused, match=r"Nobody reads as reader-1\. Readers are: none yet"):
        remove_reader(area.log, area.stamp(), area.id, "reader-1")


def test_a_pseudonym_of_the_panel_is_not_given_to_a_reader(log: Log) -> None:
    """Nobody reads by the name of another."""
    area = Area(log)
    area.open((*PANEL, person("reader-1", "Council")))
    assert name_reader(log, area.stamp(), area.id, "Rae Reed", "board") == "reader-2"


def test_naming_twice_by_one_cause_names_one(area: Area) -> None:
    """And says the same pseudonym again."""
    stamp = area.stamp(key="a click")
    twice = [name_reader(area.log, stamp, area.id, "Rae Reed", "board") for _ in range(2)]
    assert twice == ["reader-1"] * 2
    assert area.kinds().count("ReaderNamed") == 1


def test_readers_are_named_listed_and_removed_at_the_command_line(tmp_path: Path) -> None:
    """By their names for the coordinator's eyes, by their pseudonyms for everything else."""
    data = tmp_path / "data"
    opened(data)
    named = ehsg(data, "reader", "name", "--name", "Rae Reed", "--as", "board", "--json")
    assert named.document == {"reader": "reader-1", "reads_as": "board"}
    listed = ehsg(data, "reader", "list", "--json").document
    known = {"id": "reader-1", "reads_as": "board", "name": "Rae Reed", "written_to": []}
    assert listed == [known]
    assert ehsg(data, "reader", "remove", "reader-1").out == "reader-1 no longer reads.\n"
    assert ehsg(data, "reader", "list").out.startswith("Nobody reads the pages yet.")


def test_nobody_reads_as_something_else(tmp_path: Path) -> None:
    """The refusal says as what one can."""
    data = tmp_path / "data"
    opened(data)
    ran = ehsg(data, "reader", "name", "--name", "Rae", "--as", "chair")
    assert ran.code
    assert "--as: Nobody reads as chair. Say auditor or board." in ran.err
