"""Any guide at all, made up by chance; and a small one to plant mistakes in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from guides.base import UNSEEN
from guides.model import Guide

SMALL = """\
name: small
version: 1
title: Small
year: 2026
publisher: us
licence: ours
sources:
  - document: our own words
scales:
  - id: yes-no
    levels:
      - {value: "no", score: 0, label: "No"}
      - {value: "yes", score: 1, label: "Yes"}
sections:
  - id: first
    title: First
    items:
      - id: "1"
        statement: Is it so?
        scale: yes-no
      - id: "2"
        statement: How many?
        number: {unit: families, minimum: 0}
"""

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True)
LETTERS = st.characters(exclude_categories=("Cs", "Cn", "Cc"), include_characters="\n\t=+-@_x0D")
TEXTS = st.text(LETTERS, max_size=30).filter(lambda text: not UNSEEN.search(text))
PROSE = TEXTS.filter(bool)
NUMBERS = st.integers(-(10**20), 10**20)


@st.composite
def scales(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A scale of any length from any lowest score."""
    lowest = draw(NUMBERS)
    values = SLUGS.filter(lambda value: value not in {"dont-know", "not-my-area", "skip"})
    levels = draw(st.lists(values, min_size=2, max_size=4, unique=True))
    return {
        "id": name,
        "suggested": draw(st.booleans()),
        "note": draw(TEXTS),
        "levels": [
            {"value": value, "score": lowest + step, "label": draw(PROSE), "text": draw(TEXTS)}
            for step, value in enumerate(levels)
        ],
    }


@st.composite
def items(draw: st.DrawFn, name: str, known: list[str]) -> dict[str, Any]:
    """A descriptor, a question for a number, or one for words."""
    found: dict[str, Any] = {"id": name, "statement": draw(PROSE), "label": draw(TEXTS)}
    kind = draw(st.sampled_from(["scale", "number", "words", "not asked"]))
    if kind == "scale" and known:
        found["scale"] = draw(st.sampled_from(known))
        found["polarity"] = draw(st.sampled_from(["positive", "negative"]))
    if kind == "number":
        edges = st.none() | st.floats(allow_nan=False, allow_infinity=False)
        low, high = draw(edges), draw(edges)
        if low is not None and high is not None and low > high:
            low, high = high, low
        found["number"] = {"unit": draw(PROSE), "minimum": low, "maximum": high}
    if kind == "not asked":
        found |= {"statement": draw(TEXTS), "ask": False, "note": draw(TEXTS)}
    return found


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """A valid guide with any of its optional parts."""
    known = draw(st.lists(SLUGS, max_size=2, unique=True))
    names = draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    asked = draw(st.lists(SLUGS, min_size=len(names), max_size=6, unique=True))
    fields = st.lists(SLUGS.filter(lambda f: f not in {"score", "answer", "reason"}), unique=True)
    sections = [
        {
            "id": name,
            "number": draw(st.none() | NUMBERS),
            "title": draw(PROSE),
            "kind": draw(SLUGS),
            "part": draw(st.none() | SLUGS),
            "fields": [
                {"id": box, "label": draw(PROSE), "kind": draw(st.sampled_from(KINDS))}
                for box in draw(fields.map(lambda found: found[:2]))
            ],
            "items": [draw(items(item, known)) for item in asked[place :: len(names)]],
        }
        for place, name in enumerate(names)
    ]
    plain = {
        "name": draw(SLUGS),
        "version": draw(st.integers(1, 10**9)),
        "title": draw(PROSE),
        "year": draw(NUMBERS),
        "publisher": draw(PROSE),
        "licence": draw(PROSE),
        "sources": [{"document": draw(PROSE), "used_for": draw(TEXTS)}],
        "scales": [draw(scales(name)) for name in known],
        "sections": sections,
        **draw(_extras(asked, names, [str(section["kind"]) for section in sections])),
    }
    return Guide.model_validate(plain)


KINDS = ("evidence", "next-step")


@st.composite
def _extras(
    draw: st.DrawFn, asked: list[str], names: list[str], kinds: list[str]
) -> dict[str, Any]:
    """Thresholds, selection, permissions and the rest, or some of them."""
    role = draw(SLUGS.filter(lambda name: name not in {*asked, *names}))
    criteria = st.fixed_dictionaries({"item": st.sampled_from(asked), "minimum": NUMBERS})
    counts = st.dictionaries(st.sampled_from(kinds), NUMBERS)
    lists = st.lists(PROSE, max_size=2)
    every = {
        "usually_asked": st.just([{"role": role, "title": "Them", "sections": names[:1]}]),
        "thresholds": st.fixed_dictionaries(
            {
                "title": PROSE,
                "status": PROSE,
                "rule": PROSE,
                "criteria": st.lists(criteria, max_size=2),
            }
        ),
        "selection": st.fixed_dictionaries(
            {
                "count": NUMBERS,
                "duty": PROSE,
                "open_points": lists,
                "quotas": st.lists(
                    st.fixed_dictionaries(
                        {
                            "data_model_min": st.integers(1, 3),
                            "data_model_max": st.integers(3, 6),
                            "counts": counts,
                            "text": PROSE,
                        }
                    ),
                    max_size=2,
                ),
            }
        ),
        "permissions": st.just([])
        | st.fixed_dictionaries(
            {
                "id": SLUGS,
                "kind": st.sampled_from(["acknowledge", "confirm"]),
                "recipient": PROSE,
                "scope": lists,
                "text": PROSE,
            }
        ).map(lambda one: [one]),
        "vision": st.lists(
            st.fixed_dictionaries({"section": PROSE, "statements": lists}), max_size=2
        ),
        "target_groups": lists,
        "missing": lists,
    }
    chosen = draw(st.sets(st.sampled_from(sorted(every))))
    return {name: draw(every[name]) for name in sorted(chosen)}
