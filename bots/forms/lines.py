"""The lines of a form, without what pages add: page numbers, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from bots.forms.wording import letters
from ehsg_events.kernel import Refused

MOST = 20_000  # lines; a form has about 1,500
NEAR = 12  # a page number stands within so many lines of the page break
PAGE_NUMBER = re.compile(
    r"(?:page\s*+)?[-–|]?\s*+\d{1,3}\s*+[-–|]?(?:\s*+(?:of|/)\s*+\d{1,3})?", re.IGNORECASE
)
SAID_PAGE = re.compile(r"page\s*\d{1,3}.*|\d{1,3}\s*(?:of|/)\s*\d{2,3}", re.IGNORECASE)
BREAKS = re.compile("[\f\v\x85\u2028\u2029]")
SHORTEST = 5  # letters of a piece of a label
EDGE = 2  # lines at the top and the foot of a page that may be a header or a footer
REPEATED, OFTEN = 3, 0.3  # a header or footer stands on so many pages, and on that share of them


@dataclass(frozen=True)
class Line:
    """One printed line.

    Args:
        number: its number, as an editor counts lines.
        indent: columns before its first character.
        text: without spaces at its ends.
        after_blank: whether a blank line precedes it.
        turned: whether a page break precedes it.
        whole: whether it is a whole paragraph: the file itself says where it ends.
        tabbed: whether it begins with a tab, as the first line of a table's cell does.
        margin: the column where lines of its own cell end; 0 where that is the form's.
        mark: of a paragraph in a list, how the list marks it.
        place: where it stands, if not in a numbered line.
        full: whether the next line's first word had no room after it; none where only columns tell.
        places: the column in which each of its words begins, where the file says so.
        exact: what somebody wrote, letter for letter, where the file says so; `text` stands for it.
        source: the paragraph of a document that it was read from.
    """

    number: int
    indent: int
    text: str
    after_blank: bool = False
    turned: bool = False
    whole: bool = False
    tabbed: bool = False
    margin: int = 0
    mark: str = ""
    place: str = ""
    full: bool | None = None
    places: tuple[int, ...] = ()
    exact: str | None = None
    source: Any = field(default=None, compare=False, repr=False)

    @property
    def where(self) -> str:
        """Its place, for a person to find it."""
        return self.place or f"line {self.number}"

    def column_of(self, start: int) -> int:
        """The column in which the word begins that is at a place in its text."""
        if self.places:
            return self.places[min(len(self.text[:start].split()), len(self.places) - 1)]
        return self.indent + start

    @property
    def edge(self) -> int:
        """The column at which it ends."""
        return self.indent + len(self.text)


@dataclass(frozen=True)
class Sorted:
    """The lines of a form, and beside them those that belong to its pages."""

    lines: list[Line]
    furniture: list[Line]


def lines_of(text: Iterable[Line], prompts: Sequence[str], labels: Sequence[str]) -> Sorted:
    """The lines that people wrote, in order, without blank ones.

    Args:
        text: every line of the file, as `printed_lines` gives them.
        prompts: labels that ask for a score, by letters: a number after one is no page number.
        labels: other labels, by letters: their lines are no page header.

    Raises:
        Refused: it has far more lines than a form.
    """
    raw = list(islice(text, MOST + 1))
    if len(raw) > MOST:
        raise Refused(f"The file has more than {MOST} lines, far more than a form has.")
    lines: list[Line] = []
    furniture: list[Line] = []
    blank = turned = False
    for line, dropped in zip(raw, _furniture(raw, prompts, labels), strict=True):
        turned = turned or line.turned or dropped
        if dropped or not line.text:
            furniture += [line] if line.text else []
            blank = True
            continue
        apart = blank or turned or line.after_blank
        lines.append(replace(line, after_blank=apart, turned=turned))
        blank = turned = False
    return Sorted(lines, furniture)


def printed_lines(text: str) -> Iterable[Line]:
    """Every line of a text, blank ones too."""
    for number, whole in enumerate(re.split("\r\n|\n|\r", text), start=1):
        for index, piece in enumerate(BREAKS.split(whole)):
            body = piece.strip()
            before = piece[: len(piece) - len(piece.lstrip())].expandtabs(8)
            turned = index > 0 and "\f" in whole
            indent = len(before) if body else 0
            yield Line(number, indent, body, turned=turned, tabbed=piece.startswith("\t"))


def _furniture(raw: Sequence[Line], prompts: Sequence[str], labels: Sequence[str]) -> list[bool]:
    """For each line, whether it belongs to the page and not to the form."""
    numbers = {index for index in range(len(raw)) if _is_page_number(raw, index, prompts)}
    numbers |= _counted(raw, prompts, labels)
    turns = [index for index, line in enumerate(raw) if line.turned]
    numbers |= _at_the_foot(raw, turns)
    edges = _near(raw, sorted({*numbers, *turns}))
    alike = {index: masked(raw[index].text) for index in edges - numbers}
    times = Counter(alike.values())
    heads = {
        index
        for index, text in alike.items()
        if times[text] >= max(REPEATED, OFTEN * len(turns))
        and not kept(raw[index].text, (*prompts, *labels))
    }
    return [
        (index in numbers or index in heads) and not raw[index].whole for index in range(len(raw))
    ]


def _is_page_number(raw: Sequence[Line], index: int, prompts: Sequence[str]) -> bool:
    text = raw[index].text
    if SAID_PAGE.fullmatch(text) and len(text) < 30:
        return True
    return (
        PAGE_NUMBER.fullmatch(text) is not None
        and not _is_score(raw, index, prompts)
        and _turns_near(raw, index)
    )


def _at_the_foot(raw: Sequence[Line], turns: Sequence[int]) -> set[int]:
    """Numbers at the foot of pages, if most pages end in one; not scores, even under a prompt."""
    feet = (
        next((index for index in reversed(range(turn)) if raw[index].text), None) for turn in turns
    )
    numbers = {
        index for index in feet if index is not None and PAGE_NUMBER.fullmatch(raw[index].text)
    }
    return numbers if len(numbers) >= max(REPEATED, len(turns) / 2) else set()


def _counted(raw: Sequence[Line], prompts: Sequence[str], labels: Sequence[str]) -> set[int]:
    """Lines that hold only the next number of a count: page numbers without page breaks.

    What follows a label directly is none, since in a table a score may follow any label.
    """
    alone = [index for index, line in enumerate(raw) if re.fullmatch(r"\d{1,3}", line.text)]
    run: list[int] = []
    for index in alone:
        expected = int(raw[run[-1]].text) + 1 if run else int(raw[index].text)
        if int(raw[index].text) == expected and not _is_score(raw, index, prompts, labels):
            run.append(index)
    return set(run) if len(run) >= REPEATED else set()


def _is_score(
    raw: Sequence[Line], index: int, prompts: Sequence[str], labels: Sequence[str] = ()
) -> bool:
    """Whether a number follows the last line of a prompt, so that it is a score.

    Args:
        labels: other labels under which it may stand, as in a table.
    """
    before = [line.text for line in reversed(raw[max(index - NEAR, 0) : index]) if line.text][:1]
    after = [line.text for line in raw[index + 1 : index + NEAR] if line.text]
    goes_on = any(_ends_a_prompt(text, prompts) for text in after[: EDGE + 1])
    another = bool(after) and PAGE_NUMBER.fullmatch(after[0]) is not None
    own = letters(before[0]) if before else ""
    asked = bool(own) and any(prompt.endswith(own) for prompt in (*prompts, *labels))
    return asked and not goes_on and not another


def _ends_a_prompt(text: str, prompts: Sequence[str]) -> bool:
    own = letters(text).rstrip("0123456789") or letters(text)
    return len(own) > 4 and any(prompt.endswith(own) for prompt in prompts)


def _turns_near(raw: Sequence[Line], index: int) -> bool:
    """Whether a page break comes directly after a line, or directly before it."""
    for line in raw[index + 1 : index + NEAR]:
        if line.turned:
            return True
        if line.text:
            break
    back = reversed(raw[max(index + 1 - NEAR, 0) : index + 1])
    return next((line.turned for line in back if line.text or line.turned), False)


def _near(raw: Sequence[Line], turns: Sequence[int]) -> set[int]:
    near: set[int] = set()
    for turn in turns:
        before = [index for index in range(turn - 1, max(turn - NEAR, -1), -1) if raw[index].text][
            :EDGE
        ]
        after = [
            index
            for index in range(turn, min(turn + NEAR, len(raw)))
            if raw[index].text and index != turn
        ][:EDGE]
        near |= {*before, *after, turn} if raw[turn].text else {*before, *after}
    return near


def masked(text: str) -> str:
    """A line with its numbers masked: what the head of every page has in common."""
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def kept(text: str, keep: Sequence[str]) -> bool:
    """Whether a line is a label or a piece of one, or a row of them."""
    pieces = [letters(piece).rstrip("0123456789") for piece in re.split(r"\s{2,}|\t", text)]
    return not "".join(pieces) or any(
        own in spelling or own.startswith(spelling)
        for own in pieces
        if len(own) >= SHORTEST
        for spelling in keep
    )
