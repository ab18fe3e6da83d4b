"""One form in many renderings: how people save it, copy it, typeset it and change it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from guides.model import Section
from support.story.forms import GUIDE, LABELS, NEXT, PROMPT, WELL, Told
from support.story.invented import CHOSEN, DATA_MODEL, INVENTED

LEGEND = [f"Data Model {model.level}: {model.name} – {model.text}" for model in GUIDE.data_models]
ICON = "(Please click on the 'i' icon for more information)"
ASKED = "Northvale's data model (as submitted in the September 2021 data survey)"
Rendering = Callable[[], bytes]


def head(item: str) -> str:
    """A descriptor's line."""
    own = GUIDE.items[item]
    return f"{item} - {own.label}: {own.statement}" if own.label else f"{item} - {own.statement}"


def title(section: Section) -> str:
    """A section's line."""
    return f"{section.number}. {section.title}"


def closing(legend: str = "none", model: str = str(DATA_MODEL)) -> list[str]:
    """The lines after the last descriptor; the models are explained before or after the box."""
    lines = ["Selection of descriptors"]
    lines += LEGEND if legend == "before" else []
    lines += [f"{ASKED}: {model}".rstrip()]
    lines += LEGEND if legend == "after" else []
    for number, item in zip(("one", "two", "three"), CHOSEN, strict=True):
        lines.append(f"Descriptor {number}: {item}")
    return lines


def lined(
    told: Mapping[str, Told] = INVENTED,
    *,
    width: int = 0,
    bullet: str = "",
    blank: bool = True,
    legend: str = "none",
    furniture: Sequence[str] = (),
    reverse: bool = False,
    score: str = "{}",
) -> list[str]:
    """The form under headings, one thing after the other.

    Args:
        width: where lines are broken; 0 for one line a paragraph.
        furniture: lines that stand before each descriptor.
        score: how a score is written.
    """
    lines: list[str] = []
    sections = list(reversed(GUIDE.sections)) if reverse else list(GUIDE.sections)
    for section in sections:
        items = [item.id for item in section.items if item.id in told]
        lines += [title(section), ""] * bool(items)
        for item in reversed(items) if reverse else items:
            lines += [*furniture, *_wrapped(head(item), "", width), "", *[""] * blank]
            own = told[item]
            lines += [f"{PROMPT} {score.format(own.score) if own.score else ''}".rstrip(), ""]
            for box, label in LABELS.items():
                lines += [label, ""]
                for text in own.entries[box]:
                    lines += [*_wrapped(text, bullet, width), *[""] * blank]
    for line in closing(legend):
        lines += [*_wrapped(line, "", width), ""]
    return lines


def _wrapped(text: str, bullet: str, width: int) -> list[str]:
    if not width:
        return [bullet + text]
    hang = " " * len(bullet)
    return textwrap.wrap(bullet + text, width, subsequent_indent=hang, break_on_hyphens=False)


