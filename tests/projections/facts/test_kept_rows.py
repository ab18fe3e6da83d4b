"""What was asked of a base stays, as long as it is not too much."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import duckdb
import pytest
from support.area import PANEL, Area

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.facts.long import kept_rows as kept
from projections.facts.long.base import naming_a_damaged_base
from projections.facts.long.kept_rows import kept_rows
from projections.facts.long.rebuild import rebuild
from projections.facts.long.source import InBase
from projections.facts.view import view_at


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_rows", {})
    monkeypatch.setattr(kept, "MOST", 10)


def asked(question: str, rows: int = 4) -> bool:
    """Whether a question had to be asked; its answer is always its own."""
    asks: list[str] = []

    def ask() -> list[str]:
        asks.append(question)
        return [question] * rows

    assert kept_rows(question, ask) == [question] * rows
    return bool(asks)


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    """Asking again counts."""
    assert [asked(one) for one in "abab"] == [True, True, False, False]
    assert not asked("a")
    assert asked("c")  # "b" had to go
    assert [asked("a"), asked("b")] == [False, True]


def test_what_alone_is_too_much_is_told_and_not_kept() -> None:
    """And nobody else's is lost for it in vain: there would be no room beside it."""
    assert asked("large", 11)
    assert asked("large", 11)
    assert not kept._rows


def test_a_question_that_failed_is_asked_again() -> None:
    """Nothing is kept of it."""

    def refuses() -> list[str]:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        kept_rows("a", refuses)
    assert asked("a")


def test_nothing_is_kept_of_a_base_that_was_damaged() -> None:
    """Another may be made under its name."""
    assert asked("a")
    with pytest.raises(Refused), naming_a_damaged_base():
        raise duckdb.IOException("Corrupt database file")
    assert asked("a")


class Asked(NamedTuple):
    """Who is on a panel."""

    position: int
    stakeholder: str


def test_of_each_assessment_and_each_log_its_own_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though two logs end at one position, and two assessments are asked the same."""
    monkeypatch.setattr(kept, "MOST", 10_000)
    here, there = UUID(int=1 << 124), UUID(int=2 << 124)
    whose = {}
    for number, panels in enumerate([(PANEL[:2], PANEL[2:]), (PANEL[2:], PANEL[:2])]):
        with closing(Log(tmp_path / str(number))) as log:
            for assessment, panel in zip((here, there), panels, strict=True):
                Area(log, assessment).open(panel)
            rebuild(log)
            for assessment in (here, there):
                view = view_at(log, assessment)
                assert isinstance(view.source, InBase)
                facts = view.facts(Asked, ("StakeholderAdded",))
                whose[number, assessment] = [fact.stakeholder for fact in facts]
    first, second = ([one.id for one in panel] for panel in (PANEL[:2], PANEL[2:]))
    assert whose == {(0, here): first, (0, there): second, (1, here): second, (1, there): first}
