"""Writers that are killed lose and double nothing, and whoever looks for that would see it.

`python -m pytest tests/long/kills.py` kills a thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.area import Area
from support.ehsg import ehsg
from support.faults.kills import writers_killed
from support.faults.whole import Act, looked
from support.log import spoiled

from bots.interview import record
from ehsg_events.log.log import Log

SAID = Act("She says so.", "5.1", "3")


@pytest.mark.slow
def test_a_few_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Of two processes that write at once; after each a new one looks."""
    tally = writers_killed(tmp_path / "data", 4, 1)
    assert tally.says == []
    assert tally.counted["kills"] == 4
    assert tally.counted["acknowledged"] > 0


@pytest.fixture
def answered(log: Log) -> Path:
    """A folder in which somebody said something."""
    area = Area(log)
    area.open()
    area.open_round()
    stamp = area.stamp(by="police-1", role="stakeholder")
    record.answer(log, stamp, area.id, "police-1", SAID.item, SAID.level, SAID.words)
    return log.folder


def test_what_is_there_once_is_neither_lost_nor_doubled(answered: Path) -> None:
    """And what was never said is lost."""
    other = Act("Nobody says so.", "5.1", "3")
    assert looked(answered, [SAID])[1:] == ([], [], [])
    assert looked(answered, [SAID, other]).lost == [other]
    assert looked(answered, [SAID._replace(level="4")]).lost == [SAID._replace(level="4")]


def test_what_is_there_twice_is_doubled(log: Log, answered: Path) -> None:
    """Though each is a cause of its own."""
    area = Area(log)
    stamp = area.stamp(by="police-1", role="stakeholder", key="once more")
    record.answer(log, stamp, area.id, "police-1", SAID.item, SAID.level, SAID.words)
    assert looked(answered, [SAID]).doubled == [SAID]


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: spoiled.without_text(folder, spoiled.last(folder, "NoteGiven")),
        lambda folder: spoiled.without_key(folder, "police-1"),
        lambda folder: spoiled.deleted(folder, spoiled.last(folder, "AnswerGiven")),
    ],
    ids=["text", "key", "fact"],
)
def test_what_is_missing_is_seen(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """A sealed text, a key, or a fact in the middle."""
    log = Log(tmp_path / "data")
    area = Area(log)
    area.open()
    area.open_round()
    stamp = area.stamp(by="police-1", role="stakeholder")
    record.answer(log, stamp, area.id, "police-1", SAID.item, SAID.level, SAID.words)
    log.close()
    harm(tmp_path / "data")
    assert ehsg(tmp_path / "data", "verify").code == 1
    found = looked(tmp_path / "data", [SAID])
    assert found.lost == [SAID]
    assert found.wrong
