"""The score that stands in a box: taken where it is plain, given back as it stands where it is not.

Plain is one level and nothing that could be another: "3", "3/5", "Level 3", "three", "**3**",
"3 - developing". What is not plain is no level of the scale, so it is refused with its line.
"""

from __future__ import annotations

import re

from bots.forms.wording import letters, placeholders
from guides.model import Guide, Level

NUMBERS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOT_SCORED = {"", "na", "tbc", "notscored", "notyetscored", "notscoredyet", "blank", "none"}
MARKUP = "*_`\"'“”‘’()[]# \t\u00a0"
PREFIX = re.compile(r"(?:self[- ]?assessment\s+)?(?:score|level|rating|grade)\b[\s:=–—-]*", re.I)
NUMBER = re.compile(r"[:=.\s]*(?:[–—]\s*|-\s+)?([-−]?\d+(?:[.,]\d+)?)(.*)", re.DOTALL)
OUT_OF = re.compile(r"\s*(?:/|out of)\s*(\d+)\W*", re.I)
SAID = re.compile(r"\s*(?:\s[-–—]|[:(,])([^\d?]+)")  # words that say what the level is
DOUBT = {"or", "to", "between", "maybe", "nearly", "almost", "not", "below", "above", *NUMBERS}


def read_score(text: str, item: str, guide: Guide) -> str | None:
    """The value of a level, none for a blank, or else the text itself."""
    own = text.strip().strip(MARKUP)
    if is_blank(own, guide):
        return None
    levels = guide.scale_of(item).levels if item in guide.descriptors else ()
    same = [level for level in levels if own == level.value or letters(own) == letters(level.label)]
    if len(same) == 1:
        return same[0].value
    own = PREFIX.sub("", own, count=1).strip(MARKUP) if PREFIX.match(own) else own
    return _number(own, levels) or text.strip()


def level_of(score: int | None, item: str, guide: Guide) -> Level | None:
    """The level that stands for a score; none for a blank."""
    levels = guide.scale_of(item).levels if item in guide.descriptors else ()
    return next((level for level in levels if level.score == score), None)


def printed(score: int | None, item: str, guide: Guide) -> str:
    """A score as a form prints it: by the number people say, or in the words of its level."""
    level = level_of(score, item, guide)
    if level is None:
        return "" if score is None else str(score)
    return level.value if level.value.isdecimal() else level.label


def meant(text: str, item: str, guide: Guide) -> str:
    """The value of the level that a cell holds, by its value, its words or, of words, its score.

    A number is a score only where no level is called by a number: else it would be two things.
    """
    levels = guide.scale_of(item).levels if item in guide.descriptors else ()
    numbered = any(level.value.isdecimal() for level in levels)
    for level in levels:
        by_score = not numbered and text == str(level.score)
        if text == level.value or letters(text) == letters(level.label) or by_score:
            return level.value
    return text


def is_blank(text: str, guide: Guide) -> bool:
    """Whether a box says that it was not filled in."""
    return letters(text) in NOT_SCORED or letters(text) in placeholders(guide)


def is_bare(text: str, guide: Guide, item: str) -> bool:
    """Whether a text is a level and nothing else, as it would stand in a score's own box."""
    if len(text) > len("self-assessment score: three (3)") or item not in guide.descriptors:
        return False
    return read_score(text, item, guide) in {level.value for level in guide.scale_of(item).levels}


def _number(text: str, levels: tuple[Level, ...]) -> str | None:
    word = letters(text)
    if word in NUMBERS:
        return str(NUMBERS.index(word))
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    number, rest = match[1].replace("−", "-"), match[2]
    whole = re.sub(r"[.,]0+$", "", number)
    out_of = OUT_OF.fullmatch(rest)
    if out_of:
        return whole if levels and int(out_of[1]) == levels[-1].score else None
    return whole if not rest.strip(".:;,)]*_ \t") or _means(rest, whole, levels) else None


def _means(rest: str, number: str, levels: tuple[Level, ...]) -> bool:
    """Whether what follows a number only says in words what it means."""
    said = SAID.fullmatch(rest)
    if said is None or DOUBT & {letters(word) for word in said[1].split()}:
        return False
    other = {letters(level.label) for level in levels if level.value != number}
    return letters(said[1]) not in other
