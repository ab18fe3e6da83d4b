"""Untrusted YAML, read into plain values with the position of each, and refused early.

A text is refused before anything is built from it if it is too long, is nested too deep, repeats an
anchor without end, or has a tag, a key twice or an invisible character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode

from guides.base import UNSEEN
from guides.contradictions import Path as At

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a Python without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

LARGEST = 2_000_000  # bytes in a file
DEEPEST = 20  # mappings and lists inside each other; a guide has 8
MOST = 30_000  # values, those repeated by an anchor counted each time
LONGEST_NUMBER = 40  # digits


class Position(NamedTuple):
    """A line and a column, both counted from one."""

    line: int
    column: int


class Unreadable(ValueError):
    """A text that is not plain YAML; `place` is where, if the mistake has a place."""

    def __init__(self, what: str, place: Position | None = None) -> None:
        super().__init__(what)
        self.what, self.place = what, place


@dataclass
class Page:
    """The plain values of a text, with the position of each value and of each key.

    `typed` holds what was typed where it is read as something other than text, `in_braces` the
    mappings written in braces, and `cut` the comments that follow a text without quotes.
    """

    content: Any = None
    values: dict[At, Position] = field(default_factory=dict)
    keys: dict[At, Position] = field(default_factory=dict)
    typed: dict[At, str] = field(default_factory=dict)
    in_braces: set[At] = field(default_factory=set)
    cut: dict[At, str] = field(default_factory=dict)


def text_of(file: Path) -> str:
    """The text of a file that is not too large.

    Raises:
        Unreadable: the file is too large, missing, or not UTF-8.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as trouble:
        raise Unreadable(f"it cannot be read: {trouble.strerror}") from None
    return decoded(content)


def decoded(content: bytes) -> str:
    """Bytes as text.

    Raises:
        Unreadable: the bytes are too many, or not UTF-8.
    """
    if len(content) > LARGEST:
        raise Unreadable(
            f"it is larger than {LARGEST // 1_000_000} MB, which no guide is: choose the right file"
        )
    try:
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as mistake:
        good = content[: mistake.start].decode()
        raise Unreadable("this is not UTF-8: save the file as UTF-8 text", _at(good)) from None


def read_page(text: str) -> Page:
    """Read a text as plain YAML.

    Raises:
        Unreadable: it is not the plain YAML that a guide needs.
    """
    for unseen in UNSEEN.finditer(text):
        if unseen[0] != "\r" or text[unseen.end() : unseen.end() + 1] != "\n":
            raise Unreadable(
                f"this character (U+{ord(unseen[0]):04X}) cannot be seen or turns the line round: "
                f"delete it",
                _at(text[: unseen.start()]),
            )
    try:
        return _Reader(text).page()
    except yaml.MarkedYAMLError as mistake:
        mark = mistake.problem_mark or mistake.context_mark
        place = Position(mark.line + 1, mark.column + 1) if mark else None
        raise Unreadable(_why_unreadable(mistake, text), place) from None
    except yaml.YAMLError as mistake:
        raise Unreadable(f"this is not YAML ({mistake})") from None


def _why_unreadable(mistake: yaml.MarkedYAMLError, text: str) -> str:
    """What stands where the reader stopped, and what to write instead."""
    lines = text.split("\n")
    mark = mistake.problem_mark or mistake.context_mark
    if mark is None:
        return f"this is not YAML ({mistake.problem})"
    first = mistake.context_mark.line if mistake.context_mark else mark.line
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1]:
        return "there is a tab here: write spaces instead"
    if any(" #" in passed for passed in lines[first : mark.line + 1]):
        return (
            "a # after a blank begins a comment, so the rest of its line is not read: put a text "
            "that has one in quotes"
        )
    problem = mistake.problem or mistake.context or ""
    if "cannot start any token" in problem:
        return f"no text can begin with {line[mark.column : mark.column + 1]}: put it in quotes"
    if "mapping values are not allowed" in problem:
        return "there is a colon inside a text: put the text in quotes"
    return (
        f"this is not YAML ({problem}): check the quotes, the colons and that what belongs "
        f"together is indented alike"
    )


def _at(before: str) -> Position:
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


class _Anchor(NamedTuple):
    """What an anchor names: a value, its path, how many values it holds, and the paths beneath."""

    value: Any
    at: At
    size: int
    beneath: list[At]


