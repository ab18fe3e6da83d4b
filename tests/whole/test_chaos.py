"""Focus: whatever dies while a round runs on the real stack, people see each message once, in time.

`python -m pytest tests/long/chaos.py` lives through twenty rounds of twice as many deaths; `-k '[7]'`
through the seventh.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.slack.chaos_round import EACH_ONCE
from support.slack.chaos_told import told

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_a_round_keeps_its_promises_while_everything_dies(tmp_path: Path) -> None:
    """Seven deaths in a minute, a deadline that moves, and Prefect's folder lost."""
    print(told(tmp_path, 0, EACH_ONCE, every=8))  # noqa: T201 - shown by `pytest -s`
