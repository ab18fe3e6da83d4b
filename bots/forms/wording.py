"""Printed words compared by their letters alone, and the labels of a form found by them."""

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
POSSESSIVE = re.compile(
    r"^[ \t]{0,80}([A-Z][^\n.?:]{1,60}?(?:['’]s|s['’]))\s{1,9}data\s{1,9}model\b", re.MULTILINE
)
MOST = 5  # areas that one form may be of
HERE = Path(__file__).parent


class Wording(Frozen):
    """How a guide's form prints what the guide itself does not hold; each with its spellings."""

    score: tuple[str, ...] = ("Score",)
    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    data_model: tuple[str, ...] = ("Data model",)
    data_model_changed: tuple[str, ...] = ("Data model changed",)
    choices: tuple[tuple[str, ...], ...] = ()
    endings: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """A label of the form: what kind it is, which one, and the letters of its spellings."""

    kind: Kind
    which: str
    spellings: tuple[str, ...]


def wording_of(guide: Guide) -> Wording:
    """The wording of a guide's form; the plain one when none was written for it."""
    return _wording(guide.name)


@cache
def _wording(name: str) -> Wording:
    file = HERE / f"{name}.yaml"
    if not file.exists():
        return Wording()
    return Wording.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def letters(text: str) -> str:
    """The letters and figures of a text, in small letters: what two printings share."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^0-9a-z]", "", plain)


def words(text: str) -> list[str]:
    """The words of a text by their letters."""
    return [found for word in text.split() if (found := letters(word))]


def overlap(text: str, statement: str) -> float:
    """How much of the beginning of a text is made of a statement's words, from 0 to 1."""
    own, known = words(text)[:14], set(words(statement))
    return sum(word in known for word in own) / len(own) if len(own) > 1 else 0.0


def labels_of(guide: Guide, areas: Sequence[str]) -> list[Label]:
    """Every label of a guide's form, those of the descriptors first.

    Args:
        areas: how the form may write whose it is, such as "Northvale's".

    Raises:
        Refused: the guide's fields differ between sections, so no one form fits it.
    """
    wording = wording_of(guide)
    boxes = {box.id: box for section in guide.sections for box in section.fields}
    if any(
        section.fields and set(boxes) - {b.id for b in section.fields} for section in guide.sections
    ):
        raise Refused(
            f"The sections of {guide.id} have different fields, so its form cannot be read "
            f"as text. Bring it in as XLSX or JSON."
        )
    narrative = [
        Label("field", name, _spelled(box.label, *wording.fields.get(name, ())))
        for name, box in boxes.items()
    ]
    choices = [
        Label("choice", str(place), _spelled(*spellings))
        for place, spellings in enumerate(wording.choices)
    ]
    permissions = [Label("permission", one.id, _spelled(one.text)) for one in guide.permissions]
    named = [
        [text.replace("{area}'s", area) for text in every for area in areas]
        for every in (wording.data_model_changed, wording.data_model)
    ]
    return [
        Label("score", "", _spelled(*wording.score)),
        *narrative,
        *choices,
        *permissions,
        Label("changed", "", _spelled(*named[0])),
        Label("data-model", "", _spelled(*named[1])),
    ]


def possessives(text: str, area: str) -> list[str]:
    """How a form may write whose data model it asks for, whatever it calls its area."""
    printed = [found[1] for found in islice(POSSESSIVE.finditer(text), MOST)]
    return list(dict.fromkeys([f"{area}'s", f"{area}'", f"{area} Council's", *printed]))


def _spelled(*texts: str) -> tuple[str, ...]:
    found = dict.fromkeys(letters(text) for text in texts)
    return tuple(sorted(found, key=len, reverse=True))
