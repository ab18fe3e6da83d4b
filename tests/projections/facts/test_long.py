"""A long log's facts, from its base and beyond it, are those that the log itself gives."""

from __future__ import annotations

import random
from collections import namedtuple
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

import duckdb
import pytest
from support.story.haphazard import Haphazard
from support.story.story import ASSESSMENT

from ehsg_events.kernel import TOPICS, Refused
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from projections.facts.columns import kinds
from projections.facts.long.base import naming_a_damaged_base, opened
from projections.facts.long.families import columns_of_base, families
from projections.facts.long.rebuild import rebuild
from projections.facts.long.source import InBase
from projections.facts.read_models import READ_MODELS, kinds_named_in
from projections.facts.sources import InTable
from projections.facts.view import View, view_at
from projections.folded.trail import trail_rows

FACTS, IN_THE_BASE = 600, 450
ENDS = (IN_THE_BASE, 200)  # of a base; somebody withdraws between the two
WITHIN = ("exposure.room", "rule.$", "backup.slack", "state.at", "state.fact")
ALL_KINDS = tuple(dict.fromkeys(topic.split(".")[1] for topic in TOPICS))


@pytest.fixture(scope="module")
def history() -> Haphazard:
    """Facts of most kinds."""
    return Haphazard(random.Random(5)).lived(FACTS)


@pytest.fixture(scope="module", params=ENDS)
def long(
    history: Haphazard, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Log]:
    """The same on a log whose base ends before its last facts."""
    stored = [PlainMapper().to_stored_event(one) for one in history.recorded]
    with closing(Log(tmp_path_factory.mktemp("long"))) as log:
        log.store.insert_events(stored[: request.param])
        rebuild(log)
        log.store.insert_events(stored[request.param :])
        yield log


def held_open() -> list[str]:
    """The files of bases that this process holds open, as the system names them."""
    files = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return [file for file in files if "/read-models/base-" in file]


def asked(view: View, path: str, *of: str) -> list[Any]:
    """One column of the facts of some kinds: each position, the value and its type."""
    row: Any = namedtuple("row", ("position", "value"))  # noqa: PYI024 - of any column
    return [(at, type(value), value) for at, value in view.facts(row, of, value=path)]


@pytest.mark.parametrize("upto", [None, 100, 250])
def test_every_column_is_that_of_the_log(history: Haphazard, long: Log, upto: int | None) -> None:
    """Whether the base has it or not, at any moment, of all kinds of facts and of one."""
    based, plain = view_at(long, ASSESSMENT, str(upto) if upto else None), history.view(upto)
    assert isinstance(based.source, InBase)
    for path in (*kinds(), *WITHIN):
        assert asked(based, path) == asked(plain, path), path
    for kind in ALL_KINDS:
        assert asked(based, "item", kind) == asked(plain, "item", kind), kind
    assert based.source.gone() == plain.source.gone() != frozenset()


def test_a_second_look_has_what_the_first_folded_until_there_is_news(
    history: Haphazard, tmp_path: Path
) -> None:
    """Also where the log of the first is closed by then; news, or another base, is seen at once."""
    stored = [PlainMapper().to_stored_event(one) for one in history.recorded]
    with closing(Log(tmp_path)) as log:
        log.store.insert_events(stored[:IN_THE_BASE])
        rebuild(log)
        log.store.insert_events(stored[IN_THE_BASE:-1])
        first = view_at(log, ASSESSMENT)
        trail_rows(first)
        folded, position = first.folded, first.position
        del first
    with closing(Log(tmp_path)) as log:
        again = view_at(log, ASSESSMENT)
        assert again.folded is folded
        assert again.source.stream(1) == history.recorded[0].stream.id
        beside = view_at(log, ASSESSMENT)
        assert beside.folded is not folded
        assert trail_rows(beside) == trail_rows(again)
        del again, beside
        log.store.insert_events(stored[-1:])
        assert view_at(log, ASSESSMENT).position > position
        rebuild(log)
        newest = view_at(log, ASSESSMENT)
        assert not newest.folded
        assert not [file for file in held_open() if "deleted" in file]  # by what waits here
        assert len(trail_rows(newest)) == FACTS


