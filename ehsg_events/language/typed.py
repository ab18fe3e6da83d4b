"""What a person types in their own language, in the English by which we know a command.

Only whole messages are commands, so only a whole message is turned: words that merely hold one stay
as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ehsg_events.language.catalogue import ENGLISH, gettext, spoken, typed
from ehsg_events.language.days import DAY_NAMES, MONTHS

COMMANDS = (
    "back", "pause", "go on", "my answers", "help", "what waits", "withdraw", "yes, withdraw",
    "no, keep my answers", "why am i asked", "who sees this", "not the right person",
    "my reminders", "why was i reminded", "change priorities", "start", "thank you",
    "stop asking me", "don't know", "not my area", "skip", "next", "done", "nothing", "yes", "no",
    "what do the levels mean", "what the guide says beside this", "remind me",
)  # fmt: skip
WITH_PLACES = (
    "change {item} to {value}", "change {item}", "done with {item}", "keep {value}",
    "put {value} back", "remind me {time}",
)  # fmt: skip
OF_TIME = ("today", "tomorrow", "next week", "on", "at")
PLACE = re.compile(r"\\\{(\w+)\\\}")


def in_english(plain: str) -> str:
    """A whole message as the English command it stands for; as it is where it is none.

    Args:
        plain: the message in lower case, with straight apostrophes and without a full stop.
    """
    if spoken() == ENGLISH:
        return plain
    bare = plain.rstrip("?")
    return _as_it_stands(bare) or next(_filled_in(bare), plain)


def _as_it_stands(bare: str) -> str | None:
    return next((command for command in COMMANDS if bare in typed(command)), None)


def _filled_in(plain: str) -> Iterator[str]:
    """The commands with a place in them that a message can be, with what stands in the place."""
    for command in WITH_PLACES:
        for said in typed(command):
            pattern = PLACE.sub(lambda match: f"(?P<{match[1]}>.+?)", re.escape(said))
            if match := re.fullmatch(pattern, plain):
                filled_in = match.groupdict()
                if "time" in filled_in:
                    filled_in["time"] = _time(filled_in["time"])
                if "value" in filled_in:
                    value = filled_in["value"]  # no command stands inside another
                    filled_in["value"] = _as_it_stands(value.rstrip("?")) or value
                yield command.format(**filled_in)


def _time(said: str) -> str:
    """A time in English words: days, months, and the little words between."""
    for english, own in sorted(_words_of_time(), key=lambda pair: -len(pair[1])):
        said = re.sub(rf"\b{re.escape(own)}\b", english, said)
    return said


def _words_of_time() -> Iterator[tuple[str, str]]:
    for name in (*DAY_NAMES, *MONTHS):
        yield name.lower(), gettext(name).lower()
    for day in DAY_NAMES:
        yield f"on {day.lower()}", f"d{gettext(day).lower()}"
    for word in OF_TIME:
        for own in typed(word):
            yield word, own
