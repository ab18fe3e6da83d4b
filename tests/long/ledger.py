"""Kills whoever keeps a ledger, `python -m pytest tests/long/ledger.py -s`: 500 times, by chance.

After each kill the next goes on: every fact is a leaf once, and no checkpoint that was told is
contradicted.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from support.log.long_ledger import NOW, leaves_of_log, opened, signed, told_until_killed

from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.log.log import Log

KILLS = 500


def test_kills(tmp_path: Path) -> None:
    """At moments that chance chooses, also while one is opened."""
    opened(tmp_path).close()
    chance, told, began = random.Random(500), list[str](), time.monotonic()
    for number in range(1, KILLS + 1):
        told += told_until_killed(tmp_path, chance.uniform(0, 0.03))
        if number % 25 == 0:
            with Log(tmp_path) as log:
                signed(log)
                with sequencer(log, NOW) as at_work:
                    size = at_work.file.size()
                    assert at_work.file.leaf_hashes(0, size) == leaves_of_log(log)
                    for _, many, root in map(str.split, told):
                        assert root == encoded(at_work.file.root(int(many)))
            seconds = time.monotonic() - began
            print(f"{number} kills, {len(told)} checkpoints told, {size} leaves, {seconds:.0f} s")  # noqa: T201
