"""Whose words somebody opened is a fact: once a session, not once a click."""

from __future__ import annotations

from support.story.story import Story

from ehsg_events.events import WordsRead
from ehsg_events.rights import reading


def read(story: Story, whose: list[str], session: str | None = None, by: str = "reader-1") -> bool:
    """Somebody opens the trail."""
    stamp = story.stamp(by, "reader")
    return reading.note(story.log, stamp, story.assessment, "trail", whose, session)


def facts(story: Story) -> list[tuple[str, tuple[str, ...]]]:
    """Who opened whose words."""
    every = story.log.all()
    return [(r.stamp.by, r.fact.whose) for r in every if isinstance(r.fact, WordsRead)]


def test_a_second_click_records_only_whom_the_first_did_not_show(story: Story) -> None:
    """And nothing at all when there is nobody new, or nobody's words are shown."""
    assert read(story, ["police-1", "health-1"], "a")
    assert not read(story, ["health-1"], "a")
    assert not read(story, [], "a")
    assert read(story, ["school-1", "police-1"], "a")
    assert facts(story) == [
        ("reader-1", ("health-1", "police-1")),
        ("reader-1", ("school-1",)),
    ]


def test_another_session_another_reader_and_another_day_are_told_apart(story: Story) -> None:
    """The session's secret is not on the log."""
    for session, by in (("secret-a", "reader-1"), ("secret-b", "reader-1"), ("secret-b", "x")):
        assert read(story, ["police-1"], session, by)
    assert read(story, ["police-1"])
    assert not read(story, ["police-1"])
    story.minutes += 24 * 60
    assert read(story, ["police-1"])
    assert len(facts(story)) == 5
    assert not any(b"secret-" in row.state for _, row in story.log.store.rows())
