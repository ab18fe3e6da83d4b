"""Fifty backups while others write, each restored: `python -m pytest tests/long/backups.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.log.under_load import backed_up_and_restored

TIMES = 50
pytestmark = pytest.mark.timeout(1800)


def test_every_backup_under_load_is_restored_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verified as it is made, as it is restored and once more; and a prefix of the log at the end."""
    tally = backed_up_and_restored(tmp_path, TIMES)
    with capsys.disabled():
        print(f"\n{tally}")  # noqa: T201 - the tally is what this is run for
    assert (tally.backups, tally.faults, tally.unlike) == (TIMES, [], 0)
