"""The words that were typed and the files that were handed in, of what may be told; never a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ehsg_events.kernel import TOPICS, Words
from projections.facts.view import View
from projections.history.evidence_files import attached_files, evidence_in, file_of
from projections.pack.facts import Facts
from projections.tables.csv import listed

OPENED = ("words", "because", "meaning")  # names of people, of files and of colleagues stay sealed
FILES = ("position", "round", "stakeholder", "item", "sha256", "bytes", "dated", "kept_as")
FORGOTTEN = "forgotten"


def words(view: View, facts: Facts) -> bytes:
    """The typed words behind the facts that are told, a line of JSON each, in the log's order."""
    lines = (
        {"position": facts.place(position), "stands_in": name, **sealed.model_dump(mode="json")}
        | _opened(view, sealed)
        for position, name, sealed in _sealed(view, facts)
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _opened(view: View, sealed: Words) -> dict[str, Any]:
    text = view.log.text(sealed)
    return {"text": text, FORGOTTEN: text is None}


def _sealed(view: View, facts: Facts) -> Iterator[tuple[int, str, Words]]:
    for row in view.ask("SELECT position, topic, fact FROM trail ORDER BY position"):
        if row["position"] not in facts.told:
            continue
        fact: Any = TOPICS[row["topic"]].model_validate_json(row["fact"])
        for name in OPENED:
            if isinstance(sealed := getattr(fact, name, None), Words):
                yield row["position"], name, sealed
        cells = [cell for line in getattr(fact, "rows", ()) for cell in line]
        for cell in (cell for cell in cells if cell.words):
            yield row["position"], f"rows.{cell.column}", cell.words
        origin = getattr(getattr(fact, "evidence", None), "origin", None)
        if isinstance(origin, Words):
            yield row["position"], "evidence.origin", origin


def files(view: View) -> dict[str, bytes]:
    """The files that stand as evidence in closed rounds, and a list of them with their digests."""
    rows, kept = [], {}
    for row in view.ask("SELECT * FROM notes ORDER BY position"):
        evidence = evidence_in(row)
        if evidence.file is None:
            continue
        name = f"evidence/{evidence.file.sha256}.{evidence.file.ending}"
        is_kept = view.log.content(evidence.file.content) is not None
        if is_kept:
            kept[name] = file_of(view, evidence.file.sha256)
        about = (row["position"], row["round"], row["stakeholder"], row["item"])
        kept_as = name if is_kept else FORGOTTEN
        rows.append((*about, evidence.file.sha256, evidence.file.size, evidence.dated, kept_as))
    for position, file in attached_files(view):
        name = f"evidence/{file.sha256}.{file.ending}"
        is_kept = view.log.content(file.content) is not None
        if is_kept:
            kept[name] = file_of(view, file.sha256)
        kept_as = name if is_kept else FORGOTTEN
        rows.append((position, None, None, None, file.sha256, file.size, None, kept_as))
    return {"evidence/files.csv": listed(FILES, rows), **kept}
