"""What a form carried, whatever becomes of it: words that were not recorded are shown back to copy.

One mechanism for every page and every status: what a form sends is read along on its way to the app,
and a page that answers it says again whatever does not stand in one of its boxes already. Nothing of
it is kept beyond the request.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from ehsg_events.values.evidence import MEGABYTE, MOST_FILE

PLACE = "<!-- what was typed -->"  # where a page says it again; no words can hold this unescaped
RECORDED = "recorded"  # in the request's state: the names of the fields that were recorded
MARKS = frozenset(  # what pages put into their own forms, and what is chosen rather than typed
    {
        *("nonce", "at", "round", "seen", "do", "to", "choice", "remove", "assessment"),
        *("item", "score", "check", "checked", "guide"),
    }
)
CHOSEN = "place-"  # a place in an order, for which one of a list is chosen
KEPT = "kept-"  # a file that was handed in with the form before
WAS = "was-"  # beside a box that was drawn filled: the digest of what stood in it
MOST_SHOWN = MEGABYTE  # of what was typed
MOST_READ = 10 * MOST_FILE  # of a body that is thrown away, so that the browser gets the answer
CHANGED_BY_BROWSERS = re.compile("[\0\ufffd]")
PATIENCE = 5  # seconds for the rest of a form that is answered before it came whole
Texts = dict[str, str]
Say = Callable[[list[str]], str]  # boxes to copy from, as a part of a page


class Typed:
    """One form on its way to the app.

    Args:
        say: says words back, as a part of a page.
    """

    def __init__(self, scope: Scope, receive: Receive, say: Say) -> None:
        self._scope, self._from, self._say = scope, receive, say
        self._reader = _reader(Headers(scope=scope).get("content-type", ""))
        self._read, self._ended = 0, False
        self._start: Message = {}
        self._body = b""

    async def receive(self) -> Message:
        """The next piece of the form, read along."""
        message = await self._from()
        body = message.get("body", b"")
        self._read += len(body)
        self._reader.feed(body)
        self._ended = message["type"] != "http.request" or not message.get("more_body")
        return message

    def answering(self, send: Send) -> Send:
        """Sends what the app answers, with the words that were not recorded."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start = message
                if not _is_page(message):
                    await send(message)
            elif not _is_page(self._start):
                await send(message)
            else:
                self._body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._finish(send)

        return answer

    async def _finish(self, send: Send) -> None:
        if self._start["status"] != HTTPStatus.REQUEST_TIMEOUT:  # that form was waited for already
            await self._rest()
        recorded = self._scope.get("state", {}).get(RECORDED, frozenset())
        left = {n: text for n, text in self._reader.fields().items() if n not in recorded}
        body = said_back(self._body.decode(), left, self._say).encode()
        start = {**self._start, "headers": list(self._start["headers"])}
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _rest(self) -> None:
        """Take the rest of the form off the wire: its words, and so that the browser listens."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not self._ended and self._read <= MOST_READ:
                    await self.receive()


def said_back(page: str, fields: Texts, say: Say) -> str:
    """A page with what was typed into a form and stands in none of the page's boxes."""
    if PLACE not in page:
        return page
    boxes = _Boxes(page).texts
    lost = [text for text in typed_in(fields).values() if not _stands(text, boxes)]
    return page.replace(PLACE, say(lost), 1) if lost else page


def _stands(text: str, boxes: Collection[str]) -> bool:
    """Whether words stand in the boxes of a page, or each of several choices is made in it."""
    lines = text.split("\n")
    return not text.strip() or text in boxes or all(line in boxes for line in lines)


def typed_in(fields: Texts) -> Texts:
    """Those fields of a form that somebody typed into, as they were typed."""
    typed = {
        name: text
        for name, text in fields.items()
        if name not in MARKS and not name.startswith((WAS, CHOSEN, KEPT))
    }
    return {name: text for name, text in typed.items() if fields.get(WAS + name) != digest_of(text)}


def digest_of(text: str) -> str:
    """A mark for what a box was drawn with, by which a change to it is told.

    Browsers change line breaks and characters that no page can hold, which is no change of words.
    """
    plain = CHANGED_BY_BROWSERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:16]


def as_typed(sent: str) -> str:
    """Words as they were typed: a browser sends every line break as two characters."""
    return sent.replace("\r\n", "\n").encode(errors="replace").decode()


def _is_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return kind.startswith("text/html")


class _Encoded:
    """Reads a form of fields alone."""

    def __init__(self) -> None:
        self._body = bytearray()

    def feed(self, piece: bytes) -> None:
        """Read on."""
        self._body += piece[: MOST_SHOWN - len(self._body)]

    def fields(self) -> Texts:
        """The fields so far."""
        pairs = parse_qsl(self._body.decode(errors="replace"), keep_blank_values=True)
        return {name: as_typed(value) for name, value in pairs}


class _Parts:
    """Reads a form that may hold files, which are passed over; a part that is cut off counts."""

    def __init__(self, boundary: bytes) -> None:
        self._fields: dict[str, bytearray] = {}
        self._taken, self._name, self._header, self._value = 0, "", b"", b""
        names = ("part_begin", "part_data", "header_field", "header_value", "header_end")
        calls = {f"on_{name}": getattr(self, f"_{name}") for name in names}
        self._parser: MultipartParser | None = MultipartParser(boundary, calls)  # type: ignore[arg-type]

    def feed(self, piece: bytes) -> None:
        """Read on, unless it is none of our forms."""
        try:
            if self._parser is not None:
                self._parser.write(piece)
        except FormParserError:
            self._parser = None

    def fields(self) -> Texts:
        """The fields so far."""
        return {
            name: as_typed(bytes(b).decode(errors="replace")) for name, b in self._fields.items()
        }

    def _part_begin(self) -> None:
        self._name = ""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            is_file = b"filename" in options
            self._name = "" if is_file else options.get(b"name", b"").decode(errors="replace")
        self._header, self._value = b"", b""

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name:
            piece = data[start : min(end, start + MOST_SHOWN - self._taken)]
            self._taken += len(piece)
            self._fields.setdefault(self._name, bytearray()).extend(piece)


def _reader(kind: str) -> _Encoded | _Parts:
    _, options = parse_options_header(kind)
    boundary = options.get(b"boundary")
    return _Parts(boundary) if boundary and kind.startswith("multipart/") else _Encoded()


class _Boxes(HTMLParser):
    """What stands in the boxes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self._typed: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look into a box of one line, and at what is chosen."""
        given = dict(attrs)
        if tag == "textarea":
            self._typed = ""
        elif (tag == "input" and (given.get("type", "text") == "text" or "checked" in given)) or (
            tag == "option" and "selected" in given
        ):
            self.texts.add(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        """Read what stands in a larger box."""
        if self._typed is not None:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag == "textarea" and self._typed is not None:
            self.texts.add(self._typed.removeprefix("\n"))
            self._typed = None
