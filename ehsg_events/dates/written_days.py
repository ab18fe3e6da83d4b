"""A day as people write it, with its month in words: `18 December 2026`, `Fri 18th Dec 2026`. Pure.

In figures alone a day is written year first: 01/02/2026 is two days, depending on the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ehsg_events.kernel import Refused
from ehsg_events.language.days import DAY_NAMES, MONTHS

SHORTEST = 3  # letters that tell one month, or one day of the week, from every other
WRITTEN = re.compile(
    r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s{1,3})?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{1,3}"
    r"(?:of\s{1,3})?(?P<month>[a-z]{3,9})\.?,?\s{1,3}(?P<year>\d{4})(?=\s|$)",
    re.IGNORECASE | re.ASCII,
)


def in_figures(text: str) -> str:
    """The same text with such a day at its beginning in figures; any other text as it is.

    Raises:
        Refused: the day is another day of the week than was written.
    """
    text = text.lstrip()
    found = WRITTEN.match(text)
    month = _which(found["month"], MONTHS) if found else None
    if found is None or month is None:
        return text
    try:
        day = date(int(found["year"]), month + 1, int(found["day"]))
    except ValueError:
        return text
    weekday = found["weekday"]
    if weekday and _which(weekday, DAY_NAMES) != day.weekday():
        raise Refused(
            f"{day.day} {MONTHS[month]} {day.year} is a {DAY_NAMES[day.weekday()]}. "
            f"Write the day that is meant."
        )
    return f"{day.isoformat()}{text[found.end() :]}".rstrip()


def _which(word: str, names: Sequence[str]) -> int | None:
    """Which of the names is meant, from the first of them on; none where it is no beginning of one."""
    begin = word.casefold()
    for number, name in enumerate(names):
        if len(begin) >= SHORTEST and name.casefold().startswith(begin):
            return number
    return None
