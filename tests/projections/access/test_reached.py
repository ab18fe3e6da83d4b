"""How far a view reaches is told by its newest facts, and by older ones where those tell nothing."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from support.story.haphazard import Haphazard
from support.story.story import ASSESSMENT

from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from projections.access import reached as module
from projections.access.reached import Reached, reached
from projections.facts.view import view_at

FACTS = 240
TOLD = """
SELECT
  max(position) FILTER (NOT hidden) AS last,
  max(position) FILTER (NOT hidden OR what IN ('AnswerGiven', 'AnswerAmended')) AS place
FROM trail WHERE NOT withdrawn"""
WHEN = "SELECT said_at FROM fact WHERE position = $1"


@pytest.fixture(scope="module")
def history() -> Haphazard:
    """Facts of most kinds, in rounds that are opened and closed."""
    return Haphazard(random.Random(11)).lived(FACTS)


@pytest.mark.parametrize("newest", [2, 2_000])
def test_it_is_what_the_trail_says_by_sql(
    history: Haphazard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    """At every third moment of the history, however few facts are looked at first."""
    monkeypatch.setattr(module, "NEWEST", newest)
    stored = [PlainMapper().to_stored_event(one) for one in history.recorded]
    far = list[int]()
    with closing(Log(tmp_path)) as log:
        for first in range(0, FACTS, 3):
            log.store.insert_events(stored[first : first + 3])
            view = view_at(log, ASSESSMENT)
            ((told),) = view.ask(TOLD)
            at: datetime = view.ask(WHEN, told["last"])[0]["said_at"]
            due = Reached(at, view.placed(told["last"]), told["place"])
            assert reached(view) == due, view.position
            far.append(view.position - told["last"])
    assert far.count(0) > len(far) / 4, "the newest fact is told"
    assert sum(each >= 4 for each in far) > 2, "or only older ones are"
