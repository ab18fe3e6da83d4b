"""A submission as JSON: the product's own document, and two shapes in which data is published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bots.forms.decoding import LONGEST
from bots.forms.scores import meant
from bots.forms.wording import letters
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Heading, Printed
from guides.model import Guide
from projections.submissions.handed_in import KEYS

NAMES = {  # the names of each kind of field in a document, our own first
    "evidence": (KEYS["evidence"],),
    "next-step": (KEYS["next-step"], "prioritising_next"),
}
TOP = (
    *("area", "year", "guide", "descriptors", "scores", "data_model", "data_model_changed"),
    *("priorities", "priority_descriptors", "permissions", "headings"),
)
READ = ("item", "id", "score", "section", "title", "label", "statement")  # the guide has the latter
CLOSE, GUESS = 0.85, 0.6  # how alike two names are, of which one may be the other misspelled
Headings = dict[tuple[str, str], list[tuple[int, str]]]  # by item and name: index of entry, text
ANSWERS = {"yes": True, "no": False, True: True, False: False, None: None}


def key_of(guide: Guide, item: str) -> dict[str, str]:
    """The name in a document of each field of an item, by the field's id."""
    return {box.id: KEYS[box.kind] for box in guide.section_of(item).fields}


def read_json(content: bytes, guide: Guide) -> Form:
    """Read a submission from JSON.

    Raises:
        Refused: it is not JSON, or of none of the three shapes.
    """
    if len(content) > LONGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {LONGEST}.")
    try:
        document = json.loads(content, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as mistake:
        raise Refused(f"The file is not JSON: {mistake}.") from None
    if not isinstance(document, dict) or not ({"descriptors", "scores"} & set(document)):
        raise Refused('The file holds neither "descriptors" nor "scores". Is it a submission?')
    refuse_misspelled(document, TOP, "at the top of the document")
    chosen = document.get("priorities", document.get("priority_descriptors"))
    headings = headings_of(document.get("headings"))
    rows = _rows(document)
    return Form(
        layout="json",
        printed=tuple(_printed(row, guide, headings) for row in rows),
        lost=tuple(_not_read(rows)),
        data_model=_whole(document.get("data_model"), "data_model"),
        data_model_changed=_answer(document.get("data_model_changed"), "data_model_changed"),
        priorities=_texts(chosen, "priorities"),
        permissions={
            name.replace("_", "-"): answer
            for name, value in _mapping(document.get("permissions"), "permissions").items()
            if (answer := _answer(value, f"permissions.{name}")) is not None
        },
    )


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different.

    Raises:
        Refused: one is there twice; which of the two is meant, nobody could say.
    """
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            raise Refused(f'The name "{name}" is there twice in one object. Keep one of the two.')
        held[name] = value
    return held


def refuse_misspelled(names: Iterable[str], known: Iterable[str], where: str) -> None:
    """Refuse a name that is nearly one of those that are read: what it holds would be lost.

    Args:
        known: the names that are read.
        where: the place of the names, to complete "There is ...".
    """
    named = list(known)
    by_letters = {letters(name): name for name in named}
    for name in names:
        close = get_close_matches(letters(name), by_letters, n=1, cutoff=CLOSE)
        if name not in named and close:
            raise Refused(
                f"There is “{name}” {where}, which is not read. Did you mean “{by_letters[close[0]]}”?"
            )


def unread(row: Mapping[str, Any], known: Collection[str], where: str) -> Iterator[str]:
    """A sentence for each name of a row that holds something and is not read."""
    for name, value in row.items():
        if name not in known and _says(value):
            guess = get_close_matches(name.casefold(), known, n=1, cutoff=GUESS)
            meant = f" Did you mean “{guess[0]}”?" if guess else ""
            yield f"{where}: “{name}” is not read.{meant}"


def _says(value: object) -> bool:
    """Whether a value holds words; numbers, such as lines of a source, are nobody's."""
    if isinstance(value, Mapping):
        return any(map(_says, value.values()))
    return (
        bool(value.strip())
        if isinstance(value, str)
        else (isinstance(value, list) and any(map(_says, value)))
    )


def _rows(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "descriptors" not in document:
        scores = _mapping(document["scores"], "scores")
        return [{"item": item, "score": score} for item, score in scores.items()]
    rows = document["descriptors"]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused("descriptors is to be a list of objects, one for each descriptor.")
    return rows


def _not_read(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    known = [*READ, "level", *(name for names in NAMES.values() for name in names)]
    for row in rows:
        item = str(row.get("item", row.get("id", "")))
        yield from unread(row, known, f"descriptor {item}")


def _printed(row: Mapping[str, Any], guide: Guide, headings: Headings) -> Printed:
    item = str(row.get("item", row.get("id", "")))
    where = f"descriptor {item or '(without an item)'}"
    fields = guide.section_of(item).fields if item in guide.descriptors else ()
    score = row.get("score")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float | str)):
        raise Refused(f"{where}: score is to be a level of the scale or null, not {score!r}.")
    entries: dict[str, tuple[str, ...]] = {}
    for box in fields:
        for name in NAMES[box.kind]:
            texts = _texts(row.get(name), f"{where}: {name}")
            if texts := with_headings(texts, headings, item, name):
                entries[box.id] = texts
    return Printed(
        item=item,
        where=where,
        score=_level(row.get("level"), None if score is None else whole(score), item, guide, where),
        entries=entries,
    )


def _level(level: object, score: str | None, item: str, guide: Guide, where: str) -> str | None:
    """The value of the level that a row holds: by what it is called, or else by its score.

    Raises:
        Refused: the two are not the same level.
    """
    if not isinstance(level, str):
        return None if score is None else meant(score, item, guide)
    called = meant(level, item, guide)
    levels = guide.scale_of(item).levels if item in guide.descriptors else ()
    scores = {str(known.score) for known in levels if known.value == called}
    if score is not None and scores and score not in scores:
        raise Refused(
            f"{where}: the level {level} does not have the score {score}. Keep one of them."
        )
    return called


def whole(score: float | str) -> str:
    """A score as text; 3.0 is 3, as programs write whole numbers."""
    return str(int(score)) if isinstance(score, float) and score.is_integer() else str(score)


def headings_of(value: object) -> Headings:
    """The headings of a document, by the descriptor and the field they belong to.

    Raises:
        Refused: they do not have the shape of a document's headings.
    """
    headings: Headings = {}
    rows: list[Any] = value if isinstance(value, list) else [] if value is None else [value]
    for row in rows:
        try:
            index, text = int(row["before_item"]), str(row["heading"])
            headings.setdefault((str(row["descriptor"]), str(row["field"])), []).append(
                (index, text)
            )
        except (KeyError, TypeError, ValueError):
            raise Refused(
                "headings is to be a list of objects with descriptor, field, before_item, heading."
            ) from None
    return headings


def with_headings(
    texts: tuple[str, ...], headings: Headings, item: str, name: str
) -> tuple[str, ...]:
    """A field's entries with its headings, each before the entry that it belongs to."""
    entries = list(texts)
    for index, text in reversed(headings.get((item, name), ())):
        entries.insert(index, Heading(text))
    return tuple(entries)


def _texts(value: object, where: str) -> tuple[str, ...]:
    texts: Sequence[object] = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(text, str) for text in texts):
        raise Refused(f"{where} is to be a list of texts.")
    return tuple(str(text) for text in texts if str(text).strip())


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refused(f"{where} is to be an object.")
    return value


def _whole(value: object, where: str) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise Refused(f"{where} is to be a whole number or null, not {value!r}.")


def _answer(value: object, where: str) -> bool | None:
    if isinstance(value, str | bool | None) and value in ANSWERS:
        return ANSWERS[value]
    raise Refused(f'{where} is to be "yes", "no" or null, not {value!r}.')
