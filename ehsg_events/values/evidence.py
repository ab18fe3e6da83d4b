"""What is recorded beside a note that is evidence: its kind, its source and its day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from ehsg_events.kernel import Frozen, Words

MEGABYTE = 1024 * 1024
MOST_FILE = 5 * MEGABYTE  # bytes
FILE_KINDS = {  # a file's ending, and how its content begins
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "odt": b"PK\x03\x04",
    "ods": b"PK\x03\x04",
    "csv": b"",
    "txt": b"",
}


class FileKept(Frozen):
    """A file as the log knows it: its content is sealed, and its name too, as it may name people.

    `sha256` is the digest of the original content; whoever holds the file can compare it.
    """

    content: Words
    name: Words
    ending: str
    size: int = Field(ge=1, le=MOST_FILE)
    sha256: str


class Evidence(Frozen):
    """A statement, a link or a file, with its source and the day it is about, where known."""

    kind: Literal["statement", "link", "file"]
    origin: Words | None = None
    dated: date | None = None
    file: FileKept | None = None
