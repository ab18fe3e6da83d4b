"""A hundred histories in which nobody reads what is not so: `python -m pytest tests/long/told.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.slack.mixed_office import untrue_in


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_read_of_being_told_is_so(tmp_path: Path, seed: int) -> None:
    """Each seed is another history."""
    _, untrue = untrue_in(tmp_path, seed)
    assert untrue == []
