"""What a person filled in, hostile until read: it becomes what they said or what is missing."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from bots.http.bodies import Bounds, TooLarge, pieces
from bots.interview.evidence import Handed
from bots.interview.said import Said
from bots.phrases import web as phrases
from bots.web.typed import MOST_READ, as_typed, typed_in
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.evidence import MEGABYTE, MOST_FILE

MOST_BODY = 3 * MOST_FILE  # a photo of a phone, so that its size is refused in a sentence
PATIENCE = 120  # seconds for one form to come; the largest file takes half of it on a slow line
AT_ONCE = 16  # forms with a file that are read at once; a room of people waits its turn
BOUNDS = Bounds(MOST_BODY, PATIENCE, AT_ONCE, MOST_READ)
MOST_PART = MEGABYTE // 2
MOST_FILES = 8  # one for each box of a page
MOST_FIELDS = 1000  # every note of a descriptor stands in its own form
MOST_MARK = 200  # characters of what the page itself puts into its forms
MOST_NAME = 120  # characters of a file's name
HAND_ON = "hand-on"  # `at` of the page that asks for a colleague's name
DAY_FIRST = re.compile(r"(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Unreadable(Exception):
    """What came is not one of our forms."""


class Mistake(NamedTuple):
    """What is missing or wrong, and the field it is about."""

    field: str
    words: str


@dataclass(frozen=True)
class Filled:
    """A form as it was sent back: its fields by name, and its files.

    `at` is the question the page was drawn for, `seen` what stood there then, `choice` a token, `do`
    any other button, `to` the page that was asked for with it.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Handed] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.fields.get(name, "")

    def mark(self, name: str) -> str:
        """What the page itself put into a field."""
        return self.text(name)[:MOST_MARK]

    @property
    def nonce(self) -> str:
        """The mark of this drawing of the page."""
        return self.mark("nonce")

    @property
    def at(self) -> str:
        """The question the page was drawn for."""
        return self.mark("at")

    @property
    def do(self) -> str:
        """The button that was pressed."""
        return self.mark("do")

    @property
    def to(self) -> str:
        """The page that was asked for."""
        return self.mark("to")

    @property
    def choice(self) -> str:
        """The token that was chosen."""
        return self.mark("choice")

    @property
    def remove(self) -> str:
        """The words that are to be taken back."""
        return self.mark("remove")

    @property
    def is_typed(self) -> bool:
        """Whether it holds words of the person's own."""
        return bool(self.files) or any(
            text.strip() for text in typed_in(dict(self.fields)).values()
        )

    def without(self, names: Collection[str]) -> Filled:
        """The form without some of its fields and files."""
        return Filled(
            {name: text for name, text in self.fields.items() if name not in names},
            {name: file for name, file in self.files.items() if name not in names},
        )


class Act(NamedTuple):
    """One thing that was said by a form: where on the page it stood, and by which of its fields."""

    said: Said
    field: str
    names: tuple[str, ...] = ()


class _InMemory(MultiPartParser):
    """What people send never touches a disk unsealed."""

    spool_max_size = MOST_BODY


async def read(request: Request) -> Filled:
    """Read a form.

    Raises:
        TooLarge: more came than a form can hold.
        TimeoutError: it did not come in time.
        ClientDisconnect: whoever sent it hung up.
        Unreadable: it is not one of our forms.
    """
    async with aclosing(pieces(request, BOUNDS)) as body:
        return await _read(request, body)


async def _read(request: Request, body: AsyncGenerator[bytes]) -> Filled:
    multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    parser: FormParser | MultiPartParser
    if multipart:
        sizes = {"max_files": MOST_FILES, "max_fields": MOST_FIELDS, "max_part_size": MOST_PART}
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


async def _filled(form: FormData) -> Filled:
    fields: dict[str, str] = {}
    files = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            handed = await _handed(value)
            if handed is not None:
                files[name] = handed
        else:  # of a list in which several are ticked, each is a line
            fields[name] = (
                f"{fields[name]}\n{as_typed(value)}" if name in fields else as_typed(value)
            )
    return Filled(fields, files)


