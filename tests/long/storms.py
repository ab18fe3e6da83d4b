"""Two hundred storms, too many for every day: `python -m pytest tests/long/storms.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.storm import weather


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """What happened in all of them, told at the end."""
    counted: Counter[str] = Counter()
    yield counted
    plugins = request.config.pluginmanager
    screen, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    assert screen is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        screen.write_line("")
        for what, many in counted.most_common():
            screen.write_line(f"{many:7} {what}")


@pytest.mark.parametrize("seed", range(200))
def test_a_storm_comes_to_what_a_calm_day_came_to(
    tmp_path: Path, seed: int, tally: Counter[str]
) -> None:
    """Every answer once, every message once, nothing after a withdrawal."""
    tally.update(weather(tmp_path, seed) + Counter(storms=1))
