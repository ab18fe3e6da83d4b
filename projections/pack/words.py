"""The words that were typed and the files that were handed in, of what may be told; never a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ehsg_events.kernel import TOPICS, Words
from ehsg_events.values.evidence import FileKept
from projections.facts.view import View
from projections.history.evidence_files import attached_files, evidence_in, file_of, words_beside
from projections.pack.facts import Facts
from projections.tables.csv import listed
from projections.tables.model import Value

OPENED = ("words", "because", "meaning")  # names of people, of files and of colleagues stay sealed
FILES = ("position", "round", "stakeholder", "item", "digest", "bytes", "dated", "kept_as")
FORGOTTEN = "forgotten"


def words(view: View, facts: Facts) -> bytes:
    """The typed words behind the facts that are told, a line of JSON each, in the log's order."""
    lines = (
        {"position": facts.place(position), "stands_in": name, **sealed.model_dump(mode="json")}
        | _opened(view, sealed, file)
        for position, name, sealed, file in _sealed(view, facts)
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _opened(view: View, sealed: Words, file: FileKept | None) -> dict[str, Any]:
    text = words_beside(view, sealed, file)
    return {"text": text, FORGOTTEN: text is None}


def _sealed(view: View, facts: Facts) -> Iterator[tuple[int, str, Words, FileKept | None]]:
    for row in view.ask("SELECT position, topic, fact FROM trail ORDER BY position"):
        if row["position"] not in facts.told:
            continue
        fact: Any = TOPICS[row["topic"]].model_validate_json(row["fact"])
        for name in OPENED:
            if isinstance(sealed := getattr(fact, name, None), Words):
                file = getattr(getattr(fact, "evidence", None), "file", None)
                yield row["position"], name, sealed, file
        cells = [cell for line in getattr(fact, "rows", ()) for cell in line]
        for cell in (cell for cell in cells if cell.words):
            yield row["position"], f"rows.{cell.column}", cell.words, None
        origin = getattr(getattr(fact, "evidence", None), "origin", None)
        if isinstance(origin, Words):
            yield row["position"], "evidence.origin", origin, None


def files(view: View) -> dict[str, bytes]:
    """The files that stand as evidence in closed rounds, by number, and a list of them."""
    rows: list[tuple[Value, ...]] = []
    kept: dict[str, bytes] = {}
    for number, (about, file, dated) in enumerate(_handed_in(view), start=1):
        name = f"evidence/file-{number}.{file.ending}"
        is_kept = view.log.content(file.content) is not None
        if is_kept:
            kept[name] = file_of(view, file.digest)
        rows.append((*about, file.digest, file.size, dated, name if is_kept else FORGOTTEN))
    return {"evidence/files.csv": listed(FILES, rows), **kept}


def _handed_in(view: View) -> Iterator[tuple[tuple[Value, ...], FileKept, Value]]:
    """Every file: where it was handed in, by whom and about what, the file, and its day."""
    for row in view.ask("SELECT * FROM notes ORDER BY position"):
        evidence = evidence_in(row)
        if evidence.file is not None:
            about = (row["position"], row["round"], row["stakeholder"], row["item"])
            yield about, evidence.file, evidence.dated
    for position, file in attached_files(view):
        yield (position, None, None, None), file, None
