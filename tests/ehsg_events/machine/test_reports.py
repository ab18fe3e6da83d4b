"""What fails a thousand times is said once, and then counted."""

from __future__ import annotations

import errno
import logging
import re
from pathlib import Path

import pytest
from support.places import ROOT

from ehsg_events.machine.reports import EVERY, MOST, Reports

FULL = OSError(errno.ENOSPC, "No space left on device")
PACKAGES = ("bots", "flows", "projections", "ehsg_events")


class Ticking:
    """A clock that is put on by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds since it was made."""
        return self.now


@pytest.fixture
def clock() -> Ticking:
    """A clock at its beginning."""
    return Ticking()


@pytest.fixture
def reports(clock: Ticking, caplog: pytest.LogCaptureFixture) -> Reports:
    """Reports of one place."""
    caplog.set_level(logging.DEBUG)
    return Reports(logging.getLogger("ehsg.test"), clock)


def test_five_minutes_of_a_full_disk_are_under_a_hundred_lines(
    reports: Reports, clock: Ticking, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Twenty places fail fifty times a second, and each says it once or twice."""
    for _ in range(300):
        clock.now += 1
        for place in range(20):
            for _ in range(50):
                reports.failed(f"Place {place} failed.", FULL, tmp_path)
    assert 20 <= len(caplog.records) < 100


def test_what_was_not_said_is_counted(
    reports: Reports, clock: Ticking, caplog: pytest.LogCaptureFixture
) -> None:
    """With the next line that is said."""
    for _ in range(7):
        reports.say("It failed.")
    clock.now += EVERY
    reports.say("It failed.")
    assert [one.getMessage() for one in caplog.records] == [
        "It failed.",
        "It failed. (This happened 6 more times since it was last said.)",
    ]


def test_however_many_different_things_fail_memory_is_bounded(
    reports: Reports, clock: Ticking
) -> None:
    """The oldest is forgotten first, and then only said again."""
    for number in range(3 * MOST):
        clock.now += 1
        reports.say(f"{number} failed.")
    assert len(reports._counted) == MOST


def test_a_mistake_says_its_kind_and_never_its_words(
    reports: Reports, caplog: pytest.LogCaptureFixture
) -> None:
    """They may be what somebody typed."""
    reports.failed("A page could not be given.", ValueError("Amy Jones"))
    (record,) = caplog.records
    assert "ValueError" in record.getMessage()
    assert "Amy" not in record.getMessage()
    assert record.exc_info is None


def test_nobody_else_says_the_name_of_an_exception() -> None:
    """One place turns them into sentences, so every other place hands them to it."""
    logged = re.compile(r"log(ger)?\.\w+\([^)]*type\(\w+\)\.__name__|\.exception\(|exc_info=True")
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert len(files) > 300
    found = [path for path in files if logged.search(path.read_text(encoding="utf-8"))]
    assert found == []
