"""Ten thousand rounds: `python -m pytest tests/long/rounds.py -q -n 2`, `-k '[17]'` for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.simulation import lived, memory

__all__ = ["memory"]


@pytest.mark.parametrize("seed", range(10_000))
def test_a_round_keeps_its_promises_whatever_happens(memory: Path, seed: int) -> None:
    """Each seed is another policy, panel and season, and other things that happen."""
    lived(memory, seed)
