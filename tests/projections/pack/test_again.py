"""Whoever has a pack, and nothing else of the log, makes every table of it once more, to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.ehsg import ehsg
from support.story.packed import made
from support.story.story import PANEL, Story, agree_and_split

from ehsg_events.kernel import Refused
from projections.pack.again import rebuilt
from projections.pack.pack import pack

Files = dict[str, bytes]
STREAM = b"00000000-0000-0000-0000-000000000001"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """Two rounds, words, a moderation, on a log where others have an assessment, too."""
    with Story(tmp_path / "data") as told:
        agree_and_split(told.opened(PANEL)).noted("police-1", "5.1", "working-well", "Since 2025.")
        told.round_closed().round_opened().answered("police-1", "5.2", "4").round_closed()
        yield told.moderated("5.2", "2", "They met.")


def test_every_table_follows_from_the_facts(story: Story) -> None:
    """With a ledger beside them and without."""
    for files in (pack(story.view()).files, made(story).files):
        found = rebuilt(files)
        assert len(found) > 10
        assert {name for name in files if name.startswith("models/")} == found.keys()
        assert all(found.values()), found


def test_as_of_an_earlier_moment_it_follows_from_the_facts_of_then(story: Story) -> None:
    """What came later is not in that pack, and is not missed."""
    end = story.log.store.last_position()
    assert all(rebuilt(pack(story.view(str(end - 1))).files).values())


def score_changed(files: Files) -> Files:
    """Another score in one fact."""
    facts = files["facts.jsonl"]
    return {**files, "facts.jsonl": re.sub(rb'"score": 0', b'"score": 1', facts, count=1)}


def figure_changed(files: Files) -> Files:
    """Another figure in a table."""
    table = files["models/consensus.csv"]
    return {**files, "models/consensus.csv": table.replace(b"5.1", b"5.2", 1)}


def fact_left_out(files: Files) -> Files:
    """One answer less."""
    lines = files["facts.jsonl"].splitlines(keepends=True)
    gone = next(line for line in lines if b"AnswerGiven" in line)
    return {**files, "facts.jsonl": b"".join(line for line in lines if line != gone)}


@pytest.mark.parametrize("change", [score_changed, figure_changed, fact_left_out])
def test_what_was_changed_no_longer_follows(story: Story, change: Callable[[Files], Files]) -> None:
    """In the facts or in a table, it is found by the tables that rest on it."""
    found = rebuilt(change({**pack(story.view()).files}))
    assert not found["models/consensus.csv"] or not found["models/standing.csv"]


@pytest.mark.parametrize(
    "facts",
    [
        b"",
        b"{}",
        b"\x00\xff",
        b'{"position":1,"salt":null,"stream":"x","version":1,"topic":"a.B.v1","state":{}}\n',
        b'{"position":1,"salt":null,"stream":"%s","version":1,"topic":"a.B.v1","state":{}}\n'
        % STREAM,
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(facts: bytes) -> None:
    """Whatever stands where the facts should."""
    with pytest.raises(Refused):
        rebuilt({"facts.jsonl": facts})


def test_the_same_place_twice_is_refused(story: Story) -> None:
    """No log holds that."""
    files = {**pack(story.view()).files}
    first = files["facts.jsonl"].splitlines(keepends=True)[0]
    with pytest.raises(Refused, match="same place"):
        rebuilt(files | {"facts.jsonl": first + files["facts.jsonl"]})


def test_of_an_open_round_nothing_is_rebuilt(tmp_path: Path) -> None:
    """Its facts have no position, and half of them are not there."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        with pytest.raises(Refused, match="a round was open"):
            rebuilt(pack(story.answered("police-1", "5.2", "4").view()).files)


def test_the_command_says_of_which_table_it_is_not_so(story: Story, tmp_path: Path) -> None:
    """And ends with 1 then; with 2 where the file is none."""
    nowhere, file = tmp_path / "no-log", tmp_path / "pack.zip"
    file.write_bytes(pack(story.view()).content())
    well = ehsg(nowhere, "verify", "--pack", str(file))
    assert (well.code, well.err) == (0, "")
    assert "15 of 15 tables" in well.out
    with ZipFile(file, "w") as packed:
        for name, content in figure_changed({**pack(story.view()).files}).items():
            packed.writestr(name, content)
    ill = ehsg(nowhere, "verify", "--pack", str(file), "--json")
    assert ill.code == 1
    assert [name for name, same in ill.document["same"].items() if not same] == [
        "models/consensus.csv"
    ]
    file.write_bytes(b"PK no zip")
    assert ehsg(nowhere, "verify", "--pack", str(file)).code == 2
