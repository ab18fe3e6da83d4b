"""The words that were typed and the files that were handed in, of what may be told; never a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from ehsg_events.kernel import TOPICS, Words
from ehsg_events.log.vault import Opened
from ehsg_events.values.evidence import FileKept
from projections.facts.view import View
from projections.history.evidence_files import attached_files, evidence_in
from projections.pack.facts import Facts
from projections.tables.csv import listed

OPENED = ("words", "because", "meaning")  # names of people, of files and of colleagues stay sealed
FILES = ("position", "round", "stakeholder", "item", "sha256", "bytes", "dated", "kept_as")


def words(view: View, facts: Facts) -> bytes:
    """The typed words behind the facts that are told, a line of JSON each, in the log's order."""
    lines = (
        {"position": position, "stands_in": name, **sealed.model_dump(mode="json")}
        | _opened(view.opened(sealed, position))
        for position, name, sealed in _sealed(view, facts)
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _opened(opened: Opened) -> dict[str, Any]:
    return {"text": opened.text, "lost": opened.loss}


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
    for about, day, file in _kept(view):
        name = f"evidence/{file.sha256}.{file.ending}"
        opened = view.opened(file.content, about[0])
        if opened.content is not None and hashlib.sha256(opened.content).hexdigest() == file.sha256:
            kept[name] = opened.content
        kept_as = name if name in kept else opened.loss or "unreadable"
        rows.append((*about, file.sha256, file.size, day, kept_as))
    return {"evidence/files.csv": listed(FILES, rows), **kept}


def _kept(view: View) -> Iterator[tuple[tuple[Any, ...], date | None, FileKept]]:
    """Each file with its fact's position, round, person and item, and the day it speaks of."""
    for row in view.ask("SELECT * FROM notes ORDER BY position"):
        evidence = evidence_in(row)
        if evidence.file is not None:
            about = (row["position"], row["round"], row["stakeholder"], row["item"])
            yield about, evidence.dated, evidence.file
    for position, file in attached_files(view):
        yield (position, None, None, None), None, file
