"""The log as a table, as it stands and as it stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.log.store import altered
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split

from ehsg_events.kernel import TOPICS, Recorded, Refused
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.states.streams import assessment_stream
from projections.facts.fact_cache import table_of
from projections.facts.table import select
from projections.results.results import trail


# -- loading -----------------------------------------------------------------------------------
def test_every_fact_of_the_assessment_is_a_row_and_no_other(story: Story) -> None:
    """Another assessment on the same log does not show."""
    other = ASSESSMENT.__class__(int=5)
    Story.opened(story_of(story, other), PANEL)
    agree_and_split(story).round_closed()
    mine = [r.position for r in story.log.all() if r.stream.assessment == ASSESSMENT]
    assert [step.position for step in trail(story.view())] == mine
    assert story.view().position == mine[-1]


def story_of(story: Story, assessment: Any) -> Story:
    """Another assessment told on the same log."""
    other = object.__new__(Story)
    other.log, other.assessment, other.minutes = story.log, assessment, story.minutes
    return other


def test_a_value_of_the_wrong_type_is_refused_and_named(story: Story) -> None:
    """A score that is no number would silently be missing, so it is refused with its place."""
    agree_and_split(story)
    rows = list(story.log.store.rows())
    place = next(n for n, (_, stored) in enumerate(rows) if b'"score": 2' in stored.state)
    position, stored = rows[place]
    wrong = stored.state.replace(b'"score": 2', b'"score": "two"')
    rows[place] = (position, altered(stored, wrong))
    with pytest.raises(Refused, match=rf"Position {position} .*AnswerGiven.v1 holds no fact.score"):
        table_of(rows, ASSESSMENT)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        (b'"deadline": "2026', b'"deadline": "soon', "fact.deadline"),
        (b'"items": [', b'"items": 7, "rest": [', "field rest of"),
        (b'"name": {"id": "', b'"name": {"id": "not-an-id-', "fact.name.id"),
        (b'"name": {"id": "', b'"name": "A", "was": {"id": "', "field was of"),
        (b'"by": "', b'"round": "first", "by": "', "no round of"),
        (b'"by": "', b'"round": 1.5, "by": "', "no round of"),
        (b'"fact": {', b'"fact": "gone", "was": {', "no fact of"),
        (b'"fact": {', b'"fact": , {', "no assessment of"),
    ],
)
def test_every_kind_of_value_is_checked(
    story: Story, right: bytes, wrong: bytes, named: str
) -> None:
    """Times, lists, sealed words, parts of a number and of a fact are refused like scores."""
    story.round_opened()
    rows = [
        (position, altered(stored, stored.state.replace(right, wrong)))
        for position, stored in story.log.store.rows()
    ]
    with pytest.raises(Refused, match=named):
        table_of(rows, ASSESSMENT)


def test_a_fact_of_a_later_version_is_refused(story: Story) -> None:
    """A topic nobody knows is never passed over."""
    ((position, stored), *rest) = story.log.store.rows()
    rows = [(position, altered(stored, stored.state, "assessment.Opened.v9")), *rest]
    with pytest.raises(Refused, match=r"Position 1 .*assessment\.Opened\.v9"):
        table_of(rows, ASSESSMENT)


def test_an_older_fact_without_a_newer_field_is_read(story: Story) -> None:
    """What was written before a field existed has none of it."""
    agree_and_split(story)
    rows = [
        (position, altered(stored, stored.state.replace(b', "figures": null', b"")))
        for position, stored in story.log.store.rows()
    ]
    found = select(table_of(rows, ASSESSMENT), "SELECT count(score) AS n FROM held")
    assert found == [{"n": 12}]


def test_the_table_reaches_nothing_outside(story: Story, tmp_path: Path) -> None:
    """The database can neither read a file, nor write one, nor be told to."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    db = story.view().db
    for sql in (
        f"FROM '{secret}'",
        f"COPY fact TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            db.execute(sql)


def test_no_personal_text_is_in_the_table(story: Story) -> None:
    """The table holds what the log holds: ids and digests of words, never words."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "Something private")
    everything = str(story.view().ask("SELECT * FROM fact"))
    assert "private" not in everything
    assert "Surname" not in everything


def test_the_mapper_and_the_table_read_the_same_address(story: Story) -> None:
    """The envelope columns are the stream's address and the stamp, fact by fact."""
    agree_and_split(story).round_closed()
    mapper = PlainMapper()
    for row, (position, stored) in zip(
        story.view().ask("SELECT * REPLACE (epoch_us(said_at) AS said_at) FROM fact"),
        story.log.store.rows(),
        strict=True,
    ):
        told: Recorded = mapper.read(stored, position)
        assert (row["round"], row["stakeholder"] or None) == (
            told.stream.round,
            told.stream.stakeholder or getattr(told.fact, "stakeholder", None),
        )
        assert row["said_at"] == int(told.stamp.at.timestamp()) * 1_000_000
        assert (row["by"], row["what"]) == (told.stamp.by, type(told.fact).__name__)


def test_a_column_is_drawn_for_every_field_of_every_fact(story: Story) -> None:
    """A field added to a fact is a column the same day."""
    columns = set(story.view().db.table("fact").columns)
    for kind in TOPICS.values():
        assert set(kind.model_fields) <= columns
    assert assessment_stream(ASSESSMENT).id in {
        row["stream"] for row in story.view().ask("SELECT stream FROM fact")
    }


# -- as of -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("1", 7),  # with all that was recorded at the same moment: nobody saw it half done
        ("9", 14),
        ("2026-10-05", -1),
        ("2026-10-05T12:01:00Z", 7),
        ("2026-10-05 13:01", 7),  # the zone's clock is an hour ahead of UTC
        ("2026-10-05T13:01:59", 7),
        ("2030-01-01", -1),
    ],
)
def test_a_moment_is_a_position_or_a_time(story: Story, as_of: str, expected: int) -> None:
    """A day means its end, a time without a zone is the assessment's own, a moment is whole."""
    last = agree_and_split(story).round_closed().view().position
    assert story.view(as_of).position == (expected if expected > 0 else last)


@pytest.mark.parametrize(
    ("as_of", "helps"),
    [
        ("999", "The log ends at position 7"),
        ("0", "opened at 1:01pm on Monday 5 October 2026"),
        ("2026-10-04", "opened at 1:01pm"),
        ("yesterday", "neither a log position nor a time"),
        ("-3", "neither a log position nor a time"),
        ("2026-02-30", "neither a log position nor a time"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_refused(story: Story, as_of: str, helps: str) -> None:
    """The refusal says what there is and what to write."""
    with pytest.raises(Refused, match=helps):
        story.view(as_of)


def test_an_unknown_assessment_is_refused(story: Story) -> None:
    """No id, no view."""
    with pytest.raises(Refused, match="No assessment has the id"):
        story_of(story, ASSESSMENT.__class__(int=5)).view()
