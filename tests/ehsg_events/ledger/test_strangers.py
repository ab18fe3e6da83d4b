"""Focus: verifiers that nobody here wrote accept our ledger, and refuse what is done to it.

Each column by itself lets something pass; a kept checkpoint and a full walk together catch all.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from support.ledger import head, ledger_of, signer
from support.places import ROOT
from support.strangers import installed
from support.strangers.attacks import TABLE, WATCHED, Made, bundled, made, written

from ehsg_events.ledger import tree
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.leaves import leaf_of
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.notes import checkpoint_of, verifier_of
from ehsg_events.ledger.published import CHECKPOINT
from ehsg_events.ledger.tiles import WIDTH, bundle, complete, path_of, tiles_of
from ehsg_events.ledger.tree import HASH

BESIDE = ROOT / "tests" / "support" / "strangers"
EDGES = (1, 255, 256, 257, 65_535, 65_536, 65_537)
WORDS = {True: "passes", False: "refused"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An honest log, and every attack on it."""
    return made(tmp_path_factory.mktemp("tried"))


@pytest.fixture(scope="module")
def given(tried: Made, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a verifier's program is given: the key, the kept checkpoint, a place, and the folders."""
    folder = tmp_path_factory.mktemp("served")
    kept = folder / "kept"
    kept.write_text(tried.kept, encoding="utf-8")
    served = [written(tried.files[name], folder / str(number)) for number, name in enumerate(TABLE)]
    return [tried.key, str(kept), str(WATCHED), *map(str, served)]


def shown(rows: Mapping[str, Sequence[bool]]) -> str:
    """A table of attacks as it would be read aloud."""
    return "\n".join(
        f"{name}: {', '.join(WORDS[one] for one in verdicts)}" for name, verdicts in rows.items()
    )


def expected(columns: int) -> Mapping[str, Sequence[bool]]:
    """What stands in the first columns of the table."""
    return {name: verdicts[:columns] for name, verdicts in TABLE.items()}


def said(command: Sequence[object], text: str = "") -> str:
    """What a program prints; it must end well."""
    words = [str(word) for word in command]
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(printed: str, yes: str, no: str) -> Mapping[str, Sequence[bool]]:
    """A line of words for each attack, in order."""
    verdicts = [
        [{yes: True, no: False}[word] for word in line.split() if word in {yes, no}]
        for line in printed.splitlines()
    ]
    return {name: tuple(found) for name, found in zip(TABLE, verdicts, strict=True)}


def test_no_column_of_the_table_catches_everything_and_two_together_do() -> None:
    """So whoever checks a ledger keeps a checkpoint and walks over all of it."""
    attacks = [verdicts for name, verdicts in TABLE.items() if name != "honest"]
    assert all(any(one[column] for one in attacks) for column in range(4))
    assert not any(consistency and walk for _, _, consistency, walk in attacks)


def test_aics_tlog_finds_what_the_table_says(given: list[str]) -> None:
    """A Python package, by its commands and its own walk over every tile and every entry."""
    python = installed.aics_tlog()
    printed = said([python, "-B", BESIDE / "aics_tlog_driver.py", *given])
    found = rows("\n".join(line for line in printed.splitlines() if line.startswith("verdicts")), "True", "False")  # fmt: skip
    assert shown(found) == shown(expected(4))


def test_aics_tlog_accepts_the_honest_ledger_at_its_command_line(given: list[str]) -> None:
    """As an auditor types it; the entry that it proves is the leaf that was made here."""
    program = installed.aics_tlog().with_name("aics-tlog")
    key, kept, _, honest, *_ = given
    ledger = ["--log-key", key, "--tiles", honest]
    entry = Path(kept).with_name("entry")
    for command in (
        ["verify-checkpoint", *ledger],
        ["verify-inclusion", *ledger, "--index", "0", "--entry-out", entry],
        ["verify-consistency", *ledger, "--old-checkpoint", kept],
    ):
        assert json.loads(said([program, *command]))["ok"] is True
    assert json.loads(entry.read_bytes())["position"] == 1


@pytest.mark.parametrize("stranger", ["aics-tlog", "Go"])
def test_a_tree_whose_tiles_are_just_full_is_read_whole(tmp_path: Path, stranger: str) -> None:
    """With one leaf less and one more, at each height that a tile has."""
    served = [tmp_path / str(size) for size in EDGES]
    key = str(signer().verifier)
    entries = [leaf_of(position, f"{position:064x}") for position in range(1, EDGES[-1] + 1)]
    with ledger_of(tmp_path / "ledger.sqlite", entries) as file:
        for size, folder in zip(EDGES, served, strict=True):
            note = head(file, size, signer()).note.encode()
            written({CHECKPOINT: note} | dict(tree_of(file, entries[:size])), folder)
        kept = tmp_path / "kept"
        kept.write_text(head(file, EDGES[0], signer()).note, encoding="utf-8")
    given = [key, str(kept), "0", *map(str, served)]
    if stranger == "Go":
        printed = said([installed.sumdb(BESIDE / "sumdb.go"), *given])
    else:
        printed = said([installed.aics_tlog(), "-B", BESIDE / "aics_tlog_driver.py", *given])
    words = printed.lower().split()
    assert (words.count("true"), words.count("false")) == (4 * len(EDGES), 0)


def tree_of(file: LedgerFile, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """The files of a tree of some leaves."""
    for level, number, width in tiles_of(len(entries)):
        yield path_of(level, number, width), file.tile(level, number)[: width * HASH]
    for first in range(0, len(entries), WIDTH):
        some = entries[first : first + WIDTH]
        yield path_of("entries", first // WIDTH, len(some)), bundle(some)


def test_the_checksum_database_of_go_finds_what_the_table_says(given: list[str]) -> None:
    """The code by which every `go` command checks what it downloads, from Debian's sources."""
    program = installed.sumdb(BESIDE / "sumdb.go")
    assert shown(rows(said([program, *given]), "true", "false")) == shown(expected(4))


def test_sigstore_finds_what_the_first_two_columns_say(tried: Made) -> None:
    """It reads no tiles, so it never sees what only they show, and a root is what was signed."""
    node, place = installed.sigstore()
    key = verifier_of(tried.key)
    asked = {
        "key": {"name": key.name, "id": encoded(key.id), "bytes": encoded(key.public)},
        "cases": [handed(tried.files[name]) for name in TABLE],
    }
    printed = said([node, BESIDE / "sigstore.cjs", place], json.dumps(asked))
    found = {name: tuple(one) for name, one in zip(TABLE, json.loads(printed), strict=True)}
    without_tiles: Mapping[str, Sequence[bool]] = {
        **expected(2),
        "bit in a level-1 tile": (True, False),
    }
    assert shown(found) == shown(without_tiles)


def handed(files: Mapping[str, bytes]) -> dict[str, object]:
    """A proof as whoever serves these files would make it."""
    note = files[CHECKPOINT].decode()
    size = checkpoint_of(note).size
    width = {(level, number): many for level, number, many in tiles_of(size)}

    def tile(level: int, number: int) -> bytes:
        return files.get(path_of(level, number, width[level, number]), bytes(256 * tree.HASH))

    return {
        "note": note,
        "entry": encoded(bundled(files["tile/entries/002" if size > 768 else path_of("entries", 2, size - 512)])[WATCHED - 512]),
        "index": WATCHED,
        "hashes": [encoded(one) for one in tree.inclusion(complete(tile), WATCHED, size)],
    }  # fmt: skip
