"""The lines of a form, without what pages add to them: numbers, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bots.forms.wording import letters
from ehsg_events.kernel import Refused

LONGEST = 2_000_000  # bytes; a form has about 100,000
MOST = 20_000  # lines; a form has about 1,500
NEAR = 12  # lines within which a page's number stands by its break
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–|]?\s*\d{1,3}\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE
)
SAID_PAGE = re.compile(r"page\s*\d{1,3}.*|\d{1,3}\s*(?:of|/)\s*\d{2,3}", re.IGNORECASE)
BREAKS = re.compile("[\f\v\x85\u2028\u2029]")
EDGE = 2  # lines at the top and the foot of a page that may be a header or a footer
REPEATED = 3


@dataclass(frozen=True)
class Line:
    """One printed line.

    Args:
        number: as an editor counts it.
        indent: columns before its first letter.
        text: without spaces at its ends.
        after_blank: whether blank space stands before it.
        turned: whether a page was turned before it.
    """

    number: int
    indent: int
    text: str
    after_blank: bool = False
    turned: bool = False

    @property
    def edge(self) -> int:
        """The column where it ends."""
        return self.indent + len(self.text)


def decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        Refused: it is not text, or far too long for a form.
    """
    if len(content) > LONGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {LONGEST}.")
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\0" in content:
        raise Refused(
            "The file is a PDF or a word processor's file, not text. Save it as plain text first "
            "(`pdftotext -layout FILE` does it), or give it its .xlsx or .json ending."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def lines_of(text: str, prompts: Sequence[str], labels: Sequence[str]) -> list[Line]:
    """The lines that people wrote, in order, blank ones left out.

    Args:
        prompts: what asks for a score, by its letters: a number after it is no page's number.
        labels: other labels, by their letters: their lines are no page's header.

    Raises:
        Refused: it has far more lines than a form.
    """
    raw = list(islice(_raw(text), MOST + 1))
    if len(raw) > MOST:
        raise Refused(f"The file has more than {MOST} lines, far more than a form has.")
    found: list[Line] = []
    blank = turned = False
    for line, gone in zip(raw, _furniture(raw, prompts, labels), strict=True):
        turned = turned or line.turned or gone
        if gone or not line.text:
            blank = True
            continue
        found.append(replace(line, after_blank=blank or turned, turned=turned))
        blank = turned = False
    return found


def _raw(text: str) -> Iterable[Line]:
    for number, whole in enumerate(re.split("\r\n|\n|\r", text), start=1):
        for place, piece in enumerate(BREAKS.split(whole)):
            body = piece.strip()
            before = piece[: len(piece) - len(piece.lstrip())].expandtabs(8)
            turned = place > 0 and "\f" in whole
            yield Line(number, len(before) if body else 0, body, turned=turned)


def _furniture(raw: Sequence[Line], prompts: Sequence[str], labels: Sequence[str]) -> list[bool]:
    """Which lines belong to the page and not to the form."""
    numbers = {place for place in range(len(raw)) if _is_page_number(raw, place, prompts)}
    numbers |= _counted(raw, prompts)
    turns = [place for place, line in enumerate(raw) if line.turned]
    numbers |= _at_the_foot(raw, turns)
    edges = _near(raw, sorted({*numbers, *turns}))
    masked = {place: _masked(raw[place].text) for place in edges - numbers}
    times = Counter(masked.values())
    heads = {
        place
        for place, text in masked.items()
        if times[text] >= REPEATED and not _kept(raw[place].text, (*prompts, *labels))
    }
    return [place in numbers or place in heads for place in range(len(raw))]


def _is_page_number(raw: Sequence[Line], place: int, prompts: Sequence[str]) -> bool:
    text = raw[place].text
    if SAID_PAGE.fullmatch(text) and len(text) < 30:
        return True
    return (
        PAGE_NUMBER.fullmatch(text) is not None
        and not _is_score(raw, place, prompts)
        and _turns_near(raw, place)
    )


def _at_the_foot(raw: Sequence[Line], turns: Sequence[int]) -> set[int]:
    """Numbers that end their page, where most pages end in one: even under a prompt no score."""
    feet = (next((p for p in reversed(range(turn)) if raw[p].text), None) for turn in turns)
    found = {p for p in feet if p is not None and PAGE_NUMBER.fullmatch(raw[p].text)}
    return found if len(found) >= max(REPEATED, len(turns) / 2) else set()


def _counted(raw: Sequence[Line], prompts: Sequence[str]) -> set[int]:
    """Lines that hold nothing but the next number of a count: pages without a page break."""
    alone = [p for p, line in enumerate(raw) if re.fullmatch(r"\d{1,3}", line.text)]
    run: list[int] = []
    for place in alone:
        expected = int(raw[run[-1]].text) + 1 if run else int(raw[place].text)
        if int(raw[place].text) == expected and not _is_score(raw, place, prompts):
            run.append(place)
    return set(run) if len(run) >= REPEATED else set()


def _is_score(raw: Sequence[Line], place: int, prompts: Sequence[str]) -> bool:
    """Whether a number stands where the prompt before it, to its last word, asks for a score."""
    before = [line.text for line in reversed(raw[max(place - NEAR, 0) : place]) if line.text][:1]
    after = [line.text for line in raw[place + 1 : place + NEAR] if line.text]
    goes_on = any(_ends_one(text, prompts) for text in after[: EDGE + 1])
    another = bool(after) and PAGE_NUMBER.fullmatch(after[0]) is not None
    asked = bool(before) and any(one.endswith(letters(before[0]) or "?") for one in prompts)
    return asked and not goes_on and not another


def _ends_one(text: str, prompts: Sequence[str]) -> bool:
    own = letters(text).rstrip("0123456789") or letters(text)
    return len(own) > 4 and any(one.endswith(own) for one in prompts)


def _turns_near(raw: Sequence[Line], place: int) -> bool:
    """Whether a page ends right after a line, or began right before it."""
    for line in raw[place + 1 : place + NEAR]:
        if line.turned:
            return True
        if line.text:
            break
    back = reversed(raw[max(place + 1 - NEAR, 0) : place + 1])
    return next((line.turned for line in back if line.text or line.turned), False)


def _near(raw: Sequence[Line], turns: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for turn in turns:
        before = [p for p in range(turn - 1, max(turn - NEAR, -1), -1) if raw[p].text][:EDGE]
        after = [p for p in range(turn, min(turn + NEAR, len(raw))) if raw[p].text and p != turn][
            :EDGE
        ]
        found |= {*before, *after, turn} if raw[turn].text else {*before, *after}
    return found


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def _kept(text: str, keep: Sequence[str]) -> bool:
    own = letters(text).rstrip("0123456789")
    return not own or any(own in one or own.startswith(one) for one in keep)
