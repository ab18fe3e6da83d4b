"""The text of a file, whatever program saved it."""

from __future__ import annotations

from ehsg_events.kernel import Refused

LONGEST = 2_000_000  # bytes; a form has about 100,000
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
PACKED = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SAMPLE = 4000  # bytes that show how a text was encoded
MOSTLY = 0.3  # of the bytes: every second byte of UTF-16 is nought in a Western text


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        Refused: it is not text, or far too long for a form.
    """
    if len(content) > LONGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {LONGEST}.")
    if content.startswith(PACKED):
        raise Refused(
            "The file is a PDF or a word processor's file, but its name ends as a text's does. "
            "Give it back its own ending: .docx, .pdf or .xlsx."
        )
    for encoding in (_encoding(content), "utf-8", "cp1252"):
        text = _read(content, encoding) if encoding else None
        if text is not None:
            return text
    raise Refused(
        "The file is not text in UTF-8, UTF-16 or Windows-1252. Save it as plain text again, or "
        "hand in the DOCX or PDF itself."
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
        text = content.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
