"""Where the labels of a form stand: in a line of their own, wrapped, or beside the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bots.forms.lines import Line
from bots.forms.wording import Kind, Label, letters

GAP = re.compile(r"\s{2,}|\t")  # what keeps two columns apart
RIGHT = 3  # columns further in than its label: the column beside it
LONGEST = 16  # lines a wrapped label may take
SCORE = re.compile(
    r"[\s:=.–—-]*(?:[-−]?\d+(?:[.,]\d+)?(?:\s*(?:/|out of)\s*\d+)?\W*|n/?a|tbc|not scored)?", re.I
)
STAMPED = {"score", "data-model", "changed", "choice", "permission"}


@dataclass(frozen=True)
class Mark:
    """A label that was found: the lines it takes, and the words that stand beside it."""

    kind: Kind
    which: str
    at: int
    until: int
    beside: tuple[Line, ...] = ()
    columns: bool = False
    open_end: bool = False  # whether its last line has blank space beside it


def marks_of(lines: Sequence[Line], labels: Sequence[Label]) -> list[Mark]:
    """Every label in the lines, in order."""
    found: list[Mark] = []
    at = 0
    while at < len(lines):
        mark = next((m for label in labels if (m := _mark(lines, at, label)) is not None), None)
        if mark is None:
            at += 1
        else:
            found.append(mark)
            at = mark.until
    return found


def _mark(lines: Sequence[Line], at: int, label: Label) -> Mark | None:
    for spelled in label.spellings:
        mark = _spelled(lines, at, label, spelled)
        if mark is not None:
            return mark
    return None


def _spelled(lines: Sequence[Line], at: int, label: Label, spelled: str) -> Mark | None:
    left, beside, columns, empty = spelled, list[Line](), False, False
    for place in range(at, min(at + LONGEST, len(lines))):
        line = lines[place]
        size = _fragment(line.text, left, first=place == at)
        if size:
            left = left.removeprefix(letters(line.text[:size]))
            rest = _rest(line, size)
            gap = bool(GAP.match(line.text, size)) and bool(rest.text)
            if not left and not _may_end(label, spelled, line.text[:size], rest.text, gap=gap):
                return None
            columns = columns or gap
            # in aligned columns, a label's line with nothing beside it is blank space there
            apart = columns and any(one.number < line.number for one in beside)
            beside += [replace(rest, after_blank=rest.after_blank or empty)] if rest.text else []
            empty = apart and not rest.text
        elif place > at and line.indent > lines[at].indent + RIGHT:
            beside.append(replace(line, after_blank=line.after_blank or empty))
            empty = False
        else:
            return None
        if not left:
            return Mark(label.kind, label.which, at, place + 1, tuple(beside), columns, empty)
    return None


def _fragment(text: str, left: str, *, first: bool) -> int:
    """How much of a line is the next piece of a label, in characters; 0 when nothing is."""
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    best = 0
    for count, end in enumerate(ends, start=1):
        own = letters(text[:end])
        if not left.startswith(own):
            break
        if own == left:
            return end
        alone = end == len(text) or GAP.match(text, end) is not None
        if own and alone and (count > 1 or not first):
            best = end
    return best


def _rest(line: Line, size: int) -> Line:
    """What stands beside a label in its line."""
    body = line.text[size:]
    gap = bool(GAP.match(body))
    text = body.strip() if gap else re.sub(r"^\s*[:=]?\s*", "", body)
    return replace(line, text=text, indent=line.indent + size + len(body) - len(body.lstrip()))


def _may_end(label: Label, spelled: str, printed: str, rest: str, *, gap: bool) -> bool:
    """Whether a label may end here, so that a sentence that begins alike is not taken for it."""
    if not rest or gap:
        return label.kind != "score" or spelled == label.spellings[0] or bool(SCORE.fullmatch(rest))
    if label.kind == "score":
        return spelled == label.spellings[0] or bool(SCORE.fullmatch(rest))
    if label.kind in STAMPED:
        return len(spelled) > len("descriptorthree") or rest[0].isdigit() or printed[-1] in ":?"
    return printed[-1] in ":?"
