"""Nobody writes a field of a guide that nobody reads: a walk over the whole model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from bots.cli.begin.annexes import annexes
from bots.guide_files.preview import script, talk_about
from bots.guide_files.shown import shown
from bots.interview import prompts, screens
from ehsg_events.states.interview import Interview
from guides.base import Part, Text
from guides.library import Wording
from guides.model import Guide

At = tuple[str | int, ...]
EVERYTHING: dict[str, Any] = {
    "name": "whole",
    "version": 2,
    "title": "A whole guide",
    "edition": "third printing",
    "year": 2031,
    "language": "cy",
    "publisher": "The publisher",
    "licence": "The licence",
    "sources": [{"document": "The source", "sha256": "0123456789abcdef" * 4, "used_for": "words"}],
    "about": {
        "subject": "keeping bees",
        "asked_by": "the hive",
        "led_by": "the queen",
        "minutes": {"score": 7, "number": 3, "text": 9},
    },
    "like": "whole@1",
    "definition": "The definition.",
    "instruction": "The instruction.",
    "scales": [
        {
            "id": "first",
            "suggested": True,
            "note": "The note of a scale.",
            "minutes": 11,
            "levels": [
                {"value": "low", "score": 4, "label": "Low", "text": "It is low."},
                {"value": "high", "score": 5, "label": "High", "text": "It is high."},
            ],
        },
        {
            "id": "second",
            "levels": [
                {"value": "off", "score": 0, "label": "Off"},
                {"value": "on", "score": 1, "label": "On"},
            ],
        },
    ],
    "sections": [
        {
            "id": "hives",
            "number": 8,
            "title": "The hives",
            "kind": "wooden",
            "part": "outside",
            "fields": [
                {"id": "shows", "label": "What shows it?", "kind": "evidence"},
                {"id": "then", "label": "What then?", "kind": "next-step"},
            ],
            "items": [
                {
                    "id": "i-1",
                    "statement": "The first statement.",
                    "label": "First",
                    "label_is_ours": True,
                    "scale": "first",
                    "polarity": "negative",
                    "alternative_group": "either",
                    "note": "The note of an item.",
                },
                {
                    "id": "i-2",
                    "statement": "The second statement.",
                    "scale": "second",
                    "alternative_group": "either",
                },
                {"id": "i-3", "statement": "Not put.", "scale": "second", "ask": False},
                {
                    "id": "i-4",
                    "statement": "How many?",
                    "number": {"unit": "bees", "minimum": 1, "maximum": 80},
                },
                {"id": "i-5", "statement": "What else?"},
            ],
        },
        {
            "id": "honey",
            "title": "The honey",
            "items": [{"id": "i-6", "statement": "It is sweet.", "scale": "second"}],
        },
    ],
    "usually_asked": [{"role": "keeper", "title": "Keepers", "sections": ["hives"]}],
    "thresholds": {
        "title": "The minimum",
        "status": "in force",
        "rule": "All must be met.",
        "criteria": [{"item": "i-1", "minimum": 5}],
    },
    "data_models": [
        {"level": 3, "name": "Paper", "text": "In books."},
        {"level": 6, "name": "Wax", "text": "In combs."},
    ],
    "selection": {
        "count": 2,
        "duty": "Choose some.",
        "quotas": [
            {"data_model_min": 3, "data_model_max": 6, "counts": {"wooden": 1}, "text": "One."}
        ],
        "afterwards": "Then rest.",
        "open_points": ["Whether it matters."],
    },
    "permissions": [
        {
            "id": "share",
            "kind": "confirm",
            "recipient": "The neighbours",
            "scope": ["scores"],
            "excludes": ["honey"],
            "text": "May it be shared?",
        }
    ],
    "vision": [{"section": "The hives", "statements": ["Every hive hums."]}],
    "service_types": [{"title": "Flowers", "members": ["Clover"]}],
    "target_groups": ["Drones"],
    "central_use": ["It is counted."],
    "missing": ["A picture."],
    "references": [
        {
            "id": "ref",
            "title": "A reference",
            "text": "The text of a reference.",
            "points": ["A point of it."],
            "beside": ["i-2"],
        }
    ],
    "local_tables": [
        {
            "id": "bees",
            "title": "A table",
            "text": "The text of a table.",
            "instruction": "Fill it in.",
            "note": "The note of a table.",
            "columns": [{"id": "many", "title": "How many of them", "kind": "number"}],
            "beside": ["honey"],
        }
    ],
    "local_terms": [
        {"id": "drone", "term": "Drone", "means": "A bee that rests.", "beside": ["i-4"]}
    ],
    "least_partners": {
        "status": "The source names them.",
        "partners": [
            {"name": "Gardeners", "known_by": ["garden"], "but_not": ["gardenia"], "if_any": True}
        ],
    },
    "evidence_asked": [{"id": "plan", "title": "A plan", "text": "Please share it."}],
    "asked_last": ["i-5"],
}
IN_THE_INTERVIEW = (
    "The definition.", "The instruction.", "The note of a scale.", "The note of an item.",
    "Every hive hums.", "is enough", "Keeping bees", "the hive", "What shows it?",
)  # fmt: skip


# -- what people meet ------------------------------------------------------------------------------
def interview(guide: Guide) -> Iterator[str]:
    """Everything that somebody who asks for all of it is told in an interview about a guide."""
    talk, _ = talk_about(Wording(guide), "0" * 64, tuple(guide.items))
    yield from script(talk)
    for item in guide.items:
        asked = replace(talk, interview=Interview(started=True, focus=item, screen="help"))
        yield prompts.screen(asked).text
    yield screens.terms(talk)


def met(guide: Guide) -> str:
    """Everything that anybody reads of a guide: its interview, and the guide shown whole."""
    return "\n".join((*interview(guide), *shown(guide, "0" * 64), *annexes(guide)))


# -- the format ------------------------------------------------------------------------------------
def pieces(kind: Any) -> Iterator[type[Part]]:
    """The classes of the format that a type is made of, at any depth."""
    if isinstance(kind, type) and issubclass(kind, Part):
        yield kind
        for field in kind.model_fields.values():
            yield from pieces(field.annotation)
    for inner in get_args(kind):
        yield from pieces(inner)


# -- the walk --------------------------------------------------------------------------------------
def leaves(value: Any, at: At = ()) -> Iterator[tuple[At, Any]]:
    """Every plain value, with the path to it."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from leaves(inner, (*at, key))
    else:
        yield at, value


