"""How the outbox reads a log: what has news first, and then what was active last."""

from __future__ import annotations

from uuid import UUID

from support.area import CLOSES, OPENS, Area
from support.log.promised import IN_SLACK

from bots.delivery.reader import Reader
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log

FIRST, SECOND, THIRD = UUID(int=3), UUID(int=2), UUID(int=1)


def opened(log: Log, *names: UUID) -> dict[UUID, Area]:
    """Assessments whose rounds were opened one after the other."""
    areas = {name: Area(log, name) for name in names}
    for area in areas.values():
        area.open(IN_SLACK)
    for area in areas.values():
        area.open_round()
    return areas


def owed_to(reader: Reader) -> set[UUID]:
    """The assessments in which something waits."""
    return {assessment for assessment, _ in reader.promises.waiting}


def test_at_the_start_the_assessments_with_the_newest_facts_are_read_first(log: Log) -> None:
    """A long log holds those of many years; one is read at a time."""
    opened(log, SECOND, FIRST, THIRD)[FIRST].answer("police-1", "5.1", "3")
    reader, read = Reader(log), list[set[UUID]]()
    reader.read()
    assert owed_to(reader) == set()
    while reader.read_one_more():
        read.append(owed_to(reader))
    assert read == [{FIRST}, {FIRST, THIRD}, {FIRST, THIRD, SECOND}]


def test_what_is_new_is_taken_in_with_all_that_came_before_it(log: Log) -> None:
    """Its assessment is folded first, and the others still wait for their turn."""
    areas = opened(log, FIRST, SECOND)
    reader = Reader(log)
    reader.read()
    rounds.extend_round(log, areas[FIRST].stamp(OPENS), FIRST, CLOSES.replace(day=30), "floods")
    reader.read()
    assert owed_to(reader) == {FIRST}
    queue = reader.promises.waiting[FIRST, "police-1"].values()
    assert [promise.kind for promise in queue] == ["notice", "moved"]
    assert reader.read_one_more()
    assert not reader.read_one_more()


def test_whatever_is_recorded_after_the_first_look_is_read_by_the_next(log: Log) -> None:
    """Once, however often it looks."""
    reader = Reader(log)
    reader.read()
    opened(log, FIRST)
    for _ in range(2):
        reader.read()
        assert owed_to(reader) == {FIRST}
    assert reader.position == log.store.last_position()


class Interrupted(Reader):
    """Somebody else records something while it begins."""

    def __init__(self, log: Log, area: Area) -> None:
        super().__init__(log)
        self._area = area

    def _begin(self) -> None:
        super()._begin()
        self._area.open_round()


def test_what_is_recorded_while_reading_begins_is_not_missed(area: Area) -> None:
    """The first look takes it in; it may be the last fact for weeks."""
    reader = Interrupted(area.log, area)
    reader.read()
    assert reader.position == area.log.store.last_position()
