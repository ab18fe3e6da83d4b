"""Timelines as they are written in `timelines/*.md`: lived again hour by hour, they read the same.

`pytest --accept` writes what happens today into the files; a change of a rule is then seen as a
change of a day.
"""

from __future__ import annotations

import pytest
from support.log.timeline import TIMELINES, Timeline

from ehsg_events.log.log import Log


@pytest.mark.parametrize("timeline", TIMELINES, ids=lambda one: one.file.stem)
def test_a_timeline_reads_as_written(
    timeline: Timeline, log: Log, request: pytest.FixtureRequest
) -> None:
    """The same people are reminded on the same days, and the same are not, for the same reasons."""
    now = timeline.accept(timeline.lived(log))
    if request.config.getoption("--accept"):
        timeline.file.write_text(now, encoding="utf-8")
    assert now == timeline.text
