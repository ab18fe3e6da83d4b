"""Clocks that step under a round: `python -m pytest tests/long/clocks.py`, `-k '[3]'` for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.faults.clocks import stepped, why_not

STEPS = 20
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_clock_shows_a_moment_stays_as_it_was(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stamps never fall, and what was asked for by time holds the same facts for ever."""
    done, wrong = stepped(tmp_path / "data", STEPS, seed)
    with capsys.disabled():
        print(f"\nseed {seed}: {dict(done)}")  # noqa: T201 - the tally is what this is run for
    assert wrong == []
