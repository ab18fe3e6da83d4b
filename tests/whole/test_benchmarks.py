"""A log is written to be measured on; `tests/long/measures.py` measures every line on a short one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import runs
from benchmarks.area import SAID
from benchmarks.facts import Written, write
from ehsg_events.log.log import Log
from projections.facts.view import view_at
from projections.results import results

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the log and its benchmark are kept for all tests here."""
    return tmp_path_factory.mktemp("measured")


@pytest.fixture(scope="module")
def written(place: Path) -> Written:
    """An assessment that was lived, and a copy of it."""
    return write(place / "log", 10_000)


def test_a_copy_has_the_results_of_what_was_lived(place: Path, written: Written) -> None:
    """Other ids and other days, the same answers."""
    with closing(Log(place / "log")) as log:
        copy, lived = (results.results(view_at(log, one)) for one in written.assessments)
    assert len(lived) == 31
    assert [one.sentence for one in copy] == [one.sentence for one in lived]


def test_the_words_of_what_was_lived_are_opened_and_those_of_a_copy_are_gone(
    place: Path, written: Written
) -> None:
    """The vault holds what was typed in an assessment that was lived, and only that."""
    with closing(Log(place / "log")) as log:
        copy, lived = (str(results.why(view_at(log, one), "5.1")) for one in written.assessments)
    assert any(said in lived for said in SAID)
    assert not any(said in copy for said in SAID)


def test_a_run_is_kept_as_a_line_and_what_became_slower_is_told(tmp_path: Path) -> None:
    """A cost that rose by a fifth beyond the median of earlier runs, or a rate that fell so."""
    file = tmp_path / "runs.jsonl"
    first = {"rebuild s": 4.0, "rebuild MB": 100.0, "saves/s": 6000.0, "gone": 1.0}
    for more in (1.0, 1.1, 9.0):
        told = runs.run_of("log", {name: value * more for name, value in first.items()}, 0.1)
        runs.kept(told, file)
    runs.kept(runs.run_of("pages", {"rebuild s": 0.01}, 0.1), file)
    now = {"rebuild s": 5.5, "rebuild MB": 110.0, "saves/s": 5000.0, "new": 3.0}
    earlier = runs.kept(runs.run_of("log", now, 0.1), file)
    assert len(earlier) == 3
    assert [(one.figure, round(one.times, 2), one.runs) for one in runs.slower(now, earlier)] == [
        ("rebuild s", 1.25, 3),
        ("saves/s", 1.32, 3),
    ]
    assert len(file.read_text(encoding="utf-8").splitlines()) == 5


def test_a_first_run_has_nothing_to_be_slower_than(tmp_path: Path) -> None:
    """Nor has a figure that was nothing before."""
    file = tmp_path / "runs.jsonl"
    assert not [*runs.slower({"rebuild s": 4.0}, runs.kept(runs.run_of("log", {}, 0.1), file))]
    before = [runs.run_of("log", {"rebuild s": 0.0}, 0.1)]
    assert not [*runs.slower({"rebuild s": 4.0}, before)]
