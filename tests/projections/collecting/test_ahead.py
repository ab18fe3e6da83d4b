"""What a first page needs is read before somebody opens it, and nothing is held up by it."""

from __future__ import annotations

import logging
import threading
from uuid import UUID

import pytest
from support.area import OPENS, Area
from support.story.story import ASSESSMENT, Story, agree_and_split

from projections.collecting import ahead
from projections.facts import idle
from projections.facts.view import view_at


def test_the_first_look_finds_what_it_needs(story: Story) -> None:
    """As a second one would."""
    agree_and_split(story).round_closed()
    idle._idle.clear()
    ahead.read_ahead(story.log, frozenset(), threading.Event())
    assert view_at(story.log, ASSESSMENT).folded


def test_one_that_cannot_be_read_holds_up_no_other(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, by its kind alone, and not tried again and again."""
    agree_and_split(story)
    Area(story.log, UUID(int=9 << 124)).open(at=OPENS)
    tried: list[UUID] = []

    def look(_: object, assessment: UUID) -> None:
        tried.append(assessment)
        raise LookupError("Amy Jones")

    monkeypatch.setattr(ahead, "view_at", look)
    with caplog.at_level(logging.ERROR), ahead.reading_ahead(story.log, frozenset()) as reading:
        reading.join()  # type: ignore[attr-defined]
    assert sorted(tried) == sorted(story.log.names())
    assert "LookupError" in caplog.text
    assert "Amy" not in caplog.text


def test_it_ends_when_it_is_over(story: Story) -> None:
    """Whoever ends the server does not wait for it."""
    over = threading.Event()
    over.set()
    idle._idle.clear()
    ahead.read_ahead(story.log, frozenset(), over)
    assert not idle._idle
