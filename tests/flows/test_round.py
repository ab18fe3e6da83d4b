"""Focus: the flows do what the log's own `advance` does, however often and wherever they stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from support.area import CLOSES, OPENS, Area

from ehsg_events.commands import planning
from ehsg_events.commands.opening import abandonment
from ehsg_events.kernel import Fact, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Saved, T, Transaction
from flows import open_log, settings
from flows.appointments import Appointment, appointments

TIMES = [OPENS + timedelta(days=days, hours=1) for days in range(1, 40)]  # 9am in winter
LONG_AGO = datetime(2025, 10, 6, 8, tzinfo=UTC)
LONG_DUE = datetime(2025, 10, 24, 16, tzinfo=UTC)


def flow() -> ModuleType:
    """The flows, with Prefect: a second, which a process that only collects tests need not wait."""
    return import_module("flows.round")


@pytest.fixture
def told(asked: Area, monkeypatch: pytest.MonkeyPatch) -> Iterator[Area]:
    """An area with an open round and two camps, in the data folder that the flows work in."""
    monkeypatch.setenv(settings.FOLDER, str(asked.log.folder))
    camps(asked)
    yield asked
    open_log._log.cache_clear()


def camps(area: Area) -> None:
    """All agree on one descriptor; on the other two camps form."""
    area.answers("5.1", police_1="3", health_1="3", school_1="3", school_2="3")
    area.answers("5.2", police_1="0", health_1="5", school_1="0", school_2="5")


def ticks(area: Area, times: Iterable[datetime]) -> None:
    """Run the tick at each of some times."""
    for at in times:
        asyncio.run(flow().tick.fn(area.id, at))


def decided(area: Area) -> list[tuple[Any, int, datetime, Fact]]:
    """What the clock decided: stream, place, time and fact."""
    return [(r.stream, r.version, r.stamp.at, r.fact) for r in area.facts if r.stamp.by == "clock"]


@pytest.fixture
def by_hand(tmp_path: Path) -> Area:
    """The same area, advanced without any flow."""
    area = Area(Log(tmp_path / "by-hand"))
    area.open()
    area.open_round()
    camps(area)
    for at in TIMES:
        area.advance(at)
    return area


def test_ticks_lead_through_both_rounds_as_advance_does(told: Area, by_hand: Area) -> None:
    """A whole assessment by flows has the facts that pure `advance` gives."""
    ticks(told, TIMES)
    assert decided(told) == decided(by_hand)
    assert told.kinds().count("RoundMeasured") == 2
    assert told.kinds().count("OutcomeAdopted") == 1


def test_a_tick_twice_changes_nothing(told: Area, by_hand: Area) -> None:
    """Every time comes twice, and once more at the end: no fact is doubled."""
    ticks(told, [at for at in TIMES for _ in range(2)])
    ticks(told, TIMES[-1:])
    assert decided(told) == decided(by_hand)


def test_nothing_is_due_where_nothing_is_open(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without an assessment, and in one that was abandoned though a round was planned."""
    monkeypatch.setenv(settings.FOLDER, str(area.log.folder))
    planning.plan_opening(area.log, area.stamp(), area.id, TIMES[1], CLOSES)
    abandonment.abandon(area.log, area.stamp(), area.id, "the wrong guide")
    assert appointments(area.log, area.id) == []
    ticks(area, TIMES[:4])
    assert decided(area) == []
    empty = Log(area.log.folder.with_name("empty"))
    monkeypatch.setenv(settings.FOLDER, str(empty.folder))
    open_log._log.cache_clear()
    assert asyncio.run(flow().tick.fn(None, TIMES[0])) == []
    empty.close()
    open_log._log.cache_clear()


