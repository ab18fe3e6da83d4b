"""Where the labels of a form stand: on a line of their own, wrapped, or beside the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bots.forms.lines import Line
from bots.forms.wording import CONTINUED, Kind, Label, letters

GAP = re.compile(r"\s{2,}|\t")  # what keeps two columns apart
DASHES = "-–—:/&"
RIGHT = 3  # a line indented by more than this beyond its label is in the column beside it
LONGEST = 16  # lines a wrapped label may take
SCORE = re.compile(
    r"[\s:=.–—-]*(?:[-−]?\d+(?:[.,]\d+)?(?:\s*(?:/|out of)\s*\d+)?\W*|n/?a|tbc|not scored)?", re.I
)
AFTER_SCORE = re.compile(r"[\s*_]*(?:[:=]|[-–—]\s|\d|[(\[*_]|level\b)", re.I)
FEW = 8  # words beside a short label of a score; more are a sentence
STAMPED = {"score", "data-model", "changed", "choice", "permission"}


@dataclass(frozen=True)
class Mark:
    """A label that was found: the lines it takes, and the words beside it."""

    kind: Kind
    which: str
    at: int
    until: int
    beside: tuple[Line, ...] = ()
    columns: bool = False
    open_end: bool = False  # whether its last line has blank space beside it
    spelled: int = 0  # which of its label's spellings, by length, the longest being 0


def marks_of(lines: Sequence[Line], labels: Sequence[Label]) -> list[Mark]:
    """Every label in the lines, in order.

    The words beside them show where the right column begins. With that they are searched for
    again, since a label that nearly fills its column leaves only one space before the words.
    """
    marks = _marks(lines, labels, frozenset())
    begins = Counter(beside.indent for mark in marks if mark.columns for beside in mark.beside)
    common = {column for column, times in begins.items() if times * 10 >= begins.total()}
    return _marks(lines, labels, frozenset(common)) if common else marks


def _marks(lines: Sequence[Line], labels: Sequence[Label], right: frozenset[int]) -> list[Mark]:
    marks: list[Mark] = []
    at = 0
    while at < len(lines):
        mark = next(
            (
                candidate
                for label in labels
                if (candidate := _mark(lines, at, label, right)) is not None
            ),
            None,
        )
        if mark is None:
            at += 1
        else:
            marks.append(mark)
            at = mark.until
    return marks


def _mark(lines: Sequence[Line], at: int, label: Label, right: frozenset[int]) -> Mark | None:
    first = letters(lines[at].text.split(maxsplit=1)[0])
    spellings = [spelled for spelled in label.spellings if first and spelled.startswith(first)]
    for strict in (
        True,
        False,
    ):  # what stands after a gap is in another column, if that gives sense
        for spelled in spellings:
            mark = _spelled(lines, at, label, spelled, right, strict=strict)
            if mark is not None:
                return mark
    return None


def _spelled(
    lines: Sequence[Line],
    at: int,
    label: Label,
    spelled: str,
    right: frozenset[int],
    *,
    strict: bool,
) -> Mark | None:
    left, beside, columns, empty = spelled, list[Line](), False, False
    for index in range(at, min(at + LONGEST, len(lines))):
        line = lines[index]
        size = _fragment(line, left, right, strict=strict)
        if size:
            left = left.removeprefix(letters(line.text[:size]))
            rest = _rest(line, size)
            gap = _parted(line, size, right) and bool(rest.text)
            if not left and CONTINUED.fullmatch(line.text[size:]):
                rest = replace(rest, text="")
            elif not left and not _may_end(label, spelled, line.text, size, rest.text, gap=gap):
                return None
            columns = columns or gap
            # in aligned columns, a label's line with nothing beside it is blank space there
            apart = columns and any(other.number < line.number for other in beside)
            beside += [replace(rest, after_blank=rest.after_blank or empty)] if rest.text else []
            empty = apart and not rest.text
        elif index > at and line.indent > lines[at].indent + RIGHT:
            beside.append(replace(line, after_blank=line.after_blank or empty))
            empty = False
        else:
            return None
        if not left:
            which = label.spellings.index(spelled)
            return Mark(
                label.kind, label.which, at, index + 1, tuple(beside), columns, empty, which
            )
    return None


def _fragment(line: Line, left: str, right: frozenset[int], *, strict: bool) -> int:
    """How many characters of a line are the next piece of a label; 0 if none are."""
    text = line.text
    best = 0
    for match in re.finditer(r"\S+", text):
        end, own = match.end(), letters(text[: match.end()])
        if strict and best and GAP.match(text, best) and best <= match.start():
            break
        if not left.startswith(own) or not (letters(match[0]) or match[0] in DASHES):
            break
        if own == left:
            return end
        alone = end == len(text) or _parted(line, end, right)
        if own and alone:
            best = end
    return best


def _parted(line: Line, size: int, right: frozenset[int]) -> bool:
    """Whether another column begins after the first `size` characters of a line."""
    return GAP.match(line.text, size) is not None or (
        line.indent + size + 1 in right and line.text[size : size + 1] == " "
    )


def _rest(line: Line, size: int) -> Line:
    """The words beside a label on the same line."""
    body = line.text[size:]
    gap = bool(GAP.match(body))
    text = body.strip() if gap else re.sub(r"^\s*[:=]?\s*", "", body)
    return replace(line, text=text, indent=line.indent + size + len(body) - len(body.lstrip()))


def _may_end(label: Label, spelled: str, text: str, size: int, rest: str, *, gap: bool) -> bool:
    """Whether a label may end here; a sentence that begins with the same words is none."""
    if label.kind == "score":
        after = text[size - 1 :] if text[size - 1] in ":=" else text[size:]
        return not rest or spelled == label.spellings[0] or _asks_for_a_score(after, rest)
    if not rest or gap:
        return True
    if label.kind in STAMPED:
        return len(spelled) > len("descriptorthree") or rest[0].isdigit() or text[size - 1] in ":?"
    return text[size - 1] in ":?"


def _asks_for_a_score(after: str, rest: str) -> bool:
    """Whether what follows a short label such as "Score" stands in its box."""
    plain = SCORE.fullmatch(rest) is not None
    return plain or (AFTER_SCORE.match(after) is not None and len(rest.split()) <= FEW)


def is_piece(text: str, labels: Sequence[Label]) -> bool:
    """Whether a line is a piece of a label that was torn apart: its words stand in another order."""
    own = letters(text)
    return (
        len(text.split()) > 1
        and len(own) > len("whatareyou") - 1
        and any(
            own != spelled and (spelled.startswith(own) or spelled.endswith(own))
            for label in labels
            if label.kind in ("score", "field")
            for spelled in label.spellings[:1]
        )
    )
