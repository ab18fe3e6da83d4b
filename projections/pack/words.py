"""The words that were typed and the files that were handed in, of what may be told; never a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from ehsg_events.kernel import Words
from ehsg_events.log.vault import Opened
from ehsg_events.values.evidence import FileKept
from projections.facts.view import View
from projections.folded.notes import notes
from projections.history.evidence_files import attached_files, evidence_in, words_beside
from projections.pack.facts import Facts
from projections.tables.csv import listed
from projections.tables.model import Value

OPENED = ("words", "because", "meaning")  # names of people, of files and of colleagues stay sealed
FILES = ("position", "round", "stakeholder", "item", "digest", "bytes", "dated", "kept_as")


def words(view: View, facts: Facts) -> bytes:
    """The typed words behind the facts that are told, a line of JSON each, in the log's order."""
    lines = (
        {"position": facts.place(position), "stands_in": name, **sealed.model_dump(mode="json")}
        | _opened(words_beside(view, sealed, file, position))
        for position, name, sealed, file in _sealed(view, facts)
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _opened(opened: Opened) -> dict[str, Any]:
    return {"text": opened.text, "lost": opened.loss}


def _sealed(view: View, facts: Facts) -> Iterator[tuple[int, str, Words, FileKept | None]]:
    for recorded in view.log.at(sorted(facts.told)):
        fact: Any = recorded.fact
        for name in OPENED:
            if isinstance(sealed := getattr(fact, name, None), Words):
                file = getattr(getattr(fact, "evidence", None), "file", None)
                yield recorded.position, name, sealed, file
        cells = [cell for line in getattr(fact, "rows", ()) for cell in line]
        for cell in (cell for cell in cells if cell.words):
            yield recorded.position, f"rows.{cell.column}", cell.words, None
        origin = getattr(getattr(fact, "evidence", None), "origin", None)
        if isinstance(origin, Words):
            yield recorded.position, "evidence.origin", origin, None


def files(view: View, facts: Facts) -> dict[str, bytes]:
    """The files that stand as evidence in closed rounds, by number, and a list of them."""
    rows: list[tuple[Value, ...]] = []
    kept: dict[str, bytes] = {}
    for number, (about, file, dated) in enumerate(_handed_in(view), start=1):
        name = f"evidence/file-{number}.{file.ending}"
        opened = view.opened(file.content, about[0])
        if opened.content is not None and _is_as_handed_in(opened.content, file):
            kept[name] = opened.content
        kept_as = name if name in kept else opened.loss or "unreadable"
        rows.append((facts.place(about[0]), *about[1:], file.digest, file.size, dated, kept_as))
    return {"evidence/files.csv": listed(FILES, rows), **kept}


def _is_as_handed_in(content: bytes, file: FileKept) -> bool:
    """Whether a file is what was handed in; of newer ones the sealed bytes say so."""
    return not file.sha256 or hashlib.sha256(content).hexdigest() == file.sha256


def _handed_in(view: View) -> Iterator[tuple[tuple[Any, ...], FileKept, Value]]:
    """Every file: where it was handed in, by whom and about what, the file, and its day."""
    for note in notes(view):
        evidence = evidence_in(note)
        if evidence.file is not None:
            about = (note.position, note.round, note.stakeholder, note.item)
            yield about, evidence.file, evidence.dated
    for position, file in attached_files(view):
        yield (position, None, None, None), file, None
