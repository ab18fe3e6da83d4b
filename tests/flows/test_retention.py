"""What is kept no longer is looked at once a night, and every assessment for itself."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from support.log import spoiled
from support.processes import within
from support.story.story import ASSESSMENT, PANEL, Story

from ehsg_events.log.log import Log
from ehsg_events.values.policy import Policy, Terms
from flows.retention import beside, is_due, looked_at

OTHER = UUID(int=5)
SOON = datetime(2027, 12, 20, 3, tzinfo=UTC)
OVER = datetime(2028, 1, 20, 3, tzinfo=UTC)
PATIENCE = 30.0


def signed(folder: Path, assessment: UUID, until: date = date(2027, 12, 31)) -> None:
    """An assessment that is over, and destroyed by itself."""
    with Story(folder, assessment) as story:
        terms = Terms(policy=Policy(kept_until=until, destroyed="by-itself"))
        story.opened(PANEL, terms).round_opened().answered("police-1", "5.1", "2").round_closed()
        story.moderated("5.1", "2", "So it was.").moderated("5.2", "1", "So it was.")
        story.signed_off("Director", "Dana Director")


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2028, 1, 1, 15, tzinfo=UTC), True),
        (datetime(2028, 1, 1, 15, tzinfo=UTC), datetime(2028, 1, 2, 1, tzinfo=UTC), False),
        (datetime(2028, 1, 1, 15, tzinfo=UTC), datetime(2028, 1, 2, 2, tzinfo=UTC), True),
        (datetime(2028, 1, 2, 2, tzinfo=UTC), datetime(2028, 1, 2, 23, tzinfo=UTC), False),
        (datetime(2028, 1, 9, 2, tzinfo=UTC), datetime(2028, 1, 2, 3, tzinfo=UTC), False),
    ],
)
def test_it_is_looked_at_the_start_and_once_a_night(
    last: datetime | None, now: datetime, monkeypatch: pytest.MonkeyPatch, *, due: bool
) -> None:
    """Not again after a clock was put back."""
    monkeypatch.setattr("flows.retention._here", lambda moment: moment)
    assert is_due(last, now) is due


def test_whoever_runs_the_server_reads_what_is_announced_and_what_was_done(tmp_path: Path) -> None:
    """A line for each assessment, each night, and none for what is kept."""
    signed(tmp_path / "data", ASSESSMENT)
    signed(tmp_path / "data", OTHER, until=date(2030, 1, 1))
    with Log(tmp_path / "data") as log:
        for _ in range(2):
            (line,) = looked_at(log, SOON)
            assert line.startswith("Anytown: the names and words of 6 people are destroyed from")
            assert "Tuesday 4 January 2028" in line
        (done,) = looked_at(log, OVER)
        assert (
            done == "Anytown: the names and words of 6 people were destroyed, as the policy says."
        )
        assert [*looked_at(log, OVER)] == []


def test_one_that_cannot_be_read_keeps_no_other_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, and the others are looked at."""
    caplog.set_level(logging.ERROR)
    for assessment in (OTHER, ASSESSMENT):
        signed(tmp_path / "data", assessment)
    spoiled.rewritten(
        tmp_path / "data",
        spoiled.first(tmp_path / "data", "AssessmentSignedOff"),
        lambda state: state.replace('"signed_as"', '"signed_by"'),
    )
    with Log(tmp_path / "data") as log:
        assert len([*looked_at(log, SOON)]) == 1
    assert "could not be looked at" in caplog.text


def test_a_folder_that_is_served_is_looked_at(tmp_path: Path) -> None:
    """By a thread that ends with what is served."""
    signed(tmp_path / "data", ASSESSMENT, until=date(2020, 1, 1))
    said: list[str] = []
    with Log(tmp_path / "data") as log, beside(log, said.append, every=0.05):
        assert within(PATIENCE, lambda: said)
    (line,) = said
    assert "unless a coordinator puts that on hold" in line
