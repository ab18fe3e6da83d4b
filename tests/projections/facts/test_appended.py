"""A base that is added to holds the same as one that is made anew, and is made anew where it is not sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from support.story.story import PANEL, Story, agree_and_split

from projections.facts.long import read_sqlite
from projections.facts.long.base import base_of
from projections.facts.long.rebuild import rebuild


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A log with a base, on which little has happened yet."""
    with Story(tmp_path) as told:
        told.opened(PANEL)
        rebuild(told.log)
        yield told


def grown(story: Story) -> Story:
    """Facts of kinds that the base has no table and no column for."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "Good rooms.")
    return story.withdrawn("school-2").round_closed()


def settled(story: Story) -> Story:
    """Facts of kinds that it has, and of one that it has not."""
    story.round_opened().answered("police-1", "5.2", "3").round_closed()
    return story.moderated("5.2", "2", "They met.")


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a base: each table's columns with their types, and its rows in order."""
    with closing(duckdb.connect(path, read_only=True)) as db:
        tables = [
            name for (name,) in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        ]
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in tables:
            columns = sorted(db.execute(f'DESCRIBE "{table}"').fetchall())
            names = ", ".join(f'"{name}"' for name, *_ in columns)
            rows = db.execute(f'SELECT {names} FROM "{table}" ORDER BY position').fetchall()  # noqa: S608
            found[table] = [*columns, *rows]
        return found


def test_added_to_it_is_the_same_as_made_anew(story: Story) -> None:
    """Step by step: after each the same tables, columns, types and rows."""
    for step in (grown, settled):
        step(story)
        added = rebuild(story.log, anew=False).path
        rows, name = held(added), added.name
        anew = rebuild(story.log).path
        assert held(anew) == rows
        assert anew.name == name


def test_it_reads_only_what_is_new(story: Story) -> None:
    """As its progress says, which counts each row when it is read and when it is a fact."""
    before = story.log.store.last_position()
    grown(story)
    new, rows = story.log.store.last_position() - before, list[int]()
    rebuild(story.log, rows.append, anew=False)
    assert sum(rows) == 2 * new


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_base_that_is_not_sound_is_made_anew(story: Story, damage: bytes | None) -> None:
    """Whether it is cut off or no base at all."""
    base = base_of(story.log)
    assert base
    content = base.path.read_bytes()
    base.path.write_bytes(content[: len(content) // 3] if damage is None else damage)
    added = held(rebuild(grown(story).log, anew=False).path)
    assert added == held(rebuild(story.log).path)


def test_a_base_with_a_column_of_another_type_is_made_anew(story: Story) -> None:
    """As one would be whose column holds what only later turned out to be text."""
    base = base_of(story.log)
    assert base
    with closing(duckdb.connect(base.path)) as db:
        db.execute("ALTER TABLE assessment ALTER COLUMN version TYPE VARCHAR")
    added = held(rebuild(grown(story).log, anew=False).path)
    assert added == held(rebuild(story.log).path)


def test_another_versions_base_is_not_added_to(story: Story) -> None:
    """By its name: what that version read of a fact nobody knows."""
    base = base_of(story.log)
    assert base
    with closing(duckdb.connect(base.path)) as db:
        db.execute("UPDATE assessment SET version = 99")
    base.path.rename(base.path.with_name(f"base-{base.position}-0123456789abcdef.duckdb"))
    added = held(rebuild(grown(story).log, anew=False).path)
    assert added == held(rebuild(story.log).path)


def test_what_is_added_to_is_a_copy(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """A builder that fails leaves the base as it was, for all who read it."""
    base = base_of(story.log)
    assert base
    content = base.path.read_bytes()
    grown(story)

    def fails(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(read_sqlite, "_add", fails)
    with pytest.raises(OSError, match="No space"):
        read_sqlite.build(story.log.folder, lambda _: None, anew=False)
    assert base.path.read_bytes() == content
    assert base_of(story.log) == base
