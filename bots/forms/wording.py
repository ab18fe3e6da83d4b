"""Printed words compared by letters and digits alone, and a form's labels spelled that way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from ehsg_events.kernel import Frozen, Refused
from guides.model import Guide

Kind = Literal["score", "field", "data-model", "changed", "choice", "permission"]
CONTINUED = re.compile(
    r"(?<![-–—:\s])[-–—:\s]*+[(\[]?\s*+(?:continued|cont[’']?d\.?|cont\.)\s*+[)\]]?$", re.I
)
POSSESSIVE = re.compile(
    r"^[ \t]{0,80}([A-Z][^\n.?:]{1,60}?(?:['’]s|s['’]))\s{1,9}data\s{1,9}model\b", re.MULTILINE
)
MOST = 5  # possessives that are taken from one form
HERE = Path(__file__).parent


class Wording(Frozen):
    """The labels on a guide's form that are not in the guide itself, each with its spellings."""

    score: tuple[str, ...] = ("Score",)
    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    data_model: tuple[str, ...] = ("Data model",)
    data_model_changed: tuple[str, ...] = ("Data model changed",)
    choices: tuple[tuple[str, ...], ...] = ()
    endings: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """A label of the form: its kind, which of that kind, and the letters of its spellings."""

    kind: Kind
    which: str
    spellings: tuple[str, ...]
    printed: str = ""


def wording_of(guide: Guide) -> Wording:
    """The wording of a guide's form; the default when none was written for it."""
    return _wording(guide.name)


@cache
def _wording(name: str) -> Wording:
    file = HERE / f"{name}.yaml"
    if not file.exists():
        return Wording()
    return Wording.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def placeholders(guide: Guide) -> frozenset[str]:
    """What an empty box prints, by its letters."""
    return frozenset(letters(text) for text in wording_of(guide).placeholders)


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case: what two printings have in common."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^0-9a-z]", "", plain)


def words(text: str) -> list[str]:
    """The words of a text, each by its letters."""
    return [plain for word in text.split() if (plain := letters(word))]


def overlap(text: str, statement: str) -> float:
    """The share of the first words of a text that are words of a statement, from 0 to 1."""
    own, known = words(text)[:14], set(words(statement))
    return sum(word in known for word in own) / len(own) if len(own) > 1 else 0.0


NUMBERS = re.compile(r"^(?:section\s*)?[\d.]*[\s:.–-]*", re.IGNORECASE)


def title_of(text: str) -> str:
    """The letters of a title without the number that stands before it."""
    return letters(NUMBERS.sub("", text))


def is_ending(text: str, guide: Guide) -> bool:
    """Whether a line is the title of a part that comes after the last descriptor."""
    own = title_of(text)
    return any(
        own.startswith(ending) and len(own) <= max(2.5 * len(ending), 60)
        for ending in map(letters, wording_of(guide).endings)
    )


def is_section(text: str, guide: Guide) -> bool:
    """Whether a line is the title of one of the guide's sections, with its number or in full."""
    own = CONTINUED.sub("", text)
    if own[-1:] == "." or own[:1].islower():
        return False
    return any(title_of(own) == letters(section.title) for section in guide.sections)


def labels_of(guide: Guide, areas: Sequence[str]) -> list[Label]:
    """Every label of a guide's form, those of the descriptors first.

    Args:
        areas: how the form may write its area's possessive, such as "Northvale's".

    Raises:
        Refused: the guide's fields differ between sections, so no one form fits it.
    """
    wording = wording_of(guide)
    boxes = {box.id: box for section in guide.sections for box in section.fields}
    if any(
        section.fields and set(boxes) - {box.id for box in section.fields}
        for section in guide.sections
    ):
        raise Refused(
            f"The sections of {guide.id} have different fields, so its form cannot be read "
            f"as text. Bring it in as XLSX or JSON."
        )
    narrative = [
        Label("field", name, _spelled(box.label, *wording.fields.get(name, ())), box.label)
        for name, box in boxes.items()
    ]
    choices = [
        Label("choice", str(index), _spelled(*spellings))
        for index, spellings in enumerate(wording.choices)
    ]
    permissions = [
        Label("permission", permission.id, _spelled(permission.text))
        for permission in guide.permissions
    ]
    named = [
        [text.replace("{area}'s", area) for text in spellings for area in areas]
        for spellings in (wording.data_model_changed, wording.data_model)
    ]
    return [
        Label("score", "", _spelled(*wording.score), wording.score[0]),
        *narrative,
        *choices,
        *permissions,
        Label("changed", "", _spelled(*named[0])),
        Label("data-model", "", _spelled(*named[1])),
    ]


def possessives(text: str, area: str) -> list[str]:
    """How a form may write whose data model it asks for: by the area's name or as it prints it."""
    printed = [match[1] for match in islice(POSSESSIVE.finditer(text), MOST)]
    return list(dict.fromkeys([f"{area}'s", f"{area}'", f"{area} Council's", *printed]))


def _spelled(*texts: str) -> tuple[str, ...]:
    spellings = dict.fromkeys(letters(text) for text in texts)
    return tuple(sorted(spellings, key=len, reverse=True))
