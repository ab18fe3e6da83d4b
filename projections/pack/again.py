"""Every table of an audit pack made once more, from the facts in it alone, and compared to the byte.

The facts are put on an empty log in a folder that is deleted afterwards; nothing of the log that they
came from is needed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.schema import TABLES
from guides import library
from guides.model import Guide
from guides.shelf import NotPublished, Shelf
from projections.facts.view import view_at
from projections.pack.facts import Facts
from projections.pack.models import models

FACTS, GUIDE = "facts.jsonl", re.compile(r"guide/([a-z0-9-]{1,80}@\d{1,6})\.yaml")
LINE = re.compile(
    rb'\{"position":(?:(\d{1,18})|null),"salt":(?:"[0-9a-f]{64}"|null),"stream":"([0-9a-f-]{36})",'
    rb'"version":(\d{1,9}),"topic":"([A-Za-z0-9.-]{1,99})","state":(\{.*\})\}'
)
ADD = "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?, ?)"
NO_PACK = "This is no audit pack: it has no facts in it."
DAMAGED = "Line {number} of facts.jsonl is no fact as a pack has it, so it was damaged or altered."
OPEN = (
    "From line {number} on the facts of this pack have no position: a round was open when it was made. "
    "Nothing can be rebuilt from it; make one when the round is closed."
)
TWICE = "Two facts of this pack stand at the same place, so it was damaged or altered."
Row = tuple[int, str, int, str, bytes]


def rebuilt(files: Mapping[str, bytes]) -> dict[str, bool]:
    """Whether each table of a pack is, to the byte, what its facts give.

    Args:
        files: of the pack, by name.

    Raises:
        Refused: it is no pack, a fact of it cannot be read, or a round was open when it was made.
    """
    rows = [*_rows(files.get(FACTS, b""))]
    if not rows:
        raise Refused(NO_PACK)
    with TemporaryDirectory(prefix="ehsg-") as place:
        folder = Path(place)
        _put(folder, rows)
        _shelve(folder, files)
        with Log(folder) as log:
            assessment = next((found for found, _, _ in log.every_assessment()), None)
            if assessment is None:
                raise Refused(NO_PACK)
            view = view_at(log, assessment)
            made = models(view, Facts(view))
    return {name: files.get(name) == content for name, content in made.items()}


def _rows(content: bytes) -> Iterator[Row]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line:
            continue
        found = LINE.fullmatch(line)
        if found is None:
            raise Refused(DAMAGED.format(number=number))
        position, stream, version, topic, state = found.groups()
        if position is None:
            raise Refused(OPEN.format(number=number))
        yield int(position), stream.replace(b"-", b"").decode(), int(version), topic.decode(), state


def _put(folder: Path, rows: list[Row]) -> None:
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        for table in TABLES.split(";;"):
            db.execute(table)
        try:
            db.executemany(ADD, rows)
        except sqlite3.IntegrityError:
            raise Refused(TWICE) from None


def _shelve(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the guide of the pack on the folder's shelf, where the product has none of its name."""
    known = {name for shelf in library.shelves(Guide, folder) for name in shelf.published()}
    for name, content in files.items():
        found = GUIDE.fullmatch(name)
        if found and found[1] not in known:
            try:
                Shelf(folder / "guides").put(found[1], content)
            except NotPublished as no:
                raise Refused(str(no)) from no
