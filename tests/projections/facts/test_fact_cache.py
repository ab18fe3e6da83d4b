"""Focus: facts that stay in memory are those of the log, whatever happened between two looks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from support.log.spoiled import last, rewritten
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.facts import fact_cache
from projections.facts.fact_cache import table_of
from projections.facts.held import facts_of
from projections.facts.table import select
from projections.facts.view import view_at

FACTS = "SELECT * FROM fact ORDER BY position"
HELD = "SELECT * FROM held ORDER BY position"


def seen(log: Log, assessment: UUID = ASSESSMENT) -> list[dict[str, Any]]:
    """The facts that a look shows."""
    return view_at(log, assessment).ask(FACTS)


def read_anew(log: Log, assessment: UUID = ASSESSMENT) -> list[dict[str, Any]]:
    """The same, read from the log from its beginning."""
    return select(table_of(list(log.store.about(assessment)), assessment), HELD)


def test_a_second_look_shows_what_came_since(story: Story) -> None:
    """After each new fact all of them, each once and in order."""
    seen(story.log)
    story.round_opened()
    first = seen(story.log)
    story.answered("police-1", "5.1", "2")
    second = seen(story.log)
    assert second[: len(first)] == first
    assert len(second) > len(first)
    assert second == read_anew(story.log)


def test_an_earlier_moment_is_as_it_was_though_more_is_in_memory(story: Story) -> None:
    """What came later is in no table of it but that of who has gone."""
    position = story.log.store.last_position()
    then = seen(story.log)
    story.round_opened().answered("police-1", "5.1", "2")
    seen(story.log)
    assert view_at(story.log, ASSESSMENT, str(position)).ask(FACTS) == then


def test_a_folder_that_was_put_back_is_read_anew(tmp_path: Path) -> None:
    """Its log lacks facts that are in memory, and has others where they stood."""
    folder, backup = tmp_path / "data", tmp_path / "backup"
    with Story(folder) as story:
        before = seen(story.opened(PANEL).log)
    shutil.copytree(folder, backup)
    with Story(folder) as story:
        story.minutes = 60
        seen(story.round_opened().log)
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    with Story(folder) as story:
        assert seen(story.log) == before


def test_one_assessment_in_two_folders_is_two(story: Story, tmp_path: Path) -> None:
    """A copy of an area has its own facts, though the assessment has the same id."""
    agree_and_split(story)
    with Story(tmp_path / "copy") as other:
        other.opened(PANEL)
        assert len(seen(other.log)) < len(seen(story.log))
        assert seen(other.log) == read_anew(other.log)


def test_two_assessments_are_seen_together_in_the_order_of_the_log(story: Story) -> None:
    """Whichever of them was looked at before."""
    other = object.__new__(Story)
    other.log, other.assessment, other.minutes = story.log, UUID(int=5), story.minutes
    other.opened(PANEL)
    story.round_opened()
    seen(story.log, other.assessment)
    with facts_of(story.log, ASSESSMENT, other.assessment) as db:
        found = [row["position"] for row in select(db, "SELECT position FROM fact")]
    assert found == [position for position, _ in story.log.store.rows()]


def test_more_facts_than_there_is_room_for_are_read_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory stays bounded, and what is shown is the same."""
    agree_and_split(story)
    before = seen(story.log)
    monkeypatch.setattr(fact_cache, "MOST", 3)
    assert seen(story.log) == before
    assert seen(story.log) == before


def test_a_fact_that_cannot_be_read_is_refused_at_each_look(story: Story) -> None:
    """Nothing of a reading that failed stays in memory."""
    seen(story.log)
    agree_and_split(story)
    answer = last(story.log.folder, "AnswerGiven")
    rewritten(story.log.folder, answer, lambda state: state.replace('"score": ', '"score": 1.'))
    for _ in range(2):
        with pytest.raises(Refused, match=rf"Position {answer} .* holds no fact\.score"):
            seen(Log(story.log.folder))
