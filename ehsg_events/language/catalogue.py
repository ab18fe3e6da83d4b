"""Our own sentences in the language of whoever is spoken to, from a gettext catalogue beside this file.

A sentence is written in English where it is said, marked, and looked up when it is said; what a
catalogue lacks is said in English. A catalogue lacks nothing that is marked: a test asks Babel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.support import NullTranslations

HERE = Path(__file__).parent
ENGLISH = "en"
TYPED = "typed"  # the context of words that a person types and we understand
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside in a language, or in English where it has no catalogue.

    Args:
        language: a tag such as `cy`.
    """
    token = _spoken.set(language if has_catalogue(language) else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken.get()


@cache
def has_catalogue(language: str) -> bool:
    """Whether our own sentences can be said in a language other than English."""
    return language.isalnum() and (HERE / f"{language}.po").is_file()


def marked(sentence: str) -> str:
    """Mark a sentence that is looked up when it is said."""
    return sentence


def counting(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence that depends on a number and is looked up when it is said."""
    return one, many


def gettext(sentence: str, **values: object) -> str:
    """A sentence in the language that is spoken, with values in its places."""
    said = sentence if _spoken.get() == ENGLISH else _catalogue(_spoken.get()).ugettext(sentence)
    return said.format(**values) if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """A sentence that depends on a number, which also stands in its place `number`."""
    if _spoken.get() == ENGLISH:
        said = one if number == 1 else many
    else:
        said = _catalogue(_spoken.get()).ungettext(one, many, number)
    return said.format(number=number, **values)


def typed(word: str) -> tuple[str, ...]:
    """What is typed for an English word in the language that is spoken; nothing in English."""
    if _spoken.get() == ENGLISH:
        return ()
    said = str(_catalogue(_spoken.get()).upgettext(TYPED, word))
    return () if said == word else tuple(said.split("|"))


@cache
def _catalogue(language: str) -> NullTranslations:
    from babel.messages import mofile, pofile  # slow to load, and nobody needs it for English
    from babel.support import Translations

    compiled = BytesIO()
    with (HERE / f"{language}.po").open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
