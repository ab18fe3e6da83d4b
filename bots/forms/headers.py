"""Where each descriptor of a form begins: by its id, and by its statement where ids were lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bots.forms.labels import Mark
from bots.forms.lines import Line
from bots.forms.wording import overlap, words
from guides.model import Guide

NUMBERED = re.compile(
    r"(?:descriptor\s+)?(\d{1,2}\.\d{1,2})(?![\d%])[.:)]?(?:\s+|\s*[:–—-]\s*|$)(.*)", re.I
)
ALIKE, SURE = 0.6, 0.8  # shares of a printed beginning that a statement's words make up
REACH = 15  # lines from a descriptor's id to its first label


@dataclass(frozen=True)
class Header:
    """The line in which a descriptor begins."""

    item: str
    at: int


def headers_of(lines: Sequence[Line], marks: Sequence[Mark], guide: Guide) -> list[Header]:
    """Every descriptor in order, those that the guide does not know as well.

    A number at the beginning of a line is a descriptor's when its statement follows, or when a
    label comes again that the descriptor before it already had.
    """
    own = [mark for mark in marks if mark.kind in ("score", "field")]
    taken = {place for mark in own for place in range(mark.at, mark.until)}
    likely = [h for h in _numbered(lines, taken) if _stated(lines, h, own, guide)]
    found: list[Header] = []
    seen: set[tuple[str, str]] = set()
    since = 0
    for mark in own:
        here = [h for h in likely if since <= h.at < mark.at][-1:]
        again = (mark.kind, mark.which) in seen or not found
        if not here and again:
            here = _structural(lines, since, mark.at, taken, guide)
        if here:
            found.append(here[0])
            seen = set()
        seen.add((mark.kind, mark.which))
        since = mark.until
    return found


def _numbered(lines: Sequence[Line], taken: set[int]) -> list[Header]:
    return [
        Header(found[1], at)
        for at, line in enumerate(lines)
        if at not in taken and (found := NUMBERED.match(line.text))
    ]


def _stated(lines: Sequence[Line], header: Header, marks: Sequence[Mark], guide: Guide) -> bool:
    """Whether the words after an id are its descriptor's, or a label follows at once."""
    asked = guide.descriptors.get(header.item)
    until = next((m.at for m in marks if m.at > header.at), len(lines))
    if asked is None:
        return False
    text = _printed(lines, header.at, min(until, header.at + REACH))
    if not words(text):
        return until < len(lines)
    return overlap(text, f"{asked.label} {asked.statement}") >= ALIKE


def _printed(lines: Sequence[Line], at: int, until: int) -> str:
    first = NUMBERED.match(lines[at].text)
    rest = [first[2] if first else lines[at].text]
    return " ".join([*rest, *(line.text for line in lines[at + 1 : until])])


def _structural(
    lines: Sequence[Line], since: int, until: int, taken: set[int], guide: Guide
) -> list[Header]:
    """The header that must stand before a label that comes again."""
    near = range(max(since, until - REACH), until)
    numbered = [h for h in _numbered(lines[:until], taken) if h.at in near]
    if numbered:
        return numbered[-1:]
    best = max(
        (
            (overlap(_printed(lines, at, until), f"{i.label} {i.statement}"), -at, name)
            for at in near
            for name, i in guide.descriptors.items()
            if len(words(_printed(lines, at, until))) > 5
        ),
        default=(0.0, 0, ""),
    )
    return [Header(best[2], -best[1])] if best[0] >= SURE else []
