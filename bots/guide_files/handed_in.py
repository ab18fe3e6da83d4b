"""A guide's file that was handed in, as text or as a workbook: what it holds, or each mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ehsg_events.kernel import Refused
from guides import library

if TYPE_CHECKING:
    from guides.mistakes import Document, Mistake
    from guides.model import Guide

SHOWN = 50  # mistakes told at once


class HandedIn(NamedTuple):
    """A file without a mistake: what it holds, and the text that is published of it."""

    document: Document
    content: bytes

    @property
    def digest(self) -> str:
        """What the published text is known by."""
        return sha256(self.content).hexdigest()


def handed_in(name: str, content: bytes, folder: Path) -> HandedIn:
    """A guide's file, read.

    Args:
        name: what the file is called; a workbook ends in .xlsx.
        folder: the data folder, whose own guides it may refer to.

    Raises:
        Refused: it has mistakes; each in a sentence, with its place.
    """
    text = _from_workbook(name, content) if name.casefold().endswith(".xlsx") else content
    return _from_text(name, text, folder)


def publish(handed: HandedIn, folder: Path) -> str:
    """Freeze it in a data folder; from now on it can be used, and never changed.

    Returns:
        Its digest.

    Raises:
        Refused: its name or version is taken, or a version is left out before it.
    """
    try:
        return library.publish(handed.document, handed.content, folder)
    except library.NotPublished as refused:
        raise Refused(str(refused)) from None


def checked(text: str, folder: Path | None) -> tuple[Document | None, list[Mistake]]:
    """What a new file holds, none if it has mistakes; and every mistake in it.

    Args:
        folder: the data folder, whose own guides it may refer to.
    """
    from guides.mistakes import check  # reads YAML, which is slow to load

    return check(text, lambda other: library.guide(other, folder).guide, new=True)


def refuse_mistakes(name: str, mistakes: Sequence[Mistake]) -> None:
    """Refuse a file that has any.

    Args:
        name: what the file is called.
    """
    if mistakes:
        more = len(mistakes) - SHOWN
        rest = [f"{name} has {more} more mistakes."] if more > 0 else []
        said = [mistake.said(name) for mistake in mistakes[:SHOWN]]
        raise Refused("\n".join(said + rest), field="file")


def from_workbook(file: Path, name: str) -> Guide:
    """A guide in a workbook.

    Raises:
        Refused: it is none, or has mistakes; each at its sheet and cell.
    """
    from pydantic import ValidationError

    from guides import workbook
    from guides.model import Guide
    from guides.yaml_text import Unreadable

    try:
        plain = workbook.load(file)
    except Unreadable as trouble:
        raise Refused(f"{name}, {trouble}.", field="file") from None
    try:
        return Guide.model_validate(plain)
    except ValidationError as trouble:
        raise Refused("\n".join(workbook.mistakes(plain, trouble, name)), field="file") from None


def _from_text(name: str, content: bytes, folder: Path) -> HandedIn:
    from guides.yaml_text import Unreadable, decoded

    try:
        text = decoded(content)
    except Unreadable as trouble:
        raise Refused(f"{name}: {trouble.what}.", field="file") from None
    found, mistakes = checked(text, folder)
    refuse_mistakes(name, mistakes)
    assert found is not None, "there is no mistake in it"
    return HandedIn(found, content)


def _from_workbook(name: str, content: bytes) -> bytes:
    from guides.writing import as_yaml

    with TemporaryDirectory() as place:  # a guide is no secret; its reader wants a file
        file = Path(place) / "guide.xlsx"
        file.write_bytes(content)
        return as_yaml(from_workbook(file, name)).encode()
