"""Where each descriptor of a form begins: at its id, or at its statement where ids were lost."""

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
    """Every descriptor in order, even those that the guide does not know.

    A number at the beginning of a line is a descriptor's id if the descriptor's statement follows
    it, or if a label follows that the descriptor before already had.
    """
    own = [mark for mark in marks if mark.kind in ("score", "field")]
    taken = {at for mark in own for at in range(mark.at, mark.until)}
    likely = [header for header in _numbered(lines, taken) if _stated(lines, header, own, guide)]
    headers: list[Header] = []
    seen: set[tuple[str, str]] = set()
    since = 0
    for mark in own:
        candidates = [header for header in likely if since <= header.at < mark.at][-1:]
        again = (mark.kind, mark.which) in seen or not headers
        if not candidates and again:
            candidates = _structural(lines, since, mark.at, taken, guide)
        if candidates:
            headers.append(candidates[0])
            seen = set()
        seen.add((mark.kind, mark.which))
        since = mark.until
    return headers


def _numbered(lines: Sequence[Line], taken: set[int]) -> list[Header]:
    return [
        Header(match[1], at)
        for at, line in enumerate(lines)
        if at not in taken and (match := NUMBERED.match(line.text))
    ]


def _stated(lines: Sequence[Line], header: Header, marks: Sequence[Mark], guide: Guide) -> bool:
    """Whether an id is followed by the words of its descriptor, or directly by a label."""
    descriptor = guide.descriptors.get(header.item)
    until = next((mark.at for mark in marks if mark.at > header.at), len(lines))
    if descriptor is None:
        return False
    text = _printed(lines, header.at, min(until, header.at + REACH))
    if not words(text):
        return until < len(lines)
    return overlap(text, f"{descriptor.label} {descriptor.statement}") >= ALIKE


def _printed(lines: Sequence[Line], at: int, until: int) -> str:
    first = NUMBERED.match(lines[at].text)
    rest = [first[2] if first else lines[at].text]
    return " ".join([*rest, *(line.text for line in lines[at + 1 : until])])


def _structural(
    lines: Sequence[Line], since: int, until: int, taken: set[int], guide: Guide
) -> list[Header]:
    """The header that must stand before a label that occurs again."""
    near = range(max(since, until - REACH), until)
    numbered = [header for header in _numbered(lines[:until], taken) if header.at in near]
    if numbered:
        return numbered[-1:]
    share, minus_at, item = max(
        (
            (
                overlap(_printed(lines, at, until), f"{descriptor.label} {descriptor.statement}"),
                -at,
                name,
            )
            for at in near
            for name, descriptor in guide.descriptors.items()
            if len(words(_printed(lines, at, until))) > 5
        ),
        default=(0.0, 0, ""),
    )
    return [Header(item, -minus_at)] if share >= SURE else []
