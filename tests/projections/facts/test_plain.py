"""Facts as plain values are those of the table, and what is unusual is left to it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.log.spoiled import last, rewritten
from support.story.haphazard import Haphazard
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split

from ehsg_events.kernel import TOPICS, Refused
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from projections.facts import plain_cache
from projections.facts.columns import kinds
from projections.facts.plain import PlainFact, Unusual, field_of, plain
from projections.facts.plain_cache import plain_facts
from projections.facts.view import view_at
from projections.results.results import results, trail


def _alike(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@pytest.fixture(scope="module")
def history() -> Haphazard:
    """Facts of most kinds."""
    return Haphazard(random.Random(3)).lived(600)


def test_every_column_is_that_of_the_table(history: Haphazard) -> None:
    """With the same type, and none where the table has none."""
    facts = plain((one.position, PlainMapper().to_stored_event(one)) for one in history.recorded)
    rows = history.view().ask("SELECT * FROM fact ORDER BY position")
    assert len({row["what"] for row in rows}) > len(TOPICS) / 4
    for name in kinds().keys() - {"state"}:
        ours = [_alike(field_of(name)(fact)) for fact in facts]
        assert [*map(repr, ours)] == [repr(_alike(row[name])) for row in rows], name


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'"score": 2', b'"score": "2"'),
        (b'"score": 2', b'"score": 2.5'),
        (b'"score": 2', b'"score": true'),
        (b'"items": ["', b'"items": [7, "'),
        (b'"name": {"id": "', b'"name": {"more": 1, "id": "'),
        (b'"name": {"id": "', b'"name": {"id": "not-an-id-'),
        (b'"deadline": "2026', b'"deadline": "soon'),
        (b'"by": "', b'"later": null, "by": "'),
        (b'"item": "', b'"later": null, "item": "'),
        (b'"fact": {', b'"fact": 7, "was": {'),
        (b'"fact": {', b'"fact": ,{'),
    ],
)
def test_what_is_unusual_is_not_read(story: Story, right: bytes, wrong: bytes) -> None:
    """Neither another type, nor what no fact of this version holds."""
    agree_and_split(story)
    rows = [*story.log.store.rows()]
    states = [stored.state for _, stored in rows]
    assert any(right in state for state in states)
    altered = (
        (at, replace(stored, state=stored.state.replace(right, wrong))) for at, stored in rows
    )
    with pytest.raises(Unusual):
        plain(altered)


def test_a_topic_that_nobody_knows_is_not_read(story: Story) -> None:
    """A newer version wrote it."""
    ((position, stored), *_) = story.log.store.rows()
    with pytest.raises(Unusual):
        plain([(position, replace(stored, topic="assessment.Opened.v9"))])


def test_the_table_refuses_it_by_its_name(story: Story) -> None:
    """So that the same is said whichever was to be read."""
    agree_and_split(story).round_closed()
    answer = last(story.log.folder, "AnswerGiven")
    rewritten(story.log.folder, answer, lambda state: state.replace('"score": ', '"score": 1.'))
    with pytest.raises(Refused, match=rf"Position {answer} .* holds no fact\.score"):
        view_at(Log(story.log.folder), ASSESSMENT)


def test_figures_and_trail_need_no_table(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short log is folded as it is read."""
    agree_and_split(story).round_closed()
    monkeypatch.setattr("projections.facts.view.held_of", None)  # whoever lays a table out calls it
    view = view_at(story.log, ASSESSMENT)
    assert results(view)
    assert trail(view)


# -- kept in memory ----------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    plain_cache._kept.clear()
    yield
    plain_cache._kept.clear()


def read(story: Story) -> list[PlainFact]:
    """All facts, as somebody sees them who looks now."""
    return plain_facts(story.log, ASSESSMENT).facts


def test_a_second_look_has_what_came_since(story: Story) -> None:
    """And reads nothing twice."""
    before = read(story)
    story.round_opened()
    after = read(story)
    assert after[: len(before)] == before
    assert [fact.position for fact in after] == [at for at, _ in story.log.store.rows()]
    assert after[0] is before[0]


def test_a_folder_that_was_put_back_is_read_anew(tmp_path: Path) -> None:
    """Its log lacks facts that are in memory, and has others where they stood."""
    folder, backup = tmp_path / "data", tmp_path / "backup"
    with Story(folder) as story:
        before = read(story.opened(PANEL))
    shutil.copytree(folder, backup)
    with Story(folder) as story:
        story.minutes = 60
        read(story.round_opened())
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    with Story(folder) as story:
        assert read(story) == before


def test_memory_stays_bounded(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was looked at longest ago is read again."""
    monkeypatch.setattr(plain_cache, "MOST", 10)
    before = read(story)
    with Story(tmp_path / "other") as other:
        read(other.opened(PANEL))
    assert len(plain_cache._kept) == 1
    assert read(story) == before
