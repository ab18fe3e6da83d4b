"""What somebody with the log's database in their hands, and perhaps the key, would have others believe."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ehsg_events.ledger.ledger_file import Signed
from ehsg_events.ledger.notes import Checkpoint, checkpoint_of, signed
from ehsg_events.ledger.published import CHECKPOINT, published
from ehsg_events.ledger.sequencer import ledger_file, sequencer
from ehsg_events.ledger.terms import terms_of
from ehsg_events.ledger.tree import HASH
from ehsg_events.log.log import Log
from support.area import CLOSES, OPENS, Area, person
from support.ledger import signer

WATCHED, OTHER, CUT = 550, 77, 580  # indexes; both before the kept checkpoint, which the cut is too
PANEL, MORE = (tuple(person(f"{name}-{n}", "Police") for n in range(many)) for name, many in (("a", 300), ("b", 220)))  # fmt: skip
PLACES = {"watched": WATCHED + 1, "other": OTHER + 1, "cut": CUT}  # as positions
CHANGED = "UPDATE stored_events SET state = replace(state, "
ALTERED = CHANGED + """'"coordinator"', '"stakeholder"') WHERE rowid = :watched"""
BACKDATED = CHANGED + """'"at": "2026-10-05', '"at": "2026-10-01') WHERE rowid = :watched"""
ANOTHER = CHANGED + """'"role": "coordinator"', '"role": "reader"') WHERE rowid = :other"""
CUT_OFF = (
    "DELETE FROM stored_events WHERE rowid > :cut",
    "UPDATE sqlite_sequence SET seq = :cut WHERE name = 'stored_events'",
)
Files = MutableMapping[str, bytes]
# Attack by attack: whether checkpoint, inclusion, consistency and a full walk let it pass.
TABLE = {
    "honest": (True, True, True, True),
    "altered": (True, False, True, False),
    "back-dated": (True, False, True, False),
    "another altered": (True, True, True, False),
    "two swapped": (True, False, False, False),
    "bit in a level-1 tile": (False, False, False, False),
    "size edited": (False, False, False, False),
    "foreign key": (False, False, False, False),
    "rewritten and re-signed": (True, True, False, True),
    "cut and re-signed": (True, True, False, True),
}


class Made(NamedTuple):
    """A ledger's key, the checkpoint that an auditor kept, and the files of each attack."""

    key: str
    kept: str
    files: Mapping[str, Mapping[str, bytes]]


def made(folder: Path) -> Made:
    """An honest log of two assessments, and everything that could be done to a copy of it."""
    log = Log(folder / "honest")
    first = Area(log)
    first.open(PANEL)
    with sequencer(log, OPENS) as at_work:
        first.open_round()
        at_work.catch_up()
        kept = at_work.sign(OPENS)
        Area(log, UUID(int=8)).open(MORE)
        at_work.catch_up()
        newest = at_work.sign(CLOSES)
    terms = terms_of(log)
    assert terms
    log.close()
    honest = _published(folder / "honest", newest)

    def edited(name: str, *statements: str) -> Path:
        copy = folder / name.replace(" ", "-")
        shutil.copytree(folder / "honest", copy)
        with closing(sqlite3.connect(copy / "log.sqlite")) as db, db:
            for trigger in ("no_edit", "no_delete"):
                db.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                db.execute(statement, PLACES)
        (copy / "log.position").unlink()  # how far it had come, which would give a cut away
        return copy

    files: dict[str, Mapping[str, bytes]] = {
        "honest": honest,
        "altered": _published(edited("altered", ALTERED), newest),
        "back-dated": _published(edited("back-dated", BACKDATED), newest),
        "another altered": _published(edited("another", ANOTHER), newest),
        "two swapped": _changed(honest, _swapped),
        "bit in a level-1 tile": _changed(honest, _flipped),
        "size edited": _changed(honest, _resized),
        "foreign key": _changed(honest, _signed_by_another),
        "rewritten and re-signed": _sequenced(edited("rewritten", ALTERED, ANOTHER)),
        "cut and re-signed": _sequenced(edited("cut", *CUT_OFF)),
    }
    return Made(terms.keys[-1], kept.note, files)


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files of a ledger in a folder, as they would be served."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _published(folder: Path, newest: Signed) -> Mapping[str, bytes]:
    """What is published of a log and of the tiles that were kept."""
    log = Log(folder)
    terms = terms_of(log)
    assert terms
    with sequencer(log, CLOSES) as at_work:
        files = published(log, terms.secret, at_work.file, newest)
    log.close()
    return files


def _sequenced(folder: Path) -> Mapping[str, bytes]:
    """What is published after the ledger was emptied and made anew, with the key that lay there."""
    with closing(sqlite3.connect(ledger_file(folder))) as db, db:
        db.execute("DELETE FROM tile")
        db.execute("DELETE FROM checkpoint WHERE size > 0")
    log = Log(folder)
    with sequencer(log, CLOSES) as at_work:
        at_work.catch_up()
        newest = at_work.sign(CLOSES)
    log.close()
    return _published(folder, newest)


def _changed(honest: Mapping[str, bytes], change: Callable[[Files], None]) -> Mapping[str, bytes]:
    files = {**honest}
    change(files)
    return files


def _swapped(files: Files) -> None:
    """Two leaves in their bundle, and their hashes in their tile."""
    hashes = bytearray(files["tile/0/002"])
    at = (WATCHED - 512) * HASH
    hashes[at : at + 2 * HASH] = hashes[at + HASH : at + 2 * HASH] + hashes[at : at + HASH]
    entries = bundled(files["tile/entries/002"])
    within = WATCHED - 512
    entries[within : within + 2] = reversed(entries[within : within + 2])
    files["tile/0/002"] = bytes(hashes)
    files["tile/entries/002"] = b"".join(len(one).to_bytes(2, "big") + one for one in entries)


def bundled(bundle: bytes) -> list[bytes]:
    """The leaves in a bundle."""
    entries = []
    while bundle:
        end = 2 + int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2:end])
        bundle = bundle[end:]
    return entries


def _flipped(files: Files) -> None:
    path = next(path for path in files if path.startswith("tile/1/"))
    files[path] = bytes([files[path][0] ^ 1]) + files[path][1:]


def _resized(files: Files) -> None:
    size = checkpoint_of(files[CHECKPOINT].decode()).size
    files[CHECKPOINT] = files[CHECKPOINT].replace(b"\n%d\n" % size, b"\n%d\n" % (size - 1))


def _signed_by_another(files: Files) -> None:
    head = checkpoint_of(files[CHECKPOINT].decode())
    files[CHECKPOINT] = signed(Checkpoint(*head), signer(2, head.origin)).encode()
