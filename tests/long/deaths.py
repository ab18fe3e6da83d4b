"""Ten rehearsals killed six times each: `python -m pytest tests/long/deaths.py`, `-k '[7]'` for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.deaths import nothing_is_lost_or_doubled, outlive
from support.ehsg import shell


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a rehearsal that nobody disturbed."""
    data = tmp_path_factory.mktemp("rehearsal") / "data"
    ran = shell("--data", str(data), "demo", "--json")
    assert ran.code == 0, ran.err
    return data


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10))
def test_killed_again_and_again_it_loses_and_doubles_nothing(
    rehearsed: Path, tmp_path: Path, seed: int
) -> None:
    """Each seed dies at other moments."""
    data = tmp_path / "data"
    outlive(rehearsed, data, 6, seed)
    nothing_is_lost_or_doubled(rehearsed, data)