class _Reader:
    """Builds plain values from the parser's events, one by one."""

    def __init__(self, text: str) -> None:
        self._loader = Loader(text)
        self._lines = text.split("\n")
        self._plain = yaml.SafeLoader("")
        self._anchors: dict[str, _Anchor] = {}
        self._order: list[At] = []
        self._page = Page()
        self._count = 0

    def page(self) -> Page:
        events = self._events()
        first = next(events)
        if isinstance(first, StreamEndEvent):
            raise Unreadable("the file is empty")
        self._page.content = self._node(next(events), events, (), 0)
        next(events)  # the document's end
        if not isinstance(after := next(events), StreamEndEvent):
            raise Unreadable("a second document begins here: keep one in each file", _place(after))
        return self._page

    def _events(self) -> Iterator[Event]:
        self._loader.get_event()  # the stream's start
        while self._loader.check_event():
            event = self._loader.get_event()
            assert event is not None, "the loader has just said that there is one"
            if isinstance(event, DocumentStartEvent) and event.tags:
                raise Unreadable("tags are not used here: delete this line", _place(event))
            yield event

    def _node(self, event: Event, events: Iterator[Event], at: At, depth: int) -> Any:
        assert isinstance(event, NodeEvent)
        self._page.values[at] = _place(event)
        self._take(event, 1)
        if isinstance(event, AliasEvent):
            return self._again(event, at)
        assert isinstance(event, ScalarEvent | CollectionStartEvent)
        if event.tag not in (None, "!"):
            raise Unreadable(f"tags such as {event.tag[:40]} are not used here", _place(event))
        if depth > DEEPEST:
            raise Unreadable(f"this is nested more than {DEEPEST} deep", _place(event))
        counted, placed = self._count, len(self._order)
        self._order.append(at)
        value = self._value(event, events, at, depth)
        if event.anchor is not None:
            beneath = [path[len(at) :] for path in self._order[placed + 1 :]]
            self._anchors[event.anchor] = _Anchor(value, at, self._count - counted, beneath)
        return value

    def _take(self, event: Event, many: int) -> None:
        self._count += many
        if self._count > MOST:
            raise Unreadable(f"this repeats or lists more than {MOST} values", _place(event))

    def _again(self, event: AliasEvent, at: At) -> Any:
        if event.anchor not in self._anchors:
            raise Unreadable(f"nothing before this is called &{event.anchor}", _place(event))
        anchor = self._anchors[event.anchor]
        self._take(event, anchor.size)
        for rest in anchor.beneath:
            old, new = (*anchor.at, *rest), (*at, *rest)
            for known in (self._page.values, self._page.keys):
                if old in known:
                    known[new] = known[old]
            if old in self._page.typed:
                self._page.typed[new] = self._page.typed[old]
        self._order += [(*at, *rest) for rest in anchor.beneath]
        return anchor.value

    def _value(self, event: Event, events: Iterator[Event], at: At, depth: int) -> Any:
        if isinstance(event, ScalarEvent):
            value = self._scalar(event)
            if not isinstance(value, str):
                self._page.typed[at] = event.value
            elif comment := self._comment_after(event):
                self._page.cut[at] = comment
            return value
        if isinstance(event, SequenceStartEvent):
            return [
                self._node(entry, events, (*at, index), depth + 1)
                for index, entry in enumerate(_until_end(events))
            ]
        assert isinstance(event, MappingStartEvent)
        if event.flow_style:
            self._page.in_braces.add(at)
        return self._mapping(events, at, depth)

    def _mapping(self, events: Iterator[Event], at: At, depth: int) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for event in _until_end(events):
            if not isinstance(event, ScalarEvent):
                raise Unreadable("a key must be a plain word", _place(event))
            key = self._scalar(event)
            if key in mapping:
                raise Unreadable(f"the key {key} is there twice: delete one", _place(event))
            self._page.keys[*at, key] = _place(event)
            mapping[key] = self._node(next(events), events, (*at, key), depth + 1)
        return mapping

    def _comment_after(self, event: ScalarEvent) -> str:
        """The comment that follows a text without quotes in its line, if there is one."""
        if event.style not in (None, "") or event.end_mark is None:
            return ""
        rest = self._lines[event.end_mark.line][event.end_mark.column :]
        return rest.strip() if rest.lstrip().startswith("#") and rest[:1].isspace() else ""

    def _scalar(self, event: ScalarEvent) -> Any:
        tag = self._plain.resolve(ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        kind = tag.rpartition(":")[2]
        if kind not in ("null", "bool", "int", "float"):
            return event.value
        if len(event.value) > LONGEST_NUMBER:
            raise Unreadable("this number is too long", _place(event))
        try:
            return self._plain.construct_object(ScalarNode(tag, event.value))
        except (ValueError, yaml.YAMLError):
            raise Unreadable(
                f"{event.value} is not a number: put it in quotes", _place(event)
            ) from None


def _until_end(events: Iterator[Event]) -> Iterator[Event]:
    for event in events:
        if not isinstance(event, NodeEvent):
            return
        yield event


def _place(event: Event) -> Position:
    assert event.start_mark is not None
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)
