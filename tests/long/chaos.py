"""Twenty rounds in which everything dies: `python -m pytest tests/long/chaos.py`, `-k '[7]'` for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.slack.chaos_told import told

pytestmark = pytest.mark.timeout(400)


@pytest.mark.parametrize("seed", range(20))
def test_a_round_keeps_its_promises_while_everything_dies(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each seed tells what died in it, and how late its round was closed."""
    said = told(tmp_path, seed)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201 - the tally is what this is run for