def with_value(plain: dict[str, Any], at: At, value: Any) -> dict[str, Any]:
    """The same values but for one."""
    changed: Any = deepcopy(plain)
    within = changed
    for key in at[:-1]:
        within = within[key]
    within[at[-1]] = value
    if (
        at[0] == "scales" and at[-1] == "score"
    ):  # scores of a scale rise by one, so they move together
        levels = changed["scales"][at[1]]["levels"]
        changed["scales"][at[1]]["levels"] = [
            level | {"score": value - int(at[3]) + place} for place, level in enumerate(levels)
        ]
    return dict(changed)


def others(plain: dict[str, Any], value: Any) -> Iterator[Any]:
    """Values that could stand instead of one."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1)
    else:
        yield from (
            f"{value}x",
            f"x{value}",
            value[::-1],
            "acknowledge",
            "next-step",
            "evidence",
            "positive",
        )
        yield from (leaf for _, leaf in leaves(plain) if isinstance(leaf, str))


def changed(kind: type[Guide], plain: dict[str, Any], at: At, value: Any) -> Guide:
    """The guide with another valid value at a path."""
    for other in others(plain, value):
        if other == value:
            continue
        try:
            return kind.model_validate(with_value(plain, at, other))
        except ValidationError:
            continue
    everywhere = json.dumps(plain).replace(f'"{value}"', f'"{value}x"')
    return kind.model_validate(json.loads(everywhere))


def unread(kind: type[Guide], plain: dict[str, Any]) -> list[At]:
    """The values of a guide whose change changes nothing that anybody reads."""
    now = met(kind.model_validate(plain))
    return [at for at, value in leaves(plain) if met(changed(kind, plain, at, value)) == now]


# -- the rules -------------------------------------------------------------------------------------
def test_the_guide_of_the_walk_holds_every_field_there_is() -> None:
    """A field that is added to the format and not to this page would escape the walk."""
    held = {(kind.__name__, name) for kind, name in set_in(Guide, EVERYTHING)}
    every = {(kind.__name__, name) for kind in pieces(Guide) for name in kind.model_fields}
    assert every - held == set()


def set_in(kind: type[Part], plain: Any) -> Iterator[tuple[type[Part], str]]:
    """Every field that is given in a piece, with the class it belongs to."""
    for row in plain if isinstance(plain, list) else [plain]:
        for name, value in row.items():
            yield kind, name
            inner = next(pieces(kind.model_fields[name].annotation), None)
            if inner is not None:
                yield from set_in(inner, value)


def test_whatever_a_guide_holds_is_met_by_a_person() -> None:
    """To change any value of a guide changes something that somebody reads."""
    assert unread(Guide, EVERYTHING) == []


def test_a_field_without_a_reader_is_caught() -> None:
    """The walk finds what is declared and printed nowhere."""

    class Planted(Guide):
        planted: Text = ""

    assert unread(Planted, EVERYTHING | {"planted": "Nobody sees this."}) == [("planted",)]


@pytest.mark.parametrize("words", IN_THE_INTERVIEW)
def test_what_is_meant_for_who_answers_stands_in_the_interview(words: str) -> None:
    """Not only where a coordinator reads: with the notice, a question or its help."""
    assert words in "\n".join(interview(Guide.model_validate(EVERYTHING)))
