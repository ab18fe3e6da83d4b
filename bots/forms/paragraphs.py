"""Printed lines put together again: one entry for each bullet or paragraph.

The rule, for the lines under one label:

1. A bullet begins an entry; its mark is dropped, a number is kept. Lines that hang under it are it.
2. Bullets stay with a lead-in, the paragraph or higher bullet before them that ends in a colon or in
   "such as", "including", "for example": one entry, its bullets on lines of their own, mark kept.
3. Blank space ends a paragraph, unless the next line goes on in small letters in mid-sentence.
4. Without blank space, a line that begins a new sentence after a full stop begins a paragraph. In
   a form that parts its paragraphs by blank space, and under a bullet, it does so only if the line
   before left room for its first word: there, a full line just happened to end in a full stop.
5. A line that begins with a capital after a line without a full stop begins a paragraph if the line
   before ended well before the margin: its next word would have found room.
6. In a form that was not wrapped and parts its paragraphs by blank space, a line was broken in the
   middle: what follows a line without a full stop is its rest, unless the line is a short heading.
7. Every other line is the rest of the one before, joined by a space; after a hyphen as `hyphens` says.

Where the file itself shows the paragraphs, only the first two rules are needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bots.forms.hyphens import Hyphens
from bots.forms.lines import Line

GLYPHS = "•●▪■◦○‣⁃∙·►➢➤✓✔❖□◆♦»\uf0b7\uf0a7\uf0d8\uf0fc"
SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"}  # as their font shows them
GLYPH = re.compile(rf"(?P<mark>[{GLYPHS}])\s*(?P<text>.*)", re.DOTALL)
DASH = re.compile(r"(?P<mark>[-–—‐‑*+]|o)\s+(?P<text>\S.*)", re.DOTALL)
NUMBER = re.compile(r"(?P<mark>\(?(?P<n>\d{1,2})[.)])\s+(?P<text>\S.*)", re.DOTALL)
ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
LEAD_IN = re.compile(
    r"(?::\s*[-–—]*|\b(?:such as|includes?|including|for example|e\.g\.?|the following)\W*)$",
    re.IGNORECASE,
)
BULLET = "•"
HEADING = 3  # words of a heading at most
UNWRAPPED = 100_000  # the margin of a form whose lines were not wrapped
NEARLY = 0.95  # of the width: letters of different widths were set, and are counted here
ROOM = 0.8  # of the width: a line shorter than this did not end for want of room


@dataclass(frozen=True)
class Setting:
    """How a form is typeset: the column where lines end; whether blank lines part paragraphs.

    Args:
        cells_spaced: whether they do in the cells of a table.
        doubts: the lines that may begin a paragraph or not, as they are come upon.
    """

    margin: int
    spaced: bool
    hyphens: Hyphens = field(default_factory=Hyphens)
    cells_spaced: bool = False
    doubts: list[Line] = field(default_factory=list)


@dataclass
class Paragraph:
    """One entry as it grows: its text, and the mark it was printed with."""

    text: str
    mark: str = ""
    indent: int = 0
    number: int = 0
    listed: list[tuple[str, int]] = field(default_factory=list)
    exact: bool = False

    @property
    def leads_in(self) -> bool:
        """Whether bullets that follow belong to it."""
        return not self.exact and (bool(self.listed) or bool(LEAD_IN.search(self.text)))


@dataclass(frozen=True)
class _Bullet:
    mark: str
    text: str
    number: int = 0


def paragraphs(lines: Sequence[Line], setting: Setting) -> list[Paragraph]:
    """The bullets and paragraphs that lines form together.

    Args:
        lines: the lines under one label, in order.
        setting: how the whole form is typeset.
    """
    entries: list[Paragraph] = []
    before: Line | None = None
    pending = ""
    left = min((line.indent for line in lines), default=0)
    for line in lines:
        if line.exact is not None:
            entries.append(Paragraph(line.exact, BULLET, exact=True))
            before = None
            continue
        if GLYPH.fullmatch(line.text) and len(line.text) == 1:
            pending = line.text
            continue
        bullet = (
            _Bullet(pending, line.text)
            if pending
            else _bullet(line, before, entries, line.margin or setting.margin)
        )
        if bullet:
            _add_bullet(entries, bullet, line)
        elif before is not None and entries and _goes_on(entries[-1], before, line, setting, left):
            entries[-1].text = setting.hyphens.join(entries[-1].text, line.text)
        else:
            entries.append(Paragraph(line.text, indent=line.indent))
        before, pending = line, ""
    return [entry for entry in entries if entry.text]


def is_bullet(text: str) -> bool:
    """Whether a line begins with the mark of a list."""
    return any(mark.fullmatch(text) for mark in (GLYPH, DASH, NUMBER))


def _bullet(
    line: Line, before: Line | None, entries: Sequence[Paragraph], margin: int
) -> _Bullet | None:
    if line.mark:
        return _Bullet(line.mark, line.text)
    if match := GLYPH.fullmatch(line.text):
        return _Bullet(match["mark"], match["text"])
    if match := NUMBER.fullmatch(line.text):
        number = int(match["n"])
        last = next((entry.number for entry in reversed(entries) if entry.number), 0)
        if number in (1, last + 1) and _sets_off(line, before, margin):
            return _Bullet(match["mark"], line.text, number)
    elif (match := DASH.fullmatch(line.text)) and (
        _sets_off(line, before, margin) or _same_level(match["mark"], line, entries)
    ):
        return _Bullet(match["mark"], match["text"])
    return None


def _sets_off(line: Line, before: Line | None, margin: int) -> bool:
    """Whether a line is set off from the one before, so that its dash is not within a sentence."""
    if before is None or (line.after_blank and not line.turned):
        return True
    ended = ENDED.search(before.text) or LEAD_IN.search(before.text)
    return bool(ended) or not _full(before, line, margin, ROOM)


def _same_level(mark: str, line: Line, entries: Sequence[Paragraph]) -> bool:
    if not entries:
        return False
    last = entries[-1].listed[-1] if entries[-1].listed else (entries[-1].mark, entries[-1].indent)
    return last == (mark, line.indent)


def _add_bullet(entries: list[Paragraph], bullet: _Bullet, line: Line) -> None:
    lead = entries[-1] if entries else None
    own = bool(lead and lead.mark and lead.mark == bullet.mark and line.indent <= lead.indent + 1)
    if lead is None or not lead.leads_in or own or (lead.mark and line.indent < lead.indent):
        entries.append(Paragraph(bullet.text, bullet.mark, line.indent, number=bullet.number))
        return
    lead.listed.append((bullet.mark, line.indent))
    mark = SYMBOLS.get(bullet.mark, bullet.mark)
    printed = bullet.text if bullet.number else f"{mark} {bullet.text}"
    lead.text = f"{lead.text}\n{printed}"
    lead.number = bullet.number


def _goes_on(entry: Paragraph, before: Line, line: Line, setting: Setting, left: int) -> bool:
    """Whether a line without a mark is the rest of the entry before it."""
    if line.whole:
        return False
    ended = ENDED.search(before.text) is not None
    small = line.text[:1].islower() or line.text[:1] in "(,;)&/%"
    if line.after_blank and not line.turned:
        return small and not ended and not LEAD_IN.search(before.text)
    marked = entry.listed[-1][1] if entry.listed else entry.indent if entry.mark else None
    if small or (marked is not None and line.indent > marked):
        return True
    if ended:
        return _goes_on_after_a_stop(before, line, setting, left, listed=marked is not None)
    margin = line.margin or setting.margin
    spaced = setting.cells_spaced if line.margin else setting.spaced
    unwrapped = before.full is None and margin == UNWRAPPED
    if unwrapped and spaced and not (line.turned or entry.mark):
        return not entry.listed and len(before.text.split()) > HEADING
    return _full(before, line, margin, ROOM, left)


def _goes_on_after_a_stop(
    before: Line, line: Line, setting: Setting, left: int, *, listed: bool
) -> bool:
    """Whether a sentence that begins a line belongs to the entry before; a doubt is written down."""
    margin = line.margin or setting.margin
    spaced = setting.cells_spaced if line.margin else setting.spaced
    near = _full(before, line, margin, ROOM, left) and (before.full or margin != UNWRAPPED)
    joins = (spaced or listed) and not line.turned and _full(before, line, margin, NEARLY, left)
    if not joins and (line.turned or (near and before.full is None) or (near and not spaced)):
        setting.doubts.append(line)
    return joins


def _full(before: Line, line: Line, margin: int, share: float, left: int = 0) -> bool:
    """Whether the next line's first word would not have fitted before the margin."""
    if before.full is not None:
        return before.full
    first = line.text.split(maxsplit=1)[0]
    room = left + share * (margin - left)
    return before.edge + 1 + len(first) > room
