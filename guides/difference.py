"""What changed between two guides, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guides.contradictions import Mistake, Path
from guides.model import Guide

Plain = Mapping[str, Any]
NAMES = ("id", "value", "role", "item", "level", "section", "title", "document", "name")
NOUNS = {
    "scales": "scale",
    "levels": "level",
    "sections": "section",
    "fields": "field",
    "items": "item",
    "usually_asked": "role",
    "criteria": "minimum score of",
    "data_models": "data model",
    "permissions": "permission",
    "sources": "source",
    "vision": "vision of",
    "service_types": "service type",
    "references": "reference",
    "local_tables": "local table",
    "columns": "column",
    "local_terms": "local term",
    "partners": "partner",
    "evidence_asked": "evidence asked",
}


def difference(before: Guide, after: Guide) -> list[str]:
    """Every change from one guide to another, a sentence each, in the guide's order."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [
        *_moved(before, after),
        *_mapping(_without_items(old), _without_items(new), "The guide"),
        *_listed(_all_items(old), _all_items(new), "items", ""),
    ]


def _all_items(guide: Plain) -> list[Plain]:
    return [item for section in guide["sections"] for item in section["items"]]


def _without_items(guide: Plain) -> Plain:
    """A guide without its items, which are compared wherever they stand."""
    sections = [{k: v for k, v in s.items() if k != "items"} for s in guide["sections"]]
    return {**guide, "sections": sections}


def _moved(before: Guide, after: Guide) -> Iterator[str]:
    section_of = {item.id: section.id for section in before.sections for item in section.items}
    for section in after.sections:
        for item in section.items:
            if section_of.get(item.id, section.id) != section.id:
                yield f"Item {item.id} moved from section {section_of[item.id]} to {section.id}."
        old = [item for item, section_id in section_of.items() if section_id == section.id]
        kept = [item.id for item in section.items if item.id in old]
        if kept != [item for item in old if item in kept]:
            yield f"Section {section.id}: the order of its items is now {', '.join(kept)}."


def _mapping(old: Plain, new: Plain, where: str) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        yield from _value(old.get(key), new.get(key), key, where)


def _value(old: Any, new: Any, key: str, where: str) -> Iterator[str]:
    if old == new:
        return
    if _are_named(old) and _are_named(new) and (old or new):
        yield from _listed(old, new, key, where)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _mapping(old, new, f"{where}, {_spaced(key)}")
    elif isinstance(old, list) and isinstance(new, list):
        yield from _entries(old, new, key, where)
    elif old in (None, "", False):
        yield f"{where}: {_spaced(key)} is new: {_shown(new)}."
    elif new in (None, "", False):
        yield f"{where}: {_spaced(key)} is gone; it was {_shown(old)}."
    else:
        yield f"{where}: {_spaced(key)} was {_shown(old)}, is now {_shown(new)}."


def _are_named(listed: Any) -> bool:
    return isinstance(listed, list) and all(
        isinstance(row, dict) and any(name in row for name in NAMES) for row in listed
    )


def _name(row: Plain) -> str:
    return str(next(row[name] for name in NAMES if name in row))


def _listed(old: Sequence[Plain], new: Sequence[Plain], key: str, where: str) -> Iterator[str]:
    noun, start = NOUNS.get(key, key), f"{where}, " if where and where != "The guide" else ""
    before, after = ({_name(row): row for row in rows} for rows in (old, new))
    for name, row in after.items():
        here = f"{start}{noun} {name}"
        here = here[0].upper() + here[1:]
        if name in before:
            yield from _mapping(before[name], row, here)
        else:
            yield f"{here} is new{_words(row)}."
    for name, row in before.items():
        if name not in after:
            here = f"{start}{noun} {name}"
            yield f"{here[0].upper()}{here[1:]} is gone{_words(row)}."
    kept = [name for name in after if name in before]
    if key != "items" and kept != [name for name in before if name in kept]:
        yield f"{where or 'The guide'}: the order of {_spaced(key)} is now {', '.join(kept)}."


def _words(row: Plain) -> str:
    """The main text of a new or removed row, if it has any."""
    words = row.get("statement") or row.get("label") or row.get("title") or row.get("text")
    return f": {_shown(words)}" if words else ""


def _entries(old: Sequence[Any], new: Sequence[Any], key: str, where: str) -> Iterator[str]:
    for entry in new:
        if entry not in old:
            yield f"{where}, {_spaced(key)}: new is {_shown(entry)}."
    for entry in old:
        if entry not in new:
            yield f"{where}, {_spaced(key)}: gone is {_shown(entry)}."
    if sorted(map(repr, old)) == sorted(map(repr, new)):
        yield f"{where}: the order of {_spaced(key)} changed."


def _spaced(key: str) -> str:
    return key.replace("_", " ")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(
            f"{_spaced(str(k))} {_shown(v)}" for k, v in value.items() if v is not None
        )
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)


# -- like another guide --------------------------------------------------------------------------
OF_THE_EDITION = frozenset({
    "name", "version", "title", "edition", "year", "publisher", "licence", "sources", "about",
    "like", "missing",
})  # fmt: skip
OF_THE_LEVELS = frozenset({"label", "text"})
OF_THE_SCALE = frozenset({"suggested", "note", "minutes"})


def unlike(guide: Guide, other: Guide) -> list[Mistake]:
    """Where a guide that is to be like another differs in more than the wording of its levels."""
    own, wanted = (_but_for_levels(each.model_dump(mode="json")) for each in (guide, other))
    return [
        (at, f"it is to be like {other.id} but for the wording of its levels, and here it differs")
        for at in _apart(own, wanted, ())
    ]


def _but_for_levels(plain: dict[str, Any]) -> dict[str, Any]:
    scales = [
        {key: value for key, value in scale.items() if key not in OF_THE_SCALE}
        | {"levels": [_without(level, OF_THE_LEVELS) for level in scale["levels"]]}
        for scale in plain["scales"]
    ]
    return _without(plain, OF_THE_EDITION) | {"scales": scales}


def _without(plain: Plain, keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key not in keys}


def _apart(own: Any, wanted: Any, at: Path) -> Iterator[Path]:
    """The paths at which two values differ, each as deep as it can be told."""
    if isinstance(own, dict) and isinstance(wanted, dict):
        for key in dict.fromkeys((*own, *wanted)):
            yield from _apart(own.get(key), wanted.get(key), (*at, key))
    elif isinstance(own, list) and isinstance(wanted, list) and len(own) == len(wanted):
        for place, (mine, theirs) in enumerate(zip(own, wanted, strict=True)):
            yield from _apart(mine, theirs, (*at, place))
    elif own != wanted:
        yield at
