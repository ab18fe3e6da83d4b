"""Ten rehearsals killed six times each: `python -m pytest tests/long/deaths.py`, `-k '[7]'` for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.deaths import outlived, rehearsed

__all__ = ["rehearsed"]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10))
def test_killed_again_and_again_it_loses_and_doubles_nothing(
    rehearsed: Path, tmp_path: Path, seed: int
) -> None:
    """Each seed dies at other moments."""
    outlived(rehearsed, tmp_path / "data", 6, seed)
