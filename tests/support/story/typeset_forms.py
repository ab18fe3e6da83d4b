"""The invented form as PDF, typeset in the designs that areas give their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import typst

from support.story.forms import GUIDE, LABELS, NEXT, PROMPT, WELL, Told
from support.story.invented import INVENTED
from support.story.renderings import closing, head, title

PAGE = """
#set page(paper: "a4", margin: 2cm, header: [Northvale Council], numbering: "1 of 1")
#set text(size: 10pt, lang: "en", hyphenate: {hyphens})
#set par(justify: {hyphens}, spacing: {space})
#set table(stroke: {stroke}, inset: 5pt)
"""
Design = Callable[[str, Told], str]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _paragraphs(texts: Sequence[str]) -> str:
    return "[" + "".join(f"#par({_quoted(text)})" for text in texts) + "]"


def _boxes(own: Told) -> list[str]:
    return [
        _paragraphs([own.score] if own.score else []),
        *map(_paragraphs, (own.entries[WELL], own.entries[NEXT])),
    ]


def _table(columns: str, *cells: str) -> str:
    return f"#table(columns: ({columns}), {', '.join(cells)})"


PROMPTS = [_paragraphs([PROMPT]), *(_paragraphs([label]) for label in LABELS.values())]


def beside(item: str, own: Told) -> str:
    """Label on the left, words on the right."""
    rows = [cell for pair in zip(PROMPTS, _boxes(own), strict=True) for cell in pair]
    return f"#par({_quoted(head(item))})\n" + _table("30%, 70%", *rows)


def in_two(item: str, own: Told) -> str:
    """Score and evidence side by side, the plan below."""
    score, well, _ = _boxes(own)
    table = _table("30%, 70%", *PROMPTS[:2], score, well)
    below = "".join(f"#par({_quoted(text)})\n" for text in (LABELS[NEXT], *own.entries[NEXT]))
    return f"#par({_quoted(head(item))})\n{table}\n{below}"


def in_three(item: str, own: Told) -> str:
    """Score, evidence and plan side by side."""
    return f"#par({_quoted(head(item))})\n" + _table("20%, 45%, 35%", *PROMPTS, *_boxes(own))


def in_lines(item: str, own: Told) -> str:
    """Without tables."""
    lines = [head(item), f"{PROMPT}: {own.score or ''}".strip()]
    for box, label in LABELS.items():
        lines += [label, *own.entries[box]]
    return "".join(f"#par({_quoted(text)})\n" for text in lines)


@cache  # it is read as it is, and printed as text
def pdf(
    design: Design, *, rules: bool = True, hyphens: bool = False, space: str = "1.4em"
) -> bytes:
    """The whole form in one design.

    Args:
        rules: whether lines are drawn around the cells of tables.
        hyphens: whether words are broken at line ends, and lines set to one width.
        space: between two paragraphs.
    """
    flag = "true" if hyphens else "false"
    parts = [PAGE.format(hyphens=flag, stroke="0.5pt" if rules else "none", space=space)]
    for section in GUIDE.sections:
        parts.append(f"= #{_quoted(title(section))}")
        parts += [
            design(item.id, INVENTED[item.id]) for item in section.items if item.id in INVENTED
        ]
    parts += [f"#par({_quoted(line)})" for line in closing("after")]
    return typst.compile("\n".join(parts).encode(), format="pdf")


TYPESET: dict[str, Callable[[], bytes]] = {
    "label | words": lambda: pdf(beside),
    "score | evidence, plan below": lambda: pdf(in_two),
    "score | evidence | plan": lambda: pdf(in_three),
    "score | evidence | plan, no rules": lambda: pdf(in_three, rules=False),
    "label | words, no rules": lambda: pdf(beside, rules=False),
    "no tables": lambda: pdf(in_lines),
    "hyphens and one width": lambda: pdf(in_lines, hyphens=True),
    "hyphens in cells": lambda: pdf(in_three, hyphens=True),
    "no space between paragraphs": lambda: pdf(in_two, space="0.65em"),
}
