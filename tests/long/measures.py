"""Every line of the benchmarks' table, on a short log: `python -m pytest tests/long/measures.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import log as benchmark
from benchmarks.facts import write

LINES = (
    "a full rebuild",
    "who is missing, as of any fact: p50",
    "where they stand, as of any fact: p50",
    "ehsg why, typed",
    "commit to visible: p50",
    "an answer during a rebuild: p99",
)


def test_every_line_is_measured_on_a_short_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its figure, in one table."""
    written = write(tmp_path / "log", 10_000)
    times = ["--times", "1", "--looks", "2", "--idiom", "20"]
    benchmark.main(["--folder", str(tmp_path), *times])
    said = capsys.readouterr().out
    assert f"{written.facts:,} facts" in said
    assert [line for line in LINES if line not in said] == []