def test_what_lies_beyond_a_position_is_that_of_the_log(history: Haphazard, long: Log) -> None:
    """Wherever the base ends, of columns that it has and of others; and from the table, too."""
    based, plain = view_at(long, ASSESSMENT), history.view()
    row: Any = namedtuple("row", ("position", "value"))  # noqa: PYI024 - of any column
    for view in (based, plain, replace(plain, source=InTable(plain.db))):
        for path in ("what", "state.at"):
            every = view.facts(row, value=path)
            for after in (0, 1, 199, 200, IN_THE_BASE, FACTS - 1, FACTS):
                beyond = [one for one in every if one.position > after]
                assert view.facts(row, (), after, value=path) == beyond


def test_a_base_is_asked_the_same_once_and_another_anew(
    history: Haphazard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks again after news has only what is beyond the base read."""
    asked_of: list[int] = []
    ask = InBase._selected

    def counted(self: InBase, row: Any, *words: Any) -> Any:
        asked_of.extend([self._held.end] if row is Placed else [])
        return ask(self, row, *words)

    monkeypatch.setattr(InBase, "_selected", counted)
    stored = [PlainMapper().to_stored_event(one) for one in history.recorded]
    with closing(Log(tmp_path)) as log:
        log.store.insert_events(stored[:IN_THE_BASE])
        rebuild(log)
        for last in range(IN_THE_BASE + 50, FACTS + 1, 50):
            log.store.insert_events(stored[last - 50 : last])
            assert len(view_at(log, ASSESSMENT).facts(Placed)) == last
        assert len(view_at(log, ASSESSMENT, "200").facts(Placed)) == 200
        assert asked_of == [IN_THE_BASE, IN_THE_BASE]  # up to its end, and up to an earlier place
        rebuild(log)
        assert len(view_at(log, ASSESSMENT).facts(Placed)) == FACTS
        assert asked_of[2:] == [FACTS]


class Placed(NamedTuple):
    """Where a fact stands."""

    position: int


def test_where_a_fact_stands_is_that_of_the_log(history: Haphazard, long: Log) -> None:
    """Its stream, before the base's end and beyond it."""
    view = view_at(long, ASSESSMENT)
    for one in (history.recorded[0], history.recorded[IN_THE_BASE - 1], history.recorded[-1]):
        assert view.source.stream(one.position) == one.stream.id
    assert view.source.stream(FACTS + 1) is None


def test_sql_sees_the_same(history: Haphazard, long: Log) -> None:
    """The whole table, laid out only once somebody asks for it."""
    every = "SELECT * FROM fact ORDER BY position"
    assert view_at(long, ASSESSMENT).ask(every) == history.view().ask(every)


def test_every_family_has_its_own_columns_alone() -> None:
    """A field of a fact is a column of its family, and nothing is in two places."""
    topics = [topic for family in families().values() for topic in family]
    assert sorted(topics) == sorted(TOPICS)
    for topic in TOPICS:
        assert set(TOPICS[topic].model_fields) <= columns_of_base()
    assert {"state", "key", "stream", "topic"}.isdisjoint(columns_of_base())


def test_the_kinds_that_a_read_model_reads_are_those_that_it_names() -> None:
    """So that no other facts of a long log are fetched for it."""
    assert kinds_named_in(("handed_in",)) == tuple(
        kind for kind in ALL_KINDS if kind in kinds_named_in(("handed_in",))
    )
    assert set(kinds_named_in(("handed_in",))) == {
        *("SubmissionImported", "DescriptorImported"),
        *("OutcomeAdopted", "OutcomeModerated", "OutcomeSetAside"),
    }
    assert set(kinds_named_in(READ_MODELS)) <= set(ALL_KINDS)


def test_a_damaged_base_is_refused_though_another_asks_it_just_now(long: Log) -> None:
    """DuckDB closes no connection that is at work; once it is over, the base is opened anew."""
    found = opened(long)
    assert found is not None
    slow = "SELECT sum(a.range + b.range) FROM range(9000) a, range(9000) b"
    with ThreadPoolExecutor(1) as another:
        asking = another.submit(lambda db: db.execute(slow).fetchall(), found[1])
        sleep(0.05)
        with pytest.raises(Refused, match="Delete that folder"), naming_a_damaged_base():
            raise duckdb.IOException("a block of the file cannot be read")
        assert asking.result()
    del found, asking
    assert view_at(long, ASSESSMENT).ask("SELECT count(*) AS n FROM fact") == [{"n": FACTS}]