def test_what_has_ended_is_looked_at_once_more_a_few_at_a_time(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest first; what is at work at every tick, also what was taken up again."""
    monkeypatch.setenv(settings.FOLDER, str(log.folder))
    many = flow().FEW + 3
    areas = [Area(log, UUID(int=number << 124)) for number in range(1, many + 1)]
    for one in areas:
        one.open()
    for one in areas[1:]:
        abandonment.abandon(log, one.stamp(), one.id, "the wrong guide")
    newest = [one.id for one in reversed(areas[1:])]
    looked_at: set[UUID] = set()
    monkeypatch.setattr(flow(), "_looked_at", looked_at)
    assert flow()._every() == [areas[0].id, *newest[: flow().FEW]]
    looked_at.update(newest[: flow().FEW])
    assert flow()._every() == [areas[0].id, *newest[flow().FEW :]]
    looked_at.update(newest)
    assert flow()._every() == [areas[0].id]
    open_log._log.cache_clear()


class Killed(BaseException):
    """What a process leaves behind when it dies: nothing after the last step."""


def dies_after(steps: int) -> Callable[..., Log]:
    """A log whose process dies once it has recorded some steps."""

    class Dying(Log):
        left = steps

        def record(
            self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
        ) -> Saved[T]:
            if not self.left:
                raise Killed
            done = super().record(stamp, decide, once=once)
            self.left -= done.position is not None
            return done

    return Dying


@pytest.mark.parametrize("steps", range(9))
def test_a_process_may_die_between_any_two_steps(
    told: Area, by_hand: Area, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick after the death does what was left, at its time, and nothing twice."""
    with monkeypatch.context() as first:
        first.setattr(open_log, "Log", dies_after(steps))
        open_log._log.cache_clear()
        ahead = iter(TIMES)
        with pytest.raises(Killed):
            ticks(told, ahead)
    open_log._log.cache_clear()
    ticks(told, TIMES[-len(list(ahead)) - 1 :])
    assert decided(told) == decided(by_hand)


def test_a_milestone_that_stands_is_kept(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its time the round closes and is measured."""
    monkeypatch.setenv(settings.FOLDER, str(log.folder))
    area = Area(log)
    area.open()
    area.open_round(LONG_AGO, LONG_DUE)
    done = asyncio.run(flow().milestone.fn(area.id, 1, "close", LONG_DUE))
    assert len(done) == 2
    closed = [r for r in area.facts if type(r.fact).__name__ == "RoundClosed"]
    assert [r.stamp.cause for r in closed] == ["milestone close of round 1"]


def test_a_milestone_that_is_begun_early_waits_for_its_time(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would find nothing due, and the round would stay open until the next tick."""
    monkeypatch.setenv(settings.FOLDER, str(log.folder))
    area, now = Area(log), datetime.now(UTC)
    area.open(at=now)
    due = now + timedelta(seconds=1.5)
    area.open_round(now, due)
    assert len(asyncio.run(flow().milestone.fn(area.id, 1, "close", due))) == 2
    closed = next(r for r in area.facts if type(r.fact).__name__ == "RoundClosed")
    assert due <= closed.stamp.at < due + timedelta(seconds=30)
    open_log._log.cache_clear()


@pytest.mark.parametrize(
    "stale",
    [
        (1, "close", CLOSES - timedelta(days=1)),
        (2, "close", CLOSES),
        (1, "feedback", CLOSES),
    ],
)
def test_a_milestone_that_no_longer_stands_does_nothing(
    told: Area, stale: tuple[int, str, datetime]
) -> None:
    """Another date, another round, another kind: whatever the time is, nothing happens."""
    before = told.facts
    assert asyncio.run(flow().milestone.fn(told.id, *stale)) == []
    assert told.facts == before


def test_a_step_that_fails_names_its_kind_and_stops_no_other(
    told: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect keeps a failure in clear, so it quotes nobody."""
    said = "Given Police-1 Surname"

    class Broken(Log):
        def record(
            self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
        ) -> Saved[T]:
            raise ValueError(said)

    monkeypatch.setattr(open_log, "Log", Broken)
    open_log._log.cache_clear()
    with pytest.raises(flow().Unfinished) as failed:
        asyncio.run(flow().tick.fn(told.id, CLOSES))
    assert str(failed.value) == f"advance {told.id}: ValueError"
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


def test_the_key_of_a_milestone_is_its_appointment(told: Area) -> None:
    """What Prefect knows of a run names the assessment by its id, and nobody."""
    key = Appointment(told.id, 1, "close", CLOSES).key
    assert key == f"{told.id}:1:close:2026-10-23T16:00:00+00:00"
