"""A letter as a message of e-mail, the same bytes for the same letter and settings.

Each header is written whole, on a line of its own, and only a long subject is folded: Python's
library would fold Message-IDs and the address that stops reminders into encoded words, which nobody
reads there, and lose spaces of a subject. The texts are encoded so that no line of them is long, and
boundaries come from the letter's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from email.header import Header
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from textwrap import wrap
from uuid import UUID

from jinja2 import Environment

from bots.mail.addresses import UTF_8, in_ascii
from bots.mail.calendar import calendar, method
from bots.mail.letter import Entry, Letter
from bots.mail.plain import lines, one_line
from bots.mail.settings import Settings
from projections.templating import templates

HERE = Path(__file__).parent
END = b"\r\n"
LONGEST = 76  # letters of a line of a header, where it can be folded
FILE = "calendar.ics"


def message_id(letter: UUID, settings: Settings) -> str:
    """The Message-ID of the letter with an id; the same as long as the sender's domain is."""
    return f"<{letter}@{settings.sender.domain}>"


def message(letter: Letter, settings: Settings) -> bytes:
    """A letter as it is handed to a mail server.

    Raises:
        ValueError: an address of it is none.
    """
    parts = [_part(text_of(letter), "plain"), _part(_html(letter), "html")]
    content = _multipart("alternative", parts, letter.id)
    if letter.entry is not None:
        content = _multipart("mixed", [content, _attached(letter.entry)], letter.id)
    return b"".join(_headers(letter, settings)) + content


def text_of(letter: Letter) -> str:
    """The letter in plain text; its link alone on a line, so that nothing is taken for a part of it."""
    said = [letter.greeting, *letter.paragraphs]
    link = [f"{one_line(letter.link.label)}:\n{letter.link.url}"] if letter.link else []
    paragraphs = ["\n".join(lines(each)) for each in said] + link
    return "\n\n".join([*paragraphs, *("\n".join(lines(each)) for each in letter.closing)]) + "\n"


# -- headers ---------------------------------------------------------------------------------------
def _headers(letter: Letter, settings: Settings) -> Iterator[bytes]:
    """All headers but those of the content."""
    yield _header("From", str(settings.sender))
    yield _header("To", in_ascii(letter.to) or "")
    yield _subject(one_line(letter.subject))
    yield _header("Date", format_datetime(letter.at.astimezone(UTC)))
    yield _header("Message-ID", message_id(letter.id, settings))
    if letter.thread is not None:
        for name in ("In-Reply-To", "References"):
            yield _header(name, message_id(letter.thread, settings))
    if reply_to := in_ascii(letter.reply_to or ""):
        yield _header("Reply-To", reply_to)
    if letter.automatic:
        yield _header("Auto-Submitted", "auto-generated")
    yield _header("X-Auto-Response-Suppress", "All")
    if letter.stop is not None:
        yield _header("List-Unsubscribe", f"<{letter.stop}>")
        yield _header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    yield _header("MIME-Version", "1.0")


def _header(name: str, value: str) -> bytes:
    if not (value and value.isascii() and value.isprintable()):
        raise ValueError(f"{name} of a letter is empty, or cannot stand in a header")
    return f"{name}: {value}\r\n".encode()


def _subject(text: str) -> bytes:
    """The subject, folded between words, or wholly encoded where that would not bring it across."""
    folded = wrap(f"Subject: {text}", LONGEST, break_long_words=False, break_on_hyphens=False)
    plain = text.isascii() and "=?" not in text and max(map(len, folded)) <= LONGEST
    if plain:
        return "\r\n ".join(folded).encode() + END
    encoded = Header(text, UTF_8, LONGEST, "Subject").encode(linesep="\r\n")
    return f"Subject: {encoded}\r\n".encode()


# -- content ---------------------------------------------------------------------------------------
def _html(letter: Letter) -> str:
    return (
        _templates()
        .get_template("letter.html")
        .render(
            language=letter.language,
            subject=one_line(letter.subject),
            paragraphs=[lines(each) for each in (letter.greeting, *letter.paragraphs)],
            label=one_line(letter.link.label) if letter.link else "",
            url=letter.link.url if letter.link else "",
            closing=[lines(each) for each in letter.closing],
            stop=letter.stop or "",
        )
    )


@cache
def _templates() -> Environment:
    return templates(HERE / "templates")


def _part(text: str, subtype: str) -> bytes:
    part = MIMEPart(policy=SMTP)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="quoted-printable")
    return part.as_bytes()


def _attached(entry: Entry) -> bytes:
    part = MIMEPart(policy=SMTP)
    params = {"charset": "utf-8", "method": method(entry), "name": FILE}
    part.set_content(calendar(entry), "text", "calendar", params=params, filename=FILE)
    return part.as_bytes()


def _multipart(subtype: str, parts: Sequence[bytes], letter: UUID) -> bytes:
    """Parts under one head; `=_` in a boundary stands in no text that is encoded as these are."""
    boundary = f"=_{letter.hex}_{subtype}"
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    mark = f"--{boundary}".encode()
    return head + b"".join(mark + END + part + END for part in parts) + mark + b"--" + END
