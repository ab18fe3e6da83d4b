"""Twice the text takes twice the time: no words from outside hold up a process, however they are put.

Told by growth, not by the clock of one machine: each regular expression of ours by the ways it is used,
on inputs made from the expression itself; and what reads typed words, as a whole.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.hostile_input import Hostile, against, too_slow

from bots.interview import typed_words
from bots.interview.spoken_scores import spoken
from bots.slack.coordinator.orders import read_order
from bots.slack.payloads import as_typed
from ehsg_events.dates.spoken_times import read_time
from ehsg_events.interview.questions import Ask
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.language.catalogue import speaking
from guides import library
from projections.documents.markdown import inert
from projections.results.plans_in_words import planned

HOUSE = Path(__file__).parents[2]
PACKAGES = ("guides", "ehsg_events", "projections", "flows", "bots")
ANYWHERE = "findall"  # as search, sub and split do, it begins at each character
WAYS = {"match": "match", "fullmatch": "fullmatch"}
FLAGS = {r"I\b|IGNORECASE": int(re.I), r"S\b|DOTALL": int(re.S), r"M\b|MULTILINE": int(re.M)}
Used = dict[tuple[str, int], set[str]]


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((HOUSE / package).rglob("*.py"))


def _compiled_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The expressions in a value of a module, and in what it holds."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _compiled_in(inner, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        yield from _compiled_in(tuple(value.values()), depth)


def _named() -> Used:
    """The expressions that modules hold by a name, with the ways that name is used anywhere."""
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for source in _sources():
        for name, way in re.findall(
            r"\b([A-Z][A-Z_]*)\.(match|fullmatch|search|subn?|findall|finditer|split)\(",
            source.read_text(encoding="utf-8"),
        ):
            ways[name].add(WAYS.get(way, ANYWHERE))
    used: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for package in PACKAGES:
        folder = importlib.import_module(package).__path__
        for found in pkgutil.walk_packages(folder, f"{package}."):
            if not found.name.endswith("__main__"):
                for name, value in vars(importlib.import_module(found.name)).items():
                    for pattern in _compiled_in(value):
                        used[pattern.pattern, pattern.flags] |= ways[name] or {"fullmatch"}
    return used


def _in_place() -> Used:
    """The expressions that are written where they are used."""
    used: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for source in _sources():
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=way),
                    args=[ast.Constant(value=str(written)), *more],
                ) if way not in ("compile", "escape"):
                    said = " ".join(ast.unparse(one) for one in [*more, *node.keywords])
                    flags = sum(flag for word, flag in FLAGS.items() if re.search(word, said))
                    used[written, flags].add(WAYS.get(way, ANYWHERE))
    return used


@pytest.fixture(scope="module")
def used() -> Used:
    """Every expression, with the ways it is used."""
    named = _named()
    for expression, ways in _in_place().items():
        named[expression] = named.get(expression, set()) | ways
    return named


def test_the_expressions_are_found(used: Used) -> None:
    """So that the rule below is one about all of them."""
    assert len(used) > 100
    assert any("[a-z]++:" in written for written, _ in used)  # of a link in Slack's text


@pytest.mark.parametrize("written", [r"<[a-z]+:[^>]*>", r"\s+$", r"(a+)+b", r"(\w+)-"])
def test_an_expression_that_is_too_slow_is_noticed(written: str) -> None:
    """A square, and worse."""
    work = re.compile(written).findall
    assert any(too_slow(work, hostile) for hostile in against(re.compile(written)))


def test_an_expression_takes_time_in_proportion(used: Used) -> None:
    """However hostile the text is."""
    said = [
        f"{written}: {slow}"
        for (written, flags), ways in used.items()
        for hostile in against(re.compile(written, flags))
        for way in ways
        if (slow := too_slow(getattr(re.compile(written, flags), way), hostile))
    ]
    assert not said


# -- what reads typed words ------------------------------------------------------------------------
GUIDE = library.guide("ehsg-2022@1").guide
ITEM = next(iter(GUIDE.items))
NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)


def _understood(text: str, language: str) -> object:
    with speaking(language):
        sitting: Any = SimpleNamespace(guide=GUIDE)
        return typed_words.understand(text, Ask(ITEM, "score"), sitting)


READERS: dict[str, Callable[[str], object]] = {
    "Slack's text": as_typed,
    "the guard": concern_in,
    "a spoken score": lambda text: spoken(text, GUIDE.scale_of(ITEM)),
    "a time": lambda text: read_time(text, NOW, "Europe/London"),
    "a coordinator's order": read_order,
    "a plan": lambda text: planned(text, 2026),
    "Markdown": inert,
    "a command": lambda text: _understood(text, "en"),
    "a Welsh command": lambda text: _understood(text, "cy"),
    "a quotation": typed_words.unquoted,
}
REPEATED = (
    "a", "1", " ", ".", "<", "&", "\n", '"', "“", "-", "/", ":", "\u0301", "👩\u200d", "<a:", "<#", "<@U",
    "&lt;", "he. ", "my son ", "b. ", "01/02/2019 ", "943 476 5919 ", "12-", "change 1 to ", "newid 1 i ",
    "remind me ", "score ", "3, ", "maybe ", "term means ", "we will ", "from the next ", "a@b.", "1,234",
    "hit a b ", "not not ", "his dadz hitz ", "we saw the ", "[mae", "\ufdfa",
)  # fmt: skip


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_words_are_read_in_time_in_proportion(read: Callable[[str], object]) -> None:
    """Whatever is repeated in them."""
    read("")  # what is compiled when somebody first types is compiled
    for begins in ("", "change 1 to "):
        for repeated in REPEATED:
            said = too_slow(read, Hostile(begins, repeated, "!"))
            assert not said, said
