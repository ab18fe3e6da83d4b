"""A hundred deaths of senders and mail servers: `python -m pytest -s tests/long/letters.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.letter_deaths import deaths


@pytest.mark.timeout(3600)
def test_nobody_is_missed_and_nobody_is_flooded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table says at which step whom it struck, and how many letters were taken in the end."""
    died, faults = deaths(tmp_path / "data", 7, 100)
    with capsys.disabled():
        for what, often in sorted(died.items()):
            print(f"{often:5} {what}")  # noqa: T201 - the table is what this is for
    assert faults == []
