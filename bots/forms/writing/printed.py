"""A submission as plain text or Markdown that is read back letter for letter, lines and all.

Under its title stands a double rule, which says that the file keeps this layout: an entry begins
with a bullet, its further lines are indented by two spaces, and every other line is the form's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bots.forms.writing.parts import Part, parts_of
from guides.model import Guide

RULE = "═" * 20
BULLET, INDENT = "• ", "  "
LEVELS = {"title": "# ", "section": "## ", "item": "### ", "field": "#### "}
ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")
WRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]|^[ \t]+|[ \t]+$")
EMPTY = "&#x20;"  # an empty line within an entry: in Markdown a blank one would end it


def write_text(document: dict[str, Any], guide: Guide) -> str:
    """A submission's document as a form in plain text."""
    lines: list[str] = []
    for part in parts_of(document, guide):
        lines += [*_text(part), ""] if part.kind != "title" else [part.text]
        lines += [RULE, ""] if part.kind == "subtitle" else []
    return "\n".join(lines) + "\n"


def _text(part: Part) -> list[str]:
    match part.kind:
        case "entry":
            first, *more = part.text.split("\n")
            return [BULLET + first, *(INDENT + line for line in more)]
        case "heading":
            return [f"[{part.text}]"]
        case "asked":
            return [f"{part.text} {part.value}".rstrip()]
        case _:
            return [part.text]


def write_markdown(document: dict[str, Any], guide: Guide) -> str:
    """A submission's document as a form in Markdown, in which no word acts as markup."""
    lines: list[str] = []
    for part in parts_of(document, guide):
        lines += [*_marked(part), ""]
        lines += [RULE, ""] if part.kind == "subtitle" else []
    return "\n".join(lines)


def _marked(part: Part) -> Iterator[str]:
    match part.kind:
        case "entry":
            first, *more = map(_inert, part.text.split("\n"))
            lines = [f"- {first}", *(INDENT + line for line in more)]
            yield from (f"{line}\\" for line in lines[:-1])
            yield lines[-1]
        case "heading":
            yield f"[{_inert(part.text)}]"
        case "asked":
            yield f"**{_inert(part.text)}** {_inert(part.value) if part.value else ''}".rstrip()
        case _:
            yield LEVELS.get(part.kind, "") + _inert(part.text)


def _inert(line: str) -> str:
    """A line in which nothing acts as markup, and no space or strange character is lost."""
    escaped = ACTIVE.sub(lambda match: f"\\{match[0]}", line)
    return WRITTEN.sub(lambda match: "".join(f"&#{ord(c)};" for c in match[0]), escaped) or EMPTY


def plain(line: str) -> str:
    """A line of Markdown that `write_markdown` wrote, as the line of plain text that it stands for."""
    for mark in LEVELS.values():
        if line.startswith(mark):
            return _unescaped(line.removeprefix(mark))
    body = line.removesuffix("\\") if re.search(r"(?<!\\)(\\\\)*\\$", line) else line
    if body.startswith("- "):
        return BULLET + _unescaped(body.removeprefix("- "))
    if body.startswith(INDENT):
        return INDENT + _unescaped(body.removeprefix(INDENT))
    asked = re.fullmatch(r"\*\*(.*)\*\*(.*)", body, re.DOTALL)
    return _unescaped(asked[1] + asked[2]) if asked else _unescaped(body)


def _unescaped(text: str) -> str:
    if text == EMPTY:
        return ""
    parts = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d+);")
    return parts.sub(lambda match: match[1] or chr(int(match[2])), text)
