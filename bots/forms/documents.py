"""A submission as JSON: the tool's own document, and the two shapes published data comes in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bots.forms.lines import LONGEST
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Heading, Printed
from guides.model import Guide
from projections.submissions.handed_in import KEYS

NAMES = {  # what a field of each kind is called in a document, our own name first
    "evidence": (KEYS["evidence"],),
    "next-step": (KEYS["next-step"], "prioritising_next"),
}
Headings = dict[tuple[str, str], list[tuple[int, str]]]  # by item and name: over which entry, what
ANSWERS = {"yes": True, "no": False, True: True, False: False, None: None}


def key_of(guide: Guide, item: str) -> dict[str, str]:
    """The name in a document of each of an item's fields."""
    return {box.id: KEYS[box.kind] for box in guide.section_of(item).fields}


def read_json(content: bytes, guide: Guide) -> Form:
    """Read a submission from JSON.

    Raises:
        Refused: it is not JSON of one of the three shapes.
    """
    if len(content) > LONGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {LONGEST}.")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as mistake:
        raise Refused(f"The file is not JSON: {mistake}.") from None
    if not isinstance(found, dict) or not ({"descriptors", "scores"} & set(found)):
        raise Refused('The file holds neither "descriptors" nor "scores". Is it a submission?')
    chosen = found.get("priorities", found.get("priority_descriptors"))
    over = headings_of(found.get("headings"))
    return Form(
        layout="json",
        printed=tuple(_printed(row, guide, over) for row in _rows(found)),
        data_model=_whole(found.get("data_model"), "data_model"),
        data_model_changed=_answer(found.get("data_model_changed"), "data_model_changed"),
        priorities=_texts(chosen, "priorities"),
        permissions={
            name.replace("_", "-"): answer
            for name, said in _mapping(found.get("permissions"), "permissions").items()
            if (answer := _answer(said, f"permissions.{name}")) is not None
        },
    )


def _rows(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "descriptors" not in found:
        scores = _mapping(found["scores"], "scores")
        return [{"item": item, "score": score} for item, score in scores.items()]
    rows = found["descriptors"]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused("descriptors is to be a list of objects, one for each descriptor.")
    return rows


def _printed(row: Mapping[str, Any], guide: Guide, over: Headings) -> Printed:
    item = str(row.get("item", row.get("id", "")))
    where = f"descriptor {item or '(without an item)'}"
    fields = guide.section_of(item).fields if item in guide.descriptors else ()
    score = row.get("score")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float | str)):
        raise Refused(f"{where}: score is to be a level of the scale or null, not {score!r}.")
    return Printed(
        item=item,
        where=where,
        score=None if score is None else str(score),
        entries={
            box.id: texts
            for box in fields
            for name in NAMES[box.kind]
            if (texts := with_headings(_texts(row.get(name), f"{where}: {name}"), over, item, name))
        },
    )


def headings_of(found: object) -> Headings:
    """The headings of a document, by the descriptor and the field they stand in.

    Raises:
        Refused: they are not as a document has them.
    """
    over: Headings = {}
    rows: list[Any] = found if isinstance(found, list) else [] if found is None else [found]
    for row in rows:
        try:
            place, text = int(row["before_item"]), str(row["heading"])
            over.setdefault((str(row["descriptor"]), str(row["field"])), []).append((place, text))
        except (KeyError, TypeError, ValueError):
            raise Refused(
                "headings is to be a list of objects with descriptor, field, before_item, heading."
            ) from None
    return over


def with_headings(texts: tuple[str, ...], over: Headings, item: str, name: str) -> tuple[str, ...]:
    """A field's entries with its headings, each over the entry it stands before."""
    found = list(texts)
    for place, text in reversed(over.get((item, name), ())):
        found.insert(place, Heading(text))
    return tuple(found)


def _texts(found: object, where: str) -> tuple[str, ...]:
    every: Sequence[object] = found if isinstance(found, list) else [] if found is None else [found]
    if not all(isinstance(one, str) for one in every):
        raise Refused(f"{where} is to be a list of texts.")
    return tuple(str(one) for one in every if str(one).strip())


def _mapping(found: object, where: str) -> Mapping[str, Any]:
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Refused(f"{where} is to be an object.")
    return found


def _whole(found: object, where: str) -> int | None:
    if found is None or (isinstance(found, int) and not isinstance(found, bool)):
        return found
    raise Refused(f"{where} is to be a whole number or null, not {found!r}.")


def _answer(found: object, where: str) -> bool | None:
    if isinstance(found, str | bool | None) and found in ANSWERS:
        return ANSWERS[found]
    raise Refused(f'{where} is to be "yes", "no" or null, not {found!r}.')
