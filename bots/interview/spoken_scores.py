"""Levels as people say them: "three", "level 3", "3/5", "mostly", "3, we ask every family"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ehsg_events.language.catalogue import typed
from guides.model import Scale

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
STRAIGHT = str.maketrans("\u2018\u2019\u2013\u2014\u2212", "''---")
LEAD = (
    r"(?:(?:i'd|i would|i) (?:say|go for|go with|give it|give this)|i think(?: it's| we're| we are)?"
    r"|probably|perhaps|maybe|about|around|it's|it is|we're|we are|my (?:answer|score|level) is"
    r"|answer|score|level|rating|number|at|an?)[ :,]+"
)
# after these a sentence goes on; "3 of 7 agencies" and "two schools" are no level
GOES_ON = r"(?:we|i|because|as|since|they|our|my|it|this|that|there|though|although)\b"
HEDGE = r"(?:or|to|and|but|maybe|perhaps|possibly|nearly|almost|could|be|going|on|a|rather)"
NO_NAMES = {"not", "in", "the", "a", "and", "no", "yes", "for", "up", "of"}  # in many a sentence


class Spoken(NamedTuple):
    """The level that words name plainly, and the words beside it."""

    level: str
    beside: str = ""


def spoken(text: str, scale: Scale) -> Spoken | None:
    """The level that somebody says; none when it is not plain which, or no level is named."""
    text = text.strip()
    straight, names = text.translate(STRAIGHT), _names(scale)
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    match = re.fullmatch(
        rf"(?:{LEAD}){{0,4}}({either})(?![\w.]*\d)({_out_of(scale)})?"
        rf"(?:[?.!\s]*|(?:\s*[,;:(]\s*|\s+-+\s*|-+\s+|\s+(?={GOES_ON}))(.+))",
        straight,
        re.I | re.S,
    )
    if match is None:
        return _by_label(straight, scale)
    level = names[match[1].lower()]
    beside = text[match.start(3) :] if match[3] else ""
    return _with_words(level, beside, scale, either)


def _with_words(level: str, beside: str, scale: Scale, either: str) -> Spoken | None:
    """A level and the words beside it, without its own label; none if they name another level."""
    straight = beside.translate(STRAIGHT)
    if re.match(rf"(?:{HEDGE} ){{0,4}}(?:half\b|(?:{either})(?!\w))", straight, re.I):
        first = re.match(rf"({either})[?.!)\s]*(?:[,;:-]\s*(.*))?", straight, re.I | re.S)
        if first is None or _names(scale)[first[1].lower()] != level:
            return None
        return Spoken(level, beside[first.start(2) :].strip() if first[2] else "")
    if re.match(r"(?:or|to|not)\b", straight, re.I):
        return None
    named = _by_label(straight, scale)
    if named is not None:
        return Spoken(level) if named.level == level else None
    return Spoken(level, beside.strip())


def _by_label(straight: str, scale: Scale) -> Spoken | None:
    """The level whose label is the only one to begin with or hold these words, if there is one."""
    phrase = re.sub(rf"^(?:{LEAD}){{0,4}}", "", straight, flags=re.I).strip(" .!?").lower()
    if phrase in NO_NAMES or not phrase:
        return None
    holding = [
        level
        for level in scale.levels
        if len(phrase) <= len(level.label)
        and re.search(rf"\b{re.escape(phrase)}\b", level.label.lower())
    ]
    if len(holding) != 1 or not holding[0].label.lower().startswith(phrase):
        return None
    return Spoken(holding[0].value)


def _names(scale: Scale) -> dict[str, str]:
    """What each level can be called, by its value."""
    names: dict[str, str] = {}
    for level in scale.levels:
        full = f"{level.value} - {level.label}"
        letters = _in_letters(level.value)
        for name in (level.value, level.label, full, letters, *typed(letters)):
            names[name.lower().translate(STRAIGHT)] = level.value
    return names


def _in_letters(value: str) -> str:
    is_known = value.isdecimal() and int(value) < len(NUMBERS)
    return NUMBERS[int(value)] if is_known else value


def _out_of(scale: Scale) -> str:
    """How the top of a scale is said after a level; nothing where levels are no numbers."""
    top = scale.levels[-1].value
    ends = rf"(?:{top}|{_in_letters(top)})(?![\w.]*\d)"
    return rf"\s*/\s*{ends}|\s+out of\s+{ends}" if top.isdecimal() else "(?!)"
