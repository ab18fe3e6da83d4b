"""When the machine fails, a page says so, what was typed stands on it, and sent again it is kept once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.log.failing import held, impatient
from support.processes import within
from support.web.web import Site, site

from bots.phrases.stopped import cannot_now

WORDS = "Something that took ten minutes to write."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An open round, on a log that another program may hold."""
    impatient(monkeypatch)
    with site(tmp_path) as place:
        yield place


def test_the_page_says_what_is_so_and_keeps_the_words(
    place: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs the server reads what helps; neither reads the name of a class."""
    ana = place.writing("health-1")
    with held(place.log):
        ana.type(WORDS)
    assert ana.answer.status_code == 503
    assert ana.answer.headers["retry-after"]
    assert ana.page.title == "We cannot do this just now"
    assert cannot_now("locked") in ana.page.text
    assert WORDS in ana.page.text
    assert not place.words("health-1")
    lines: list[str] = []

    def is_said() -> bool:  # once the answer is on its way
        lines[:] = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
        return bool(lines)

    assert within(10, is_said)
    (line,) = lines
    assert "Another program holds the files of" in line
    assert "Error" not in line
    assert WORDS not in line


def test_however_many_pages_fail_there_is_one_line(
    place: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """The rest is counted."""
    ana = place.writing("health-2")
    with held(place.log):
        for _ in range(5):
            ana.type(WORDS)
            assert ana.answer.status_code == 503
            ana.open()
    assert len([one for one in caplog.records if one.levelno >= logging.ERROR]) <= 1
