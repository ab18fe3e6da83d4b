"""Every mistake in a file at once, each with its line, its column and the way to put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guides.base import Part
from guides.contradictions import Path, contradictions, not_in_new
from guides.crosswalk import Crosswalk
from guides.difference import unlike
from guides.language import Rendering
from guides.local import LocalNotes
from guides.model import Guide
from guides.yaml_text import Page, Position, Unreadable, read_page

Document = Guide | Rendering | LocalNotes | Crosswalk
Find = Callable[[str], Guide]
NAMED = ("id", "value", "scale", "role", "item", "kind", "section", "sections")


class Mistake(NamedTuple):
    """What is wrong, where, and the way out."""

    what: str
    place: Position | None = None

    def said(self, file: str) -> str:
        """The mistake in a sentence, with the file's name."""
        where = f", line {self.place.line}, column {self.place.column}" if self.place else ""
        return f"{file}{where}: {self.what}."


def kind_of(content: object) -> type[Document]:
    """The kind of document a file is meant to be, told by keys that only this kind has."""
    keys = content.keys() if isinstance(content, Mapping) else set()
    if "notes" in keys:
        return LocalNotes
    if "bearings" in keys or "earlier" in keys:
        return Crosswalk
    return Rendering if "guide" in keys else Guide


def check(text: str, find: Find, *, new: bool = False) -> tuple[Document | None, list[Mistake]]:
    """Read a text as a guide, a rendering, local notes or a crosswalk.

    Args:
        find: opens the published guide of a name; raises LookupError or ValueError.
        new: whether it is not published yet, and so is held to the rules made since others were.

    Returns:
        The document, none if it has mistakes; and the mistakes in the text's order.
    """
    try:
        page = read_page(text)
    except Unreadable as trouble:
        return None, [Mistake(trouble.what, trouble.place)]
    kind = kind_of(page.content)
    if not isinstance(page.content, dict):
        return None, [Mistake("this is not a guide: it has no lines such as `name: ...`")]
    later = _places(not_in_new(page.content, page.cut), page) if new and kind is Guide else []
    try:
        document: Document = kind.model_validate(page.content)
    except ValidationError as trouble:
        mistakes = [_mistake(error, page, kind) for error in _first_causes(trouble, kind)]
        if kind is Guide:
            mistakes += [*_places(contradictions(_as_typed(page)), page), *later]
        return None, sorted(dict.fromkeys(mistakes), key=_order)
    against = _against(document, find) if new or not isinstance(document, Guide) else []
    mistakes = sorted([*_places(against, page), *later], key=_order)
    return (None if mistakes else document), mistakes


def _first_causes(trouble: ValidationError, kind: type[Part]) -> list[ErrorDetails]:
    """The mistakes of form that are no mere consequence of another."""
    errors = [error for error in trouble.errors() if error["loc"]]
    meant = {
        (error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _near(error["loc"], kind))
    }
    return [error for error in errors if not _follows(error, meant)]


def _follows(error: ErrorDetails, meant: set[tuple[Path, str]]) -> bool:
    """Whether a list is short only of its wrong entries, or a key is missing that is misspelled."""
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return error["type"] == "missing" and (error["loc"][:-1], error["loc"][-1]) in meant


def _as_typed(page: Page) -> dict[str, Any]:
    """The plain values with every name as it was typed: 5.10 is no other name than 5.10."""
    content: dict[str, Any] = deepcopy(page.content)
    for path, typed in page.typed.items():
        last = next((part for part in reversed(path) if isinstance(part, str)), "")
        if last in NAMED:
            within: Any = content
            for part in path[:-1]:
                within = within[part]
            within[path[-1]] = typed
    return content


def _against(document: Document, find: Find) -> list[tuple[Path, str]]:
    try:
        if isinstance(document, Guide):
            return unlike(document, find(document.like)) if document.like else []
        return document.against(find)
    except (LookupError, ValueError) as trouble:
        return [((), str(trouble).rstrip("."))]


def _order(mistake: Mistake) -> tuple[int, int]:
    return mistake.place or (0, 0)


def _places(contradictory: list[tuple[Path, str]], page: Page) -> list[Mistake]:
    return [Mistake(what, _place(path, page)) for path, what in contradictory]


def _place(path: Path, page: Page, *, key: bool = False) -> Position | None:
    """The position of a path, or of the nearest part of it that has one."""
    if key and path in page.keys:
        return page.keys[path]
    for length in range(len(path), -1, -1):
        if path[:length] in page.values:
            return page.values[path[:length]]
    return None


