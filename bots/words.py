"""Free words understood everywhere: what a person would type, as the token it stands for."""

from __future__ import annotations

import hashlib
import re

from ehsg_events.interview import SCORE, Ask, Sitting

ANYWHERE = {
    "back": "back", "go back": "back", "previous": "back",
    "pause": "pause", "stop": "pause", "later": "pause", "not now": "pause",
    "go on": "resume", "resume": "resume", "continue": "resume", "carry on": "resume",
    "review": "review", "my answers": "review", "summary": "review",
    "help": "help", "?": "help",
    "withdraw": "withdraw", "withdraw yes": "withdraw-yes", "yes withdraw": "withdraw-yes",
    "why am i asked": "why", "why me": "why", "why am i asked?": "why",
    "start": "start", "begin": "start",
}  # fmt: skip
NONE_OF_THE_LEVELS = {
    "don't know": "dont-know", "dont know": "dont-know", "do not know": "dont-know",
    "i don't know": "dont-know", "i dont know": "dont-know", "dk": "dont-know",
    "not mine": "not-my-area", "not my area": "not-my-area", "not for me": "not-my-area",
    "skip": "skip", "pass": "skip", "skip this one": "skip",
}  # fmt: skip
ONWARD = {
    "next",
    "done",
    "that's all",
    "thats all",
    "nothing",
    "no",
    "none",
    "nothing else",
}
CHANGE = re.compile(r"change\s+(\S+?)(?:\s+to\s+(.+))?")


def understand(text: str, ask: Ask | None, sitting: Sitting) -> str | None:
    """The token that typed words stand for, none when they are words to be recorded.

    Only a whole message is a command: a sentence that merely holds such a word is evidence.
    """
    plain = re.sub(r"\s+", " ", text.strip().replace("’", "'")).rstrip(".!").lower()
    if plain in ANYWHERE:
        return ANYWHERE[plain]
    change = CHANGE.fullmatch(plain)
    if change and _names_an_item(change[1], sitting):
        item, to = change[1], change[2]
        return f"change:{item}" if to is None else f"answer:{item}:{_value(item, to, sitting)}"
    if ask is None:
        return None
    if ask.field == SCORE or not sitting.has_value(ask.item):
        if plain in NONE_OF_THE_LEVELS:
            return f"answer:{ask.item}:{NONE_OF_THE_LEVELS[plain]}"
        if ask.field == SCORE:
            return _level_or_nothing(ask, plain, sitting)
    # below a score "skip" passes over the words, and never takes the score back
    onward = plain in ONWARD or NONE_OF_THE_LEVELS.get(plain) == "skip"
    return f"next:{ask.item}:{ask.field}" if onward else None


def _names_an_item(word: str, sitting: Sitting) -> bool:
    """Whether a word is an item, or looks like one: "change the culture" is evidence."""
    return word in sitting.guide.items or any(letter.isdigit() for letter in word)


def _level_or_nothing(ask: Ask, plain: str, sitting: Sitting) -> str | None:
    value = _value(ask.item, plain, sitting)
    if ask.item in sitting.guide.numbers:
        return f"answer:{ask.item}:{value}"
    known = {level.value for level in sitting.guide.scale_of(ask.item).levels}
    looks_like_one = value in known or re.fullmatch(r"-?\d+([.,]\d+)?", value)
    return f"answer:{ask.item}:{value}" if looks_like_one else None


def _value(item: str, said: str, sitting: Sitting) -> str:
    """The value of a level, by its value or its label; otherwise what was said."""
    if said in NONE_OF_THE_LEVELS:
        return NONE_OF_THE_LEVELS[said]
    if item in sitting.guide.descriptors:
        for level in sitting.guide.scale_of(item).levels:
            full = f"{level.value} – {level.label}".lower()
            if said in (level.value, level.label.lower(), full, full.replace("–", "-")):
                return level.value
    return said.replace(":", " ")


def not_understood(item: str, sitting: Sitting, *, asked: bool) -> str:
    """A kind sentence when words came where none were expected."""
    if not asked:
        return (
            "You have answered everything, so I do not know what to do with this. Say change "
            f"{item} to change an answer, my answers to see them, or help."
        )
    levels = sitting.guide.scale_of(item).levels
    choices = ", ".join(level.value for level in levels)
    return (
        f"I need your answer to {item} first: {choices}, don't know, not my area or skip. "
        f"Then you can type your words."
    )


def digest(notice: str) -> str:
    """SHA-256 of the notice as it was shown."""
    return hashlib.sha256(notice.encode()).hexdigest()
