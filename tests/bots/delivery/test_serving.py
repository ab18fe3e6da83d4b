"""Whatever goes wrong while something is delivered, it is logged by its kind and tried again."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from support.processes import within
from support.slack.edge import followed, slack

from bots.delivery.serving import NOT_NOW


def test_a_failure_is_logged_by_its_kind_alone_and_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No traceback, since one could quote somebody; what was owed is delivered afterwards."""
    with slack(tmp_path) as place:

        def delivered() -> bool:
            place.clock.on(seconds=2)  # how long who was in doubt waits for the next turn
            return len(place.texts()) == 1

        with caplog.at_level(logging.ERROR, "ehsg.outbox"), followed(place):
            with place.broken():
                assert within(30, lambda: bool(caplog.records))
            assert within(30, delivered)
        said = {record.getMessage() for record in caplog.records}
        assert [line.startswith(NOT_NOW) for line in said] == [True]
        assert not any(record.exc_info for record in caplog.records)