def _mistake(error: ErrorDetails, page: Page, kind: type[Part]) -> Mistake:
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    name = _name(path)
    unknown = error["type"] == "extra_forbidden"
    what = _unknown(path, kind, page) if unknown else sentence(error, name, page.typed.get(path))
    if error["type"] == "missing":
        path = path[:-1]
    return Mistake(what, _place(path, page, key=unknown or error["loc"][-1] == "[key]"))


def _name(path: Path) -> str:
    """The last name in a path."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "this")


def _unknown(path: Path, kind: type[Part], page: Page) -> str:
    if path[:-1] in page.in_braces and page.typed.get(path) == "":
        return (
            f"“{path[-1]}” follows a comma and is read as a key: between braces, put a text that has "
            f"commas in quotes"
        )
    near = _near(path, kind)
    hint = f"did you mean {near}" if near else f"known here are {', '.join(_keys(path[:-1], kind))}"
    return f"no key is called {path[-1]} here: {hint}"


def _near(path: Path, kind: type[Part]) -> str:
    """The key that an unknown one was probably meant to be."""
    return next(iter(get_close_matches(str(path[-1]), list(_keys(path[:-1], kind)), n=1)), "")


def _keys(path: Path, kind: type[Part]) -> Iterator[str]:
    """The keys that are known at a path."""
    for part in path:
        if isinstance(part, str) and part in kind.model_fields:
            kind = next(_parts(kind.model_fields[part].annotation), kind)
    yield from kind.model_fields


def _parts(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _parts(inner)


def sentence(error: ErrorDetails, name: str, typed: str | None = None) -> str:
    """What is wrong with a value and how to put it right.

    Args:
        typed: the value as it was typed, where it is read as something else.
    """
    template, context = SENTENCES.get(error["type"]), error.get("ctx", {})
    if error["type"] == "value_error":
        return f"{name}: {context['error']}"
    if error["type"] == "string_pattern_mismatch":
        template = PATTERNS.get(context["pattern"], template)
    if template is None:
        return f"{name}: {error['msg']}"
    shown = (str(error["input"]) if typed is None else typed)[:40]
    read = WORDS.get(type(error["input"]), "nothing")
    return template.format(name=name, read=read, shown=shown, **context)


WORDS: dict[type, str] = {
    bool: "a yes or no",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of keys",
    str: "text",
}
SENTENCES = {
    "missing": "{name} is missing: add a line `{name}: ...`",
    "string_type": "{name} must be text, but {shown} is read as {read}: put it in quotes, "
    '"{shown}"',
    "string_too_short": "{name} is empty: write something",
    "string_too_long": "{name} is longer than {max_length} characters: shorten it",
    "string_pattern_mismatch": "{name} cannot be {shown}: use at most 40 small letters, digits, - "
    "and ., beginning with a letter or digit, such as family-voice",
    "int_type": "{name} must be a whole number, not {shown}",
    "int_parsing": "{name} must be a whole number, not {shown}",
    "int_from_float": "{name} must be a whole number, not {shown}",
    "float_type": "{name} must be a number, not {shown}",
    "float_parsing": "{name} must be a number, not {shown}",
    "bool_type": "{name} must be true or false, not {shown}",
    "bool_parsing": "{name} must be true or false, not {shown}",
    "literal_error": "{name} cannot be {shown}: choose {expected}",
    "too_short": "{name} needs at least {min_length}, but has {actual_length}",
    "tuple_type": "{name} must be a list, each entry on a line that begins with -, not {shown}",
    "dict_type": "{name} must be a group of keys, not {shown}",
    "model_type": "{name} must be a group of keys such as `id: ...`, not {shown}",
    "greater_than": "{name} must be more than {gt}, not {shown}",
    "less_than_equal": "{name} must be at most {le}, not {shown}",
    "greater_than_equal": "{name} must be {ge} or more, not {shown}",
    "finite_number": "{name} must be a number, not {shown}",
}
PATTERNS = {
    "^[0-9a-f]{64}$": "{name} cannot be {shown}: it is the SHA-256 of a file, 64 digits and letters "
    "from a to f",
    "^[a-z0-9][a-z0-9.-]{0,39}@[1-9][0-9]{0,5}$": "{name} cannot be {shown}: it is a guide and its "
    "version, such as ehsg-2022@1",
}
