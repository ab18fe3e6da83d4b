"""What stands beside somebody's words as evidence, and the files that were handed in with them.

Nothing of a round that is still open is shown, and none of its files is given out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from ehsg_events.events import EvidenceAttached
from ehsg_events.kernel import Frozen, Refused, Way, Words
from ehsg_events.log.vault import Loss, Opened
from ehsg_events.states.outcome import see_guide
from ehsg_events.values.evidence import Evidence, FileKept
from projections.facts.view import View
from projections.folded.notes import NoteRow, notes

WHOLE = slice(None)


class Beside(Frozen):
    """The kind of evidence, where it is from, the day it speaks of, and the file if it is one.

    `source` and `file` are as they were typed, or say why they cannot be read; null when there are
    none. `sha256` is the digest of the sealed file, of older ones that of the file as it was handed in.
    """

    kind: str
    source: str | None = None
    dated: str | None = None
    file: str | None = None
    size: int | None = None
    sha256: str | None = None


class Noted(Frozen):
    """Words that stand in a closed round, or why they cannot be read, and what stands beside them."""

    position: int
    round: int
    stakeholder: str
    agency: str
    item: str
    field: str
    words: str | None
    lost: Loss | None = None
    evidence: Beside


def beside(view: View, kept: Evidence, position: int) -> Beside:
    """Evidence as it is shown, the source and the file's name opened of the fact at a position."""
    file = kept.file

    def shown(words: Words | None) -> str | None:
        return view.opened(words, position).says if words else None

    return Beside(
        kind=kept.kind,
        source=shown(kept.origin),
        dated=kept.dated.isoformat() if kept.dated else None,
        file=shown(file.name) if file else None,
        size=file.size if file else None,
        sha256=file.digest if file else None,
    )


def noted(view: View, item: str | None = None, which: slice = WHOLE) -> list[Noted]:
    """Everything that was said as evidence in closed rounds, about one item or all.

    Args:
        which: the only ones whose words are opened, by their order.

    Raises:
        Refused: the guide has no such item.
    """
    if item is not None and item not in view.guide.items:
        raise Refused(f"{view.guide.id} has no item {item}.", see_guide(view.guide), field="item")
    return [
        Noted(
            position=row.position,
            round=row.round,
            stakeholder=row.stakeholder,
            agency=row.agency,
            item=row.item,
            field=row.field,
            words=opened.text,
            lost=opened.loss,
            evidence=beside(view, evidence_in(row), row.position),
        )
        for row in [row for row in notes(view) if item in (None, row.item)][which]
        for opened in (words_in(view, row),)
    ]


def whose_file(view: View, digest: str) -> frozenset[str]:
    """Who handed a file in as evidence in a closed round; nobody, if it is of the whole or unknown."""
    return frozenset(
        row.stakeholder
        for row in notes(view)
        if (file := evidence_in(row).file) and file.digest == digest
    )


def endings(view: View) -> dict[str, str]:
    """The kind of each file of closed rounds and of the whole, by what names it."""
    files = [file for row in notes(view) if (file := evidence_in(row).file)]
    files += [file for _, file in attached_files(view)]
    return {file.digest: file.ending for file in files}


def file_of(view: View, digest: str) -> bytes:
    """The content of a file that was handed in as evidence in a closed round.

    Args:
        digest: what names it, or the beginning of it.

    Raises:
        Refused: there is no such file or more than one, or what is kept is not what was handed in.
    """
    files = {file.digest: file for row in notes(view) if (file := evidence_in(row).file)}
    files |= {file.digest: file for _, file in attached_files(view)}
    matches = [file for known, file in files.items() if known.startswith(digest.lower())]
    if len(matches) != 1:
        raise Refused(
            f"{len(matches) or 'No'} files of closed rounds have a digest beginning with {digest}.",
            Way("evidence list", "see what can be taken out"),
        )
    return _content(view, matches[0])


def attached_files(view: View) -> Iterator[tuple[int, FileKept]]:
    """The files that were attached to the assessment as a whole, each with its fact's position."""
    for row in view.facts(_Attached, ("EvidenceAttached",), fact="state.fact"):
        fact = EvidenceAttached.model_validate_json(row.fact)
        if fact.evidence and fact.evidence.file and fact.attached in view.state.attached:
            yield row.position, fact.evidence.file


class _Attached(NamedTuple):
    position: int
    fact: str


def _content(view: View, file: FileKept) -> bytes:
    opened = view.log.opened(file.content)
    content = opened.content
    if content is None:
        raise Refused(f"This file cannot be taken out. {opened.says}")
    if file.sha256 and hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refused(
            f"The file that is kept is not the one that was handed in: its digest is not "
            f"{file.sha256}. Restore the log from a backup."
        )
    return content


def words_in(view: View, note: NoteRow) -> Opened:
    """The words of a note, or why they cannot be read."""
    sealed = Words.model_validate(note.words)
    return words_beside(view, sealed, evidence_in(note).file, note.position)


def words_beside(view: View, sealed: Words, file: FileKept | None, position: int) -> Opened:
    """Words that came with a file or without one, or why they cannot be read.

    A file without words once lent them its name, which is told to nobody: its kind stands there.
    """
    opened = view.opened(sealed, position)
    if file is None or opened.text is None or opened.text != view.opened(file.name, position).text:
        return opened
    return opened._replace(content=file.kind.encode())


def evidence_in(note: NoteRow) -> Evidence:
    """What stands beside a note; a plain statement when nothing does."""
    stored = json.loads(note.evidence or "null")
    return Evidence.model_validate(stored) if stored else Evidence(kind="statement")
