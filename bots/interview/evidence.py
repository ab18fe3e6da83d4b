"""What comes with words: a link, a file, where it is from and of which day. No clock, no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from ehsg_events.events import Concern
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.evidence import FILE_KINDS, MEGABYTE, MOST_FILE, Evidence, FileKept
from ehsg_events.values.personal import is_nhs_number_in

TEXTS = [ending for ending, signature in FILE_KINDS.items() if not signature]
MOST_READ = 20_000  # characters of a text file that are read as words; a thousand take a hundredth
MOST_ORIGIN = 300  # characters of a source; more is a note of its own


@dataclass(frozen=True)
class Handed:
    """A file as it was handed over; it may be hostile until it has been checked.

    `size` is the announced size, given where the file was too large to be read at all.
    """

    name: str
    content: bytes
    size: int | None = None


def concern_of_file(name: str, content: bytes) -> Concern | None:
    """Why a file must not be kept: what its name tells, and of a text file what it says.

    A text is looked at as words are, as far as somebody could have typed it; the rest, such as a
    list of cases, for NHS numbers. Other kinds of files are not read.
    """
    said = concern_in(name)
    if said is None and name.rpartition(".")[2].lower() in TEXTS:
        text = _text(content)
        said = concern_in(text[:MOST_READ])
        said = said or ("nhs-number" if is_nhs_number_in(text) else None)
    return said


def _text(content: bytes) -> str:
    """A file's text, in whichever encoding an office saved it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def enclosed(
    text: str,
    origin: str,
    dated: date | None,
    file: Handed | None,
    seal: Callable[[str | bytes], Words],
) -> Evidence | None:
    """The evidence to keep with a note; none for a plain statement.

    Raises:
        Refused: the file is of a kind or a size that is not taken, or the source is too long.
    """
    origin = origin.strip()
    if len(origin) > MOST_ORIGIN:
        raise Refused(
            _(
                "The source is {length} characters long. Name it in at most {most}, and "
                "put the rest into your words.",
                length=len(origin),
                most=MOST_ORIGIN,
            )
        )
    link = is_link(text)
    if not (origin or dated or file or link):
        return None
    return Evidence(
        kind="file" if file else "link" if link else "statement",
        origin=seal(origin) if origin else None,
        dated=dated,
        file=_kept(file, seal) if file else None,
    )


def is_link(text: str) -> bool:
    """Whether a text is one web address and nothing else."""
    if not re.fullmatch(r"https?://\S{1,2000}", text.strip(), re.I):
        return False
    try:
        return urlsplit(text.strip()).hostname is not None
    except ValueError:
        return False


def _kept(file: Handed, seal: Callable[[str | bytes], Words]) -> FileKept:
    ending = file.name.rpartition(".")[2].lower()
    size = len(file.content) if file.size is None else file.size
    if ending not in FILE_KINDS:
        raise _not_of_a_kind()
    if size == 0:
        raise Refused(
            _("That file is empty, or it did not reach us. Send it again, or paste a link to it.")
        )
    if size > MOST_FILE:
        raise Refused(
            _(
                "That file is {size:.1f} MB. It may be at most {most} MB; or paste a link to it.",
                size=size / MEGABYTE,
                most=MOST_FILE // MEGABYTE,
            )
        )
    if not _is_what_it_says(file.content, ending):
        raise _not_of_a_kind()
    return FileKept(
        content=seal(file.content),
        name=seal(file.name),
        ending=ending,
        size=len(file.content),
    )


def _not_of_a_kind() -> Refused:
    return Refused(
        _(
            "That file is not one that can be kept here. Send {kinds}, or paste a link to it.",
            kinds=", ".join(FILE_KINDS),
        )
    )


def _is_what_it_says(content: bytes, ending: str) -> bool:
    """Whether a file begins as files with its ending do; a text file holds no null byte."""
    signature = FILE_KINDS[ending]
    return content.startswith(signature) if signature else b"\0" not in content
