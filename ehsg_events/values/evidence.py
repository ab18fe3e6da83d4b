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

    A digest of what was handed in would outlive its forgetting and tell a guess from another. So
    what names a file is the digest of its ciphertext, which is made under its person's key.
    `sha256`, that of the plain content, stands in facts of earlier releases only.
    """

    content: Words
    name: Words
    ending: str
    size: int = Field(ge=1, le=MOST_FILE)
    sha256: str | None = None

    @property
    def digest(self) -> str:
        """What names the file where its own name is not told."""
        return self.sha256 or self.content.sha256

    @property
    def kind(self) -> str:
        """What is said in the place of its name, such as PDF file."""
        return file_kind(self.ending)


def file_kind(ending: str) -> str:
    """A file as it is called where its name is not told."""
    return f"{ending.upper()} file"


class Evidence(Frozen):
    """A statement, a link or a file, with its source and the day it is about, where known."""

    kind: Literal["statement", "link", "file"]
    origin: Words | None = None
    dated: date | None = None
    file: FileKept | None = None
