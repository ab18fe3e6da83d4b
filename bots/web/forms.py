"""What a person filled in, hostile until read: it becomes what they said or what is missing."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from bots.interview.conversation import Said
from bots.interview.evidence import Handed
from bots.phrases import web as phrases
from ehsg_events.values.evidence import MEGABYTE, MOST_FILE

MOST_BODY = 3 * MOST_FILE  # a photo of a phone, so that its size is refused in a sentence
MOST_READ = 10 * MOST_FILE  # of a body that is thrown away, so that the browser gets the answer
MOST_PART = MEGABYTE // 2
MOST_FIELDS = 20
MOST_MARK = 200  # characters of what the page itself puts into its forms
MOST_NAME = 120  # characters of a file's name
HAND_ON = "hand-on"  # `at` of the page that asks for a colleague's name
DAY_FIRST = re.compile(r"(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class TooLarge(Exception):
    """More came than a form can hold."""


class Unreadable(Exception):
    """What came is not one of our forms."""


class Mistake(NamedTuple):
    """What is missing or wrong, and the field it is about."""

    field: str
    words: str


@dataclass(frozen=True)
class Filled:
    """A form as it was sent back.

    `at` is the question the page was drawn for, `choice` a token, `do` any other button pressed.
    """

    nonce: str = ""
    at: str = ""
    do: str = ""
    choice: str = ""
    words: str = ""
    number: str = ""
    say: str = ""
    source: str = ""
    origin: str = ""
    dated: str = ""
    file: Handed | None = None

    @property
    def typed(self) -> str:
        """What was typed, wherever."""
        return self.words or self.say


class _InMemory(MultiPartParser):
    """What people send never touches a disk unsealed."""

    spool_max_size = MOST_BODY


async def read(request: Request) -> Filled:
    """Read a form.

    Raises:
        TooLarge: more came than a form can hold.
        Unreadable: it is not one of our forms.
    """
    body = _bounded(request)
    multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    parser: FormParser | MultiPartParser
    if multipart:
        sizes = {"max_files": 1, "max_fields": MOST_FIELDS, "max_part_size": MOST_PART}
        parser = _InMemory(request.headers, body, **sizes)
    else:
        parser = FormParser(request.headers, body, max_fields=MOST_FIELDS, max_part_size=MOST_PART)
    try:
        form = await parser.parse()
    except MultiPartException as mistake:
        async for _ in body:
            pass
        kind = TooLarge if "exceeded" in mistake.message else Unreadable
        raise kind from None
    try:
        return await _filled(form)
    finally:
        await form.close()


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    """The body, up to its bound; what is beyond is thrown away before it is refused."""
    taken = 0
    async for piece in request.stream():
        taken += len(piece)
        if taken <= MOST_BODY:
            yield piece
        elif taken > MOST_READ:
            break
    if taken > MOST_BODY:
        raise TooLarge


async def _filled(form: FormData) -> Filled:
    def text(name: str) -> str:
        value = form.get(name, "")
        return _text(value) if isinstance(value, str) else ""

    def mark(name: str) -> str:
        return text(name)[:MOST_MARK]

    upload = form.get("file")
    return Filled(
        nonce=mark("nonce"),
        at=mark("at"),
        do=mark("do"),
        choice=mark("choice"),
        words=text("words"),
        number=text("number").strip(),
        say=text("say"),
        source=mark("source"),
        origin=text("origin").strip(),
        dated=text("dated").strip(),
        file=await _handed(upload) if isinstance(upload, UploadFile) else None,
    )


def _text(sent: str) -> str:
    """Words as they were typed: a browser sends every line break as two characters."""
    return sent.replace("\r\n", "\n").encode(errors="replace").decode()


async def _handed(upload: UploadFile) -> Handed | None:
    """A file, by the last part of its name; none was chosen when it has no name."""
    name = CONTROL.sub("", re.split(r"[/\\]", _text(upload.filename or ""))[-1])
    return Handed(name[-MOST_NAME:], await upload.read()) if name else None


def sayings(form: Filled) -> list[Said] | Mistake:
    """What a person said with a form, in order, or what is missing or wrong in it."""
    match form.do:
        case "say":
            said = Said("words", form.say)
            return [said] if form.say.strip() else Mistake("say", phrases.TYPE_SOMETHING)
        case "amend":
            changed = Said("edit", form.words, form.source)
            return [changed] if form.words.strip() else Mistake("note", phrases.TYPE_TO_CHANGE)
        case "retract":
            return [Said("deletion", "", form.source)]
        case "number" if not form.choice:
            return _number(form)
        case "continue" if not form.choice:
            return Mistake("choice", phrases.CHOOSE)
        case "send":
            said = Said("words", form.words)
            return [said] if form.words.strip() else Mistake("words", phrases.TYPE_COLLEAGUE)
    return _words_and_choice(form)


def _number(form: Filled) -> list[Said] | Mistake:
    item, value = form.at.partition(":")[0], form.number.replace(":", " ")
    said = Said("choice", f"answer:{item}:{value[:MOST_MARK]}")
    return [said] if form.number else Mistake("number", phrases.TYPE_NUMBER)


def _words_and_choice(form: Filled) -> list[Said] | Mistake:
    """Words with what stands beside them, then what was pressed."""
    dated = _day(form.dated)
    has_words = (bool(form.words.strip()) or form.file is not None) and form.at != HAND_ON
    onward = form.choice or (f"next:{form.at}" if form.do == "on" else "")
    if isinstance(dated, Mistake):
        return dated
    if not has_words and (form.origin or dated):
        return Mistake("words", phrases.WORDS_FIRST)
    if not has_words and not onward:
        return Mistake("words", phrases.TYPE_WORDS)
    if has_words and onward.startswith("answer:"):
        return Mistake("words", phrases.ONE_OR_OTHER)
    words = Said("note", form.words, origin=form.origin, dated=dated, file=form.file)
    return [words] * has_words + [Said("choice", onward)] * bool(onward)


def _day(typed: str) -> date | Mistake | None:
    """A day as a browser sends it, or as it is written here: the day before the month."""
    written = DAY_FIRST.fullmatch(typed)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return Mistake("dated", phrases.NOT_A_DAY)
