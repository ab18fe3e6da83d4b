"""A thousand writers ended by SIGKILL: `python -m pytest tests/long/kills.py`, `-k answers` for some.

They write to the disk that `PYTEST_DEBUG_TEMPROOT` names, if it names one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.faults.kills import Tally, answers_killed, serve_killed, table, writers_killed

AT_A_TIME = 25  # kills over one log, so that it stays short enough to be looked through after each
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def tallies(request: pytest.FixtureRequest) -> Iterator[dict[str, Tally]]:
    """What all of them came to, told at the end."""
    by_kind: dict[str, Tally] = defaultdict(Tally)
    yield by_kind
    plugins = request.config.pluginmanager
    screen, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    assert screen is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        screen.write_line("")
        for line in table(by_kind):
            screen.write_line(line)


def _held(tally: Tally, together: Tally) -> None:
    together.counted += tally.counted
    assert tally.says == []


@pytest.mark.parametrize("seed", range(26))
def test_two_writers_lose_and_double_nothing(
    tmp_path: Path, seed: int, tallies: dict[str, Tally]
) -> None:
    """Each act is a transaction of facts, a sealed text and now and then a first key."""
    _held(writers_killed(tmp_path / "data", AT_A_TIME, seed), tallies["two writers, a log"])


@pytest.mark.parametrize("seed", range(8))
def test_commands_lose_and_double_nothing(
    tmp_path: Path, seed: int, tallies: dict[str, Tally]
) -> None:
    """`ehsg answer` with a comment."""
    _held(answers_killed(tmp_path / "data", AT_A_TIME, seed), tallies["ehsg answer"])


@pytest.mark.parametrize("seed", range(700, 713))
def test_a_server_loses_and_doubles_nothing(
    tmp_path: Path, seed: int, tallies: dict[str, Tally]
) -> None:
    """`ehsg serve` amid a storm of words; some fifteen kills a seed."""
    _held(serve_killed(tmp_path / "storm", seed), tallies["ehsg serve"])
