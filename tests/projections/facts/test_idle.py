"""Whoever looks at what somebody looked at before sees what a first look would show."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.story.story import ASSESSMENT, Story, agree_and_split

from projections.facts import idle
from projections.facts.view import View, view_at
from projections.results.results import results
from projections.results.what_if import If, what_if


@pytest.fixture(autouse=True)
def _nothing_is_laid_out() -> None:
    idle._idle.clear()  # what other tests looked at


def look(story: Story, as_of: str | None = None) -> View:
    """A look of one's own, whatever the story looked at."""
    return view_at(story.log, ASSESSMENT, as_of)


def said(story: Story, as_of: str | None = None) -> list[dict[str, Any]]:
    """Every figure that a look shows."""
    return [each.model_dump() for each in results(look(story, as_of))]


def test_a_second_look_lays_nothing_out(story: Story) -> None:
    """It has the connection of the first, with all that the first asked for, folded or laid out."""
    agree_and_split(story).round_closed()
    first = look(story)
    results(first)
    first.ask("SELECT * FROM consensus")
    db, laid, folded = first.db, set(first.laid), set(first.folded)
    del first
    assert (look(story).db, laid) == (db, laid)
    assert look(story).laid >= laid
    assert look(story).folded.keys() >= folded
    assert laid
    assert folded


def test_who_looks_while_another_does_has_a_connection_of_their_own(story: Story) -> None:
    """Two queries at once on one would mix their rows."""
    agree_and_split(story).round_closed()
    views = [look(story) for _ in range(3)]
    assert len({id(view.db) for view in views}) == 3
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda _: said(story), range(12)))
    assert all(each == told[0] for each in told)


def test_what_was_supposed_is_not_seen_by_the_next(story: Story) -> None:
    """Nor by who looked before it."""
    agree_and_split(story).round_closed()
    before = said(story)
    what_if(look(story), If(without=("police",)))
    assert said(story) == before


def test_a_fact_is_seen_by_the_next_look(story: Story) -> None:
    """What was laid out before it is dropped."""
    agree_and_split(story)
    before = said(story)
    story.round_closed()
    assert said(story) != before
    idle._idle.clear()
    after = said(story)
    assert said(story) == after
    newest: Any = {looked.newest for looked in idle._idle}
    assert {position for position, _ in newest} == {story.log.store.last_position()}


def test_a_moment_is_looked_at_apart_from_now(story: Story) -> None:
    """Each time the same is said of it."""
    then = str(agree_and_split(story).round_closed().log.store.last_position())
    shown = said(story, then)
    story.round_opened()
    story.round_closed()
    assert said(story, then) == shown
    assert said(story) != shown
    assert said(story, then) == shown


def test_only_few_lie_here(story: Story) -> None:
    """However many moments of however many assessments are looked at."""
    agree_and_split(story).round_closed()
    end = story.log.store.last_position()
    for position in range(end - 9, end):
        look(story, str(position))
    assert len(idle._idle) == idle.MOST


def test_no_more_facts_wait_than_there_is_room_for(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That which has waited longest goes; one that is too long alone never waits."""
    agree_and_split(story).round_closed()
    position = story.log.store.last_position()
    look(story)
    (one,) = idle._idle.values()
    monkeypatch.setattr(idle, "LONGEST", 2 * one.facts)
    for earlier in (position - 1, position - 2):
        look(story, str(earlier))
    assert [looked.as_of for looked in idle._idle] == [str(position - 1), str(position - 2)]
