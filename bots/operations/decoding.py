"""The text of a file that was handed in, in the encodings in which offices save."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from ehsg_events.kernel import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OLD = "Windows-1252"


class Decoded(NamedTuple):
    """A file's text, and a sentence on how it was read where that was a guess."""

    text: str
    note: str = ""


def decoded(content: bytes, name: str) -> Decoded:
    """The text of a file: UTF-8, UTF-16, or as Windows in the west saved it before.

    Raises:
        Refused: it is no text.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Decoded(_read(content[len(mark) :], encoding, name))
    if guessed := _without_mark(content):
        return Decoded(_read(content, guessed, name))
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError as first:
        return _as_windows_does(content, name, first.start)


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without a mark: of ordinary letters every second byte is nothing."""
    pairs = content[:4000]
    for encoding, nothing in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[::2])):
        if len(nothing) > 1 and nothing.count(0) > len(nothing) * 0.7:
            return encoding
    return None


def _read(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as mistake:
        raise Refused(
            f"{name}, byte {mistake.start + 1}: not {encoding.upper()}, though the file begins "
            f"like it. Save it once more, as UTF-8 text."
        ) from None


def _as_windows_does(content: bytes, name: str, first: int) -> Decoded:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as mistake:
        line = content[: mistake.start].count(b"\n") + 1
        raise Refused(
            f"{name}, line {line}: this is neither UTF-8 nor {OLD}. Save the file as UTF-8 text; "
            f"Excel calls it “CSV UTF-8”."
        ) from None
    line = content[:first].count(b"\n")
    seen = text.splitlines()[line].strip()[:60] if text.splitlines()[line:] else ""
    return Decoded(
        text,
        f"{name} is read as {OLD}, as Excel saves CSV. Look whether the letters are right: {seen}",
    )
