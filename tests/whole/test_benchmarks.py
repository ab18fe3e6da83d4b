"""A log is written to be measured on; `tests/long/measures.py` measures every line on a short one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

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
