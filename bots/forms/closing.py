"""The part of a form after its descriptors: the data model, the choices, the answers on sharing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bots.forms.labels import Mark
from bots.forms.lines import Line
from bots.forms.wording import letters, overlap, placeholders
from guides.model import Guide

YES = re.compile(
    r"\W*+(?:yes|y|(?:i|we)?\s*+(?:confirm|acknowledge|agree)d?|confirmed|acknowledged|agreed|true)\b",
    re.I,
)
NO = re.compile(r"\W*(?:no|n|false|not (?:confirmed|agreed))\b", re.I)
TICKED = re.compile(r"[☒☑✓✔x\uf0fe\uf078]\s*(yes|no)\b", re.I)
OFFERED = re.compile(r"\W*yes\W*no\W*", re.I)
EXPLAINED = re.compile(r"\W*(?:data\s+)?(?:model\s*)?(\d)\W+(.*)", re.I | re.DOTALL)
SURE = 0.75
REACH = {"choice": 6, "permission": 2, "changed": 2, "data-model": 2}  # lines a value may take


class Asked(NamedTuple):
    """What stands beside or under a label, and which of the label's spellings was printed."""

    text: str
    spelled: int


def value_of(lines: Sequence[Line], mark: Mark, until: int) -> str:
    """The words that stand beside or under a closing label."""
    room = (
        lines[mark.until : min(until, mark.until + REACH[mark.kind])] if mark.kind in REACH else ()
    )
    under = () if mark.beside and mark.kind != "choice" else room
    return " ".join(line.text for line in (*mark.beside, *under))


def is_legend(lines: Sequence[Line], guide: Guide) -> frozenset[int]:
    """The lines that explain the data models: two numbers or more, each with its model's name."""
    named = {
        index: int(match[1])
        for index, line in enumerate(lines)
        if (match := EXPLAINED.match(line.text))
        and any(
            model.level == int(match[1]) and letters(match[2]).startswith(letters(model.name))
            for model in guide.data_models
        )
    }
    return frozenset(named) if len(set(named.values())) > 1 else frozenset()


def data_model(values: Sequence[Asked], guide: Guide) -> int | None:
    """The data model that a form names, by its number or its name; none when its box is blank.

    The label that is spelled out in full counts; if none is, the last: what stands under "data
    model" earlier explains the models. A run of numbered models is no answer.
    """
    if not values:
        return None
    fullest = min(asked.spelled for asked in values)
    own = [asked for asked in values if asked.spelled == fullest]
    numbers = [_model(asked.text, guide) for asked in own]
    explained = [number for number in numbers if number is not None]
    if len(explained) > 1 and explained == sorted(set(explained)):
        return None
    return numbers[-1]


def _model(text: str, guide: Guide) -> int | None:
    numbered = re.match(r"\W*(?:data\s+)?(?:model\s*)?(\d)(?:\W|$)", text, re.IGNORECASE)
    if numbered:
        return int(numbered[1])
    own = letters(text)
    return next(
        (model.level for model in guide.data_models if own.startswith(letters(model.name))), None
    )


def yes_or_no(text: str) -> bool | None:
    """The answer; none where nothing was answered, or both boxes are printed and none is ticked."""
    ticked = [tick.casefold() for tick in TICKED.findall(text)]
    if len(ticked) == 1:
        return bool(ticked[0] == "yes")
    if OFFERED.match(text) or ticked:
        return None
    if NO.match(text):
        return False
    return True if YES.match(text) else None


def chosen(values: Sequence[str], guide: Guide) -> tuple[tuple[str, ...], list[str]]:
    """The descriptors that were chosen, by id or by their words, and the texts that fit none."""
    items: list[str] = []
    strange: list[str] = []
    for text in values:
        named = [
            item
            for item in re.findall(r"(?<![\d.])\d{1,2}\.\d{1,2}(?!\d)", text)
            if item in guide.descriptors
        ]
        if not named and not is_placeholder(text, guide):
            named = _by_words(text, guide)
            strange += [] if named else [text]
        items += named
    return tuple(dict.fromkeys(items)), strange


def _by_words(text: str, guide: Guide) -> list[str]:
    share, name = max(
        (overlap(text, f"{item.label} {item.statement}"), name)
        for name, item in guide.descriptors.items()
    )
    return [name] if share >= SURE else []


def is_placeholder(text: str, guide: Guide) -> bool:
    """Whether a box holds only what is printed in an empty box."""
    own = letters(text)
    return not own or own in placeholders(guide)
