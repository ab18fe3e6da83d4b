"""Contradictions between parts of a guide, each with the path to its place.

They are looked for in plain values, so that an unfinished file has these mistakes reported together
with all others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

Path = tuple[str | int, ...]
Mistake = tuple[Path, str]
ANSWERS = ("dont-know", "not-my-area", "skip")
RESERVED = frozenset({  # what people say to an interview at any question
    "back", "begin", "carry on", "change priorities", "cheers", "continue", "dk",
    "do not contact me", "do not know", "don't contact me", "don't know", "dont know", "go back",
    "go on", "hand on", "help", "i am not the right person", "i don't know", "i dont know",
    "i'm not the right person", "later", "leave me alone", "many thanks", "my answers",
    "my reminders", "next", "not for me", "not mine", "not my area", "not now",
    "not the right person", "ok thank you", "ok thanks", "opt out", "pass", "pause", "previous",
    "reminders", "remove me", "report", "resume", "review", "skip", "skip this one", "start",
    "status", "stop", "stop asking", "stop asking me", "stop contacting me", "stop messaging me",
    "stop reminding me", "summary", "ta", "take me off the list", "take me off this list",
    "thank you", "thank you very much", "thanks", "thanks a lot", "unsubscribe", "what waits",
    "when was i reminded", "who sees my answers", "who sees this", "why am i asked",
    "why am i reminded", "why did you not remind me", "why did you remind me",
    "why didn't you remind me", "why didnt you remind me", "why do you remind me", "why me",
    "why was i not reminded", "why was i reminded", "why wasn't i", "why wasn't i reminded",
    "why wasnt i reminded", "withdraw", "withdraw yes", "wrong person", "yes withdraw",
})  # fmt: skip
TEXTS = (
    "title", "statement", "label", "text", "note", "definition", "instruction", "licence",
    "publisher", "unit", "rule", "duty", "afterwards", "document", "subject", "asked_by", "led_by",
)  # fmt: skip
TAKEN = (
    "the {key} {word} is something that people say to the interview, so nobody could choose it: "
    "call it something else"
)
ALIKE = "scale {scale}: {word} stands for more than one level, so nobody could tell them apart"
CUT = (
    "the text ends before “{comment}”, which is read as a comment: put the whole text in quotes, or "
    "the comment on a line of its own"
)
TALK = ("score", "answer", "reason")  # field ids that the interview itself uses


def contradictions(guide: Mapping[str, Any]) -> list[Mistake]:
    """Every contradiction in a guide's plain values."""
    return list(chain.from_iterable(rule(guide) for rule in RULES))


