"""The text of a file that was handed in, whatever program saved it."""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Refused

LONGEST = 2_000_000  # bytes; a form has about 100,000
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
PACKED = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SAMPLE = 4000  # bytes that show how a text was encoded
MOSTLY = 0.3  # of the bytes: every second byte of UTF-16 is nought in a Western text
OLD = "cp1252"


class Decoded(NamedTuple):
    """A file's text, and a sentence on how it was read where that was a guess."""

    text: str
    note: str = ""


def decoded(content: bytes, name: str = "The file") -> Decoded:
    """The text of a file in UTF-8, UTF-16 or Windows-1252.

    Args:
        name: what to call the file.

    Raises:
        Refused: it is not text, or far too long.
    """
    if len(content) > LONGEST:
        raise Refused(f"{name} has {len(content)} bytes; at most {LONGEST} are read.")
    if content.startswith(PACKED):
        raise Refused(
            f"{name} is a PDF or a word processor's file, but its name ends as a text's does. "
            "Give it back its own ending: .docx, .pdf or .xlsx."
        )
    for encoding in (_encoding(content), "utf-8", OLD):
        text = _read(content, encoding) if encoding else None
        if text is not None:
            return Decoded(text, _guessed(content, text, name) if encoding == OLD else "")
    raise Refused(
        f"{name} is not text in UTF-8, UTF-16 or Windows-1252. Save it as plain text again; a "
        "form can be handed in as DOCX or PDF itself."
    )


def _encoding(content: bytes) -> str | None:
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    if marked:
        return marked
    sample = content[:SAMPLE]
    if sample[1::2].count(0) > MOSTLY * len(sample):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > MOSTLY * len(sample) else None


def _read(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding, errors="replace" if encoding == OLD else "strict")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _guessed(content: bytes, text: str, name: str) -> str:
    """What was taken for Windows-1252, with letters to look at: a program cannot tell."""
    first = next(place for place, byte in enumerate(content) if byte > 127)
    seen = text[max(0, first - 30) : first + 30].splitlines()
    around = next((line.strip() for line in seen if any(ord(c) > 127 for c in line)), "")
    return f"{name} is read as Windows-1252. Look whether the letters are right: {around}"