async def _handed(upload: UploadFile) -> Handed | None:
    """A file, by the last part of its name; none was chosen when it has no name."""
    name = CONTROL.sub("", re.split(r"[/\\]", as_typed(upload.filename or ""))[-1])
    return Handed(name[-MOST_NAME:], await upload.read()) if name else None


# -- what was said ---------------------------------------------------------------------------------
def about(at: str) -> Ask | None:
    """The question a page was drawn for; none when it asks nothing."""
    item, _, box = at.partition(":")
    return Ask(item, box) if box else None


def said_in_words(form: Filled) -> list[Act] | list[Mistake]:
    """What was said in the box for a chat's words."""
    if not form.text("say").strip():
        return [Mistake("say", _(phrases.TYPE_SOMETHING))]
    return [Act(Said("words", form.text("say")), "say", ("say",))]


def colleague(form: Filled) -> list[Act] | list[Mistake]:
    """The colleague who was named, if the button to send it was pressed."""
    words = form.text("words")
    if form.do == "send":
        named = Act(Said("words", words), "words", ("words",))
        return [named] if words.strip() else [Mistake("words", _(phrases.TYPE_COLLEAGUE))]
    if words.strip():
        return [Mistake("words", _(phrases.NOT_SENT))]
    return pressed(form)


def level(form: Filled) -> list[Act] | list[Mistake]:
    """The level or the other answer that was chosen."""
    return pressed(form) or ([] if form.to else [Mistake("choice", _(phrases.CHOOSE))])


def number(form: Filled) -> list[Act] | list[Mistake]:
    """The number that was typed, or another answer."""
    item, typed = form.at.partition(":")[0], form.text("number").strip()
    if form.choice or (form.to and not typed):
        return pressed(form)
    if not typed:
        return [Mistake("number", _(phrases.TYPE_NUMBER))]
    token = f"answer:{item}:{typed.replace(':', ' ')[:MOST_MARK]}"
    return [Act(Said("choice", token), "number", ("number",))]


def priorities(form: Filled, places: int) -> list[Act] | list[Mistake]:
    """What comes first, second and so on; a place that was left empty is closed up."""
    if form.do != "name":
        return pressed(form)
    chosen = [form.mark(place_name(n)) for n in range(1, places + 1)]
    named = [item for item in chosen if item]
    twice = [place_name(n) for n, item in enumerate(chosen, 1) if item and item in chosen[: n - 1]]
    if twice:
        return [Mistake(name, _(phrases.CHOSEN_TWICE)) for name in twice]
    naming = [Act(Said("choice", f"first:{','.join(named)}"), place_name(1))]
    onward = [Act(Said("choice", f"next:{':'.join(WHICH_FIRST)}"), place_name(1))]
    return [*naming, *onward] if named else onward


def place_name(number: int) -> str:
    """The field of a place in the order of what comes first."""
    return f"place-{number}"


def pressed(form: Filled) -> list[Act]:
    """The button that was pressed, if it is one that stands for a token."""
    return [Act(Said("choice", form.choice), "choice")] if form.choice else []


def evidence(form: Filled, box: Ask, name: str) -> list[Act] | list[Mistake]:
    """The words of one box with what stands beside them; nothing when the box was left empty."""
    words, file = form.text(name), form.files.get(f"file-{box.field}")
    origin, day = form.text(f"origin-{box.field}").strip(), form.text(f"dated-{box.field}").strip()
    dated = _day(day)
    if isinstance(dated, Mistake):
        return [dated._replace(field=f"dated-{box.field}")]
    if not words.strip() and file is None:
        return [Mistake(name, _(phrases.WORDS_FIRST))] if origin or dated else []
    said = Said("note", words, about=box, origin=origin, dated=dated, file=file)
    beside = (f"{what}-{box.field}" for what in ("origin", "dated", "file"))
    return [Act(said, name, (name, *beside))]


def _day(typed: str) -> date | Mistake | None:
    """A day as a browser sends it, or as it is written here: the day before the month."""
    written = DAY_FIRST.fullmatch(typed)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return Mistake("dated", _(phrases.NOT_A_DAY))
