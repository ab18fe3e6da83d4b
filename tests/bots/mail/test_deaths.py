"""Whoever dies while letters go out, the sender or its server: nobody is missed, nobody is flooded."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.letter_deaths import deaths


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_invitation_is_never_lost_and_a_reminder_never_doubled(tmp_path: Path) -> None:
    """Eight deaths in the suite, and a hundred with `pytest tests/long/letters.py`."""
    died, faults = deaths(tmp_path / "data", 1, 8, people=8)
    assert faults == []
    assert sum(died.values()) > 8
