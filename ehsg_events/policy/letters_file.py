"""An area's own letters as a file: read with every mistake at its place, and written to begin with."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from ehsg_events.events import LetterWorded
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from guides.yaml_text import Page

At = tuple[Any, ...]  # the path of a value in the file
Guard = Callable[[str, str], str | None]
GUIDANCE = "docs/coordinator.md"  # where such a file is shown
NONE = "none"  # takes an area's own words back
PARTS = ("subject", "text")
MOST = {"subject": 150, "text": 4000}  # letters
SHOWN = 20  # mistakes named at once
WIDTH = 88


class Said(NamedTuple):
    """What a letter says in one language."""

    subject: str
    text: str


class Usual(NamedTuple):
    """A letter as it is without any area's own words.

    Args:
        says: what it says, by language.
        places: the words in braces that it may hold.
        needs: those that its text cannot do without.
        naming: those that name somebody: a subject can be read without opening a letter.
    """

    says: Mapping[str, Said]
    places: Collection[str]
    needs: Collection[str]
    naming: Collection[str] = ()


class Mistake(NamedTuple):
    """What is wrong with a value, at its path."""

    at: At
    what: str


def read_letters(
    text: str, file: str, usual: Mapping[str, Usual], guard: Guard
) -> list[LetterWorded]:
    """An area's own letters; one that says what it says anyway is none of its own.

    Args:
        usual: every letter, by its name.
        guard: why the words of a part, subject or text, must not be kept; none if they may.

    Raises:
        Refused: the file is not YAML, or something in it cannot be sent or kept.
    """
    page = _page(text, file)
    if not isinstance(page.content, dict):
        raise Refused(f"{file} holds no letter. {GUIDANCE} shows one.", field="file")
    reading = _Reading(page, usual, guard)
    found = list(reading.letters())
    facts = [one for one in found if isinstance(one, LetterWorded)]
    mistakes = [one for one in found if isinstance(one, Mistake)]
    if mistakes:
        said = [f"{_where(page, file, one.at)}: {one.what}." for one in mistakes[:SHOWN]]
        raise Refused("\n".join(said), field="file")
    return facts


@dataclass(frozen=True)
class _Reading:
    """Reads a page: what it words, and what is wrong with it."""

    page: Page
    usual: Mapping[str, Usual]
    guard: Guard

    def letters(self) -> Iterator[LetterWorded | Mistake]:
        for name, languages in self.page.content.items():
            if name not in self.usual:
                yield Mistake((name,), f"no letter is called that; there are {_of(self.usual)}")
            elif languages == NONE:
                yield from (_back(name, language) for language in self.usual[name].says)
            elif not isinstance(languages, dict):
                yield Mistake((name,), f"write its languages beneath it, or {NONE}")
            else:
                for language, parts in languages.items():
                    yield from self._letter(name, language, parts)

    def _letter(self, name: str, language: str, parts: Any) -> Iterator[LetterWorded | Mistake]:
        at, usual = (name, language), self.usual[name]
        if language not in usual.says:
            yield Mistake(at, f"this letter is written in {_of(usual.says)}")
        elif parts == NONE:
            yield _back(name, language)
        elif not isinstance(parts, dict) or set(parts) != set(PARTS):
            yield Mistake(at, f"write its subject and its text beneath it, or {NONE}")
        else:
            mistakes = [one for part in PARTS for one in self._part(usual, at, part, parts[part])]
            yield from mistakes
            if not mistakes:
                said = Said(_whole(parts["subject"]), _whole(parts["text"]))
                is_own = said != usual.says[language]
                yield _worded(name, language, said) if is_own else _back(name, language)

    def _part(self, usual: Usual, letter: At, part: str, value: Any) -> Iterator[Mistake]:
        at = (*letter, part)
        if not isinstance(value, str):
            yield Mistake(at, "this is not read as text: put it in quotes")
            return
        if at in self.page.cut:
            yield Mistake(at, "what follows the # is not read: put the text in quotes")
        for what in (*_form(part, value), *_braces(value, part, usual)):
            yield Mistake(at, what)
        if wrong := self.guard(part, value):
            yield Mistake(at, wrong.removesuffix("."))


def _form(part: str, value: str) -> Iterator[str]:
    if not value.strip():
        yield "it is empty"
    if len(value) > MOST[part]:
        yield f"it has {len(value)} letters; {MOST[part]} are the most"
    if part == "subject" and len(value.strip().splitlines()) > 1:
        yield "a subject is one line"


def _braces(value: str, part: str, usual: Usual) -> Iterator[str]:
    """What is wrong with the words in braces."""
    try:
        found = list(Formatter().parse(value))
    except ValueError:
        yield "a brace is open or alone; a brace that is meant is written twice"
        return
    named = [(name, spec, conversion) for _, name, spec, conversion in found if name is not None]
    for name, spec, conversion in named:
        if part == "subject" and name in usual.naming:
            yield f"{{{name}}} names somebody, and a subject names nobody"
        if name not in usual.places or spec or conversion:
            yield f"{{{name}}} stands for nothing here; there are {_of(usual.places)}"
    lacks = [name for name in usual.needs if name not in {name for name, *_ in named}]
    if part == "text" and lacks:
        yield f"it needs {_of(f'{{{name}}}' for name in lacks)}"


def _worded(name: str, language: str, said: Said) -> LetterWorded:
    return LetterWorded(letter=name, language=language, subject=said.subject, text=said.text)


def _back(name: str, language: str) -> LetterWorded:
    return LetterWorded(letter=name, language=language)


def _whole(text: str) -> str:
    """A text without empty lines; each line is a paragraph."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _of(names: Any) -> str:
    return ", ".join(names)


def _page(text: str, file: str) -> Page:
    from guides.yaml_text import Unreadable, read_page  # slow to load, and needed here alone

    try:
        return read_page(text)
    except Unreadable as mistake:
        at = f", line {mistake.place.line}, column {mistake.place.column}" if mistake.place else ""
        raise Refused(f"{file}{at}: {mistake.what}.", field="file") from None


def _where(page: Page, file: str, at: At) -> str:
    """Where a value stands, and what it is: the key is what somebody looks for."""
    line, column = page.keys[at]
    return f"{file}, line {line}, column {column}: {' '.join(map(str, at))}"


# -- writing -----------------------------------------------------------------------------------------
def written(letters: Mapping[str, Mapping[str, Said]], head: str) -> str:
    """Letters as a file that can be changed and read back.

    Args:
        letters: what each says, by its name and the language.
        head: what stands above them, for whoever changes it.
    """
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    for name, languages in letters.items():
        lines += ["", f"{name}:"]
        for language, said in languages.items():
            lines += [
                f"  {language}:",
                f"    subject: {json.dumps(said.subject, ensure_ascii=False)}",
            ]
            lines += ["    text: >", *_folded(said.text)]
    return "\n".join(lines) + "\n"


def _folded(text: str) -> Iterator[str]:
    """A text as YAML folds it: an empty line between two paragraphs."""
    for number, paragraph in enumerate(text.splitlines()):
        yield from [""] if number else []
        yield from (f"      {line}" for line in wrap(paragraph, WIDTH, break_on_hyphens=False))