def _rows(within: object, key: str, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The mappings in the list under a key, each with its path; anything else is passed over."""
    listed = within.get(key) if isinstance(within, Mapping) else None
    for index, row in enumerate(listed if isinstance(listed, list | tuple) else ()):
        if isinstance(row, dict):
            yield (*at, key, index), row


def _items(guide: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for at, section in _rows(guide, "sections"):
        yield from _rows(section, "items", at)


def _ids(rows: Iterator[tuple[Path, dict[str, Any]]], key: str = "id") -> set[str]:
    return {str(row[key]) for _, row in rows if row.get(key) is not None}


def _are_all_named(guide: Mapping[str, Any], key: str) -> bool:
    """Whether a list has a name for each of its rows, so that one that is missing is really so."""
    listed = guide.get(key, ())
    return isinstance(listed, list | tuple) and all(
        isinstance(row, dict) and row.get("id") is not None for row in listed
    )


def _twice(rows: Iterator[tuple[Path, dict[str, Any]]], key: str, noun: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for at, row in rows:
        name = str(row.get(key))
        if key in row and name in seen:
            yield (*at, key), f"{noun} {name} is there twice"
        seen.add(name)


def _doubles(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    yield from _twice(_items(guide), "id", "item")
    for key, name, noun in (
        ("scales", "id", "scale"),
        ("sections", "id", "section"),
        ("usually_asked", "role", "role"),
        ("data_models", "level", "data model"),
        ("permissions", "id", "permission"),
        ("references", "id", "reference"),
        ("local_tables", "id", "local table"),
        ("local_terms", "id", "local term"),
        ("evidence_asked", "id", "evidence asked"),
    ):
        yield from _twice(_rows(guide, key), name, noun)
    for at, section in _rows(guide, "sections"):
        yield from _twice(_rows(section, "fields", at), "id", "field")


def _scales(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    known = _ids(_rows(guide, "scales"))
    is_known = _are_all_named(guide, "scales")
    for at, item in _items(guide):
        scale = item.get("scale")
        if scale is not None and str(scale) not in known and is_known:
            yield (*at, "scale"), f"item {item.get('id')}: no scale is called {scale}"
    for at, scale in _rows(guide, "scales"):
        for level_at, level in _rows(scale, "levels", at):
            if level.get("value") in ANSWERS:
                name = level["value"]
                what = f"scale {scale.get('id')}: {name} is an answer to every item, not a level"
                yield (*level_at, "value"), what


def _answers(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    for at, item in _items(guide):
        name = item.get("id")
        if item.get("ask", True) and not item.get("statement"):
            yield at, f"item {name} is asked but has no statement"
        if item.get("scale") is not None and item.get("number") is not None:
            yield (*at, "number"), f"item {name} has a scale and takes a number: choose one"
        number = item.get("number")
        low, high = (_figure(number, key) for key in ("minimum", "maximum"))
        if low is not None and high is not None and low > high:
            yield (*at, "number", "minimum"), f"item {name}: the minimum is above the maximum"


def _figure(number: object, key: str) -> float | None:
    value = number.get(key) if isinstance(number, Mapping) else None
    return value if isinstance(value, int | float) else None


def _fields(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    for at, section in _rows(guide, "sections"):
        for field_at, field in _rows(section, "fields", at):
            if field.get("id") in TALK:
                yield (*field_at, "id"), f"no field can be called {field['id']}: choose another id"


def _asked(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    sections = _ids(_rows(guide, "sections"))
    is_known = _are_all_named(guide, "sections")
    for at, role in _rows(guide, "usually_asked"):
        wanted = role.get("sections")
        for index, name in enumerate(wanted if isinstance(wanted, list | tuple) else ()):
            if str(name) not in sections and is_known:
                yield (
                    (*at, "sections", index),
                    f"role {role.get('role')}: no section is called {name}",
                )
        if str(role.get("role")) in sections | _ids(_items(guide)):
            yield (*at, "role"), f"role {role['role']} is also the name of a section or an item"


def _thresholds(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    known = _ids(_items(guide))
    for at, criterion in _rows(guide.get("thresholds"), "criteria", ("thresholds",)):
        if str(criterion.get("item")) not in known:
            yield (*at, "item"), f"threshold: no item is called {criterion.get('item')}"


def _quotas(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    kinds = _ids(_rows(guide, "sections"), "kind") | {"service"}
    for at, quota in _rows(guide.get("selection"), "quotas", ("selection",)):
        counts = quota.get("counts")
        for kind in counts if isinstance(counts, Mapping) else ():
            if kind not in kinds:
                yield (*at, "counts", kind), f"quota: no section is of the kind {kind}"
        low, high = (_figure(quota, f"data_model_{end}") for end in ("min", "max"))
        if low is not None and high is not None and low > high:
            yield (*at, "data_model_min"), "quota: data_model_min is above data_model_max"


def _annexes(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    """What stands beside items names items, sections or parts that there are; so does the end."""
    items = _ids(_items(guide))
    sections = list(_rows(guide, "sections"))
    known = items.union(*(_ids(iter(sections), key) for key in ("id", "part", "kind")))
    for key in ("references", "local_tables", "local_terms"):
        for at, row in _rows(guide, key):
            yield from _strange(row, "beside", at, known, "no item, section or part is called")
    for at, table in _rows(guide, "local_tables"):
        yield from _twice(_rows(table, "columns", at), "id", "column")
    yield from _strange(guide, "asked_last", (), items, "no item is called")


def _strange(
    within: Mapping[str, Any], key: str, at: Path, known: set[str], what: str
) -> Iterator[Mistake]:
    named = within.get(key)
    for index, name in enumerate(named if isinstance(named, list | tuple) else ()):
        if str(name) not in known:
            yield (*at, key, index), f"{key.replace('_', ' ')}: {what} {name}"


RULES: tuple[Callable[[Mapping[str, Any]], Iterator[Mistake]], ...] = (
    _doubles,
    _scales,
    _answers,
    _fields,
    _asked,
    _thresholds,
    _quotas,
    _annexes,
)


def not_in_new(guide: Mapping[str, Any], cut: Mapping[Path, str]) -> list[Mistake]:
    """What a new guide must not have; what was published before these rules stays readable.

    Args:
        cut: the comments that follow a text without quotes.
    """
    return [*_cut_texts(cut), *_levels_apart(guide)]


def plain_words(text: object) -> str:
    """Words as the interview compares what is typed: small, without quotes of a kind or a full stop."""
    return re.sub(r"\s+", " ", str(text).strip().replace("’", "'")).rstrip(".!?").lower()


def _cut_texts(cut: Mapping[Path, str]) -> Iterator[Mistake]:
    """Texts that end in the middle because a # follows a blank."""
    for path, comment in cut.items():
        last = next((part for part in reversed(path) if isinstance(part, str)), "")
        if last in TEXTS:
            yield path, CUT.format(comment=comment[:40])


def _levels_apart(guide: Mapping[str, Any]) -> Iterator[Mistake]:
    for at, scale in _rows(guide, "scales"):
        levels = list(_rows(scale, "levels", at))
        said = Counter(name for _, level in levels for name in _names(level))
        for level_at, level in levels:
            for key in {"value", "label"} & level.keys():
                word = plain_words(level[key])
                if word in RESERVED:
                    yield (*level_at, key), TAKEN.format(key=key, word=level[key])
                if said[word] > 1:
                    yield (*level_at, key), ALIKE.format(scale=scale.get("id"), word=level[key])


def _names(level: Mapping[str, Any]) -> set[str]:
    """What a level is called by: its value and its label, once where they are the same."""
    return {plain_words(level[key]) for key in ("value", "label") if key in level}