def encoded(lines: Iterable[str], encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Lines as a file."""
    return end.join([*lines, ""]).encode(encoding)


def hyphened(width: int = 76) -> list[str]:
    """Words broken at line ends, as a word processor breaks them; short words stay whole."""
    lines: list[str] = []
    for whole in lined():
        line = ""
        for word in whole.split(" "):
            room = width - len(line) - 1
            if len(line) + len(word) + 1 > width:
                cut = _break(word, room)
                lines.append(f"{line} {word[:cut]}-" if cut else line)
                line = word[cut:]
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


def _break(word: str, room: int) -> int:
    if not word.isalpha() or len(word) < 8:
        return 0
    return min(room - 1, len(word) - 3) if room > 4 else 0


def paged(lines: Sequence[str], *, labels_again: bool = False, size: int = 44) -> str:
    """Lines on pages with a head, a foot and a number; a label goes on over the page."""
    out: list[str] = []
    since, label = 0, ""
    for line in lines:
        label = line if line in LABELS.values() else "" if _is_own(line) else label
        if since >= size and line and not _is_own(line):
            page = len([one for one in out if one.startswith("\f")]) + 1
            out += ["", f"Northvale Council    Page {page}", "\fEarly Help System Guide", ""]
            out += [f"{label} (continued)", ""] if labels_again and label else []
            since = 0
        out.append(line)
        since += 1
    return "\n".join(out) + "\n"


def _is_own(line: str) -> bool:
    """Whether a line is a label or head, after which a page is not turned."""
    return line in LABELS.values() or bool(re.match(r"\d\.\d|Self-|\d\. |Descriptor", line))


def stacked(*boxes: str, tabs: bool = False) -> list[str]:
    """Tables that a word processor wrote as text: all heads of a row, then all its cells.

    Args:
        boxes: the fields whose cells stand in the row of the score.
        tabs: whether the first line of a cell begins with one.
    """
    tab = "\t" * tabs
    lines: list[str] = []
    for item, own in INVENTED.items():
        lines += [head(item), *(f"{tab}{label}" for label in (PROMPT, *map(LABELS.get, boxes)))]
        lines += [""] * tabs + ([f"{tab}{own.score}"] if own.score else [])
        for box in boxes:
            lines += [
                f"{tab if not index else ''}{text}" for index, text in enumerate(own.entries[box])
            ]
        for box in set(LABELS) - set(boxes):
            lines += [LABELS[box], *own.entries[box]]
    return [*lines, *closing()]


def side_by_side(*boxes: str, widths: Sequence[int] = (24, 42, 36)) -> list[str]:
    """Columns beside each other, as a table is printed as text."""
    lines: list[str] = []
    for item, own in INVENTED.items():
        lines += ["", *textwrap.wrap(head(item), 90), ""]
        cells = [[PROMPT], *([LABELS[box]] for box in boxes)]
        lines += _row(cells, widths)
        lines += _row([[own.score or ""], *(list(own.entries[box]) for box in boxes)], widths)
        for box in set(LABELS) - set(boxes):
            lines += ["", LABELS[box], ""]
            lines += [line for text in own.entries[box] for line in (*textwrap.wrap(text, 90), "")]
    return [*lines, "", *closing()]


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    columns = [
        [line for text in cell for line in textwrap.wrap(text, width - 2)] or [""]
        for cell, width in zip(cells, widths, strict=False)
    ]
    tall = max(map(len, columns))
    rows = zip(*(column + [""] * (tall - len(column)) for column in columns), strict=True)
    return [
        "".join(f"{text:{width}}" for text, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]


def tabbed() -> list[str]:
    """A table copied out of a word processor: cells parted by tabs, a row for each line."""
    lines: list[str] = []
    for item, own in INVENTED.items():
        lines += [head(item), "\t".join((PROMPT, *LABELS.values()))]
        rows = zip_longest([own.score or ""], own.entries[WELL], own.entries[NEXT], fillvalue="")
        lines += ["\t".join(row) for row in rows]
    return [*lines, *closing()]


TEXTS: dict[str, Rendering] = {
    "headings": lambda: encoded(lined()),
    "wrapped at 92": lambda: encoded(lined(width=92)),
    "wrapped, bullets, no blank lines": lambda: encoded(lined(width=80, bullet="• ", blank=False)),
    "dashes for bullets": lambda: encoded(lined(width=100, bullet="- ", blank=False)),
    "pages with heads and feet": lambda: paged(lined(width=92)).encode(),
    "labels continued": lambda: paged(lined(width=92), labels_again=True).encode(),
    "hyphens at line ends": lambda: encoded(hyphened()),
    "reversed": lambda: encoded(lined(reverse=True)),
    "legend before": lambda: encoded(lined(legend="before")),
    "legend after": lambda: encoded(lined(legend="after")),
    "heads of columns again": lambda: encoded(
        lined(furniture=["Descriptor Score Evidence Next steps"])
    ),
    "icon lines": lambda: encoded(
        [
            line
            for text in lined()
            for line in ([text, "", ICON] if re.match(r"\d\.\d", text) else [text])
        ]
    ),
    "UTF-16 with a mark": lambda: encoded(lined(), "utf-16"),
    "UTF-16 BE without": lambda: encoded(lined(), "utf-16-be"),
    "UTF-16 LE without": lambda: encoded(lined(), "utf-16-le"),
    "Windows-1252": lambda: encoded(lined(), "cp1252"),
    "CRLF": lambda: encoded(lined(width=92), end="\r\n"),
    "CR": lambda: encoded(lined(), end="\r"),
    "3/5": lambda: encoded(lined(score="{}/5")),
    "Level 3": lambda: encoded(lined(score="Level {}")),
    "3 - developing": lambda: encoded(lined(score="{} - developing")),
    "**3**": lambda: encoded(lined(score="**{}**")),
    "stacked in two, tabs": lambda: encoded(stacked(WELL, tabs=True)),
    "stacked in two": lambda: encoded(stacked(WELL)),
    "stacked in three, tabs": lambda: encoded(stacked(WELL, NEXT, tabs=True)),
    "stacked in three": lambda: encoded(stacked(WELL, NEXT)),
    "two columns": lambda: encoded(side_by_side(WELL)),
    "three columns": lambda: encoded(side_by_side(WELL, NEXT)),
    "cells parted by tabs": lambda: encoded(tabbed()),
}
