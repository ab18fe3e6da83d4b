"""The labels of buttons, and how an amount or a level is said."""

from __future__ import annotations

MINUTES_AN_ITEM = 4
DONT_KNOW, NOT_MY_AREA, SKIP = "I don't know", "Not my area", "Skip this one"
RUN_AGAIN = "To go on or to change something, run the same command again."
OR_SAY = "Say your answer, or: "
START, NEXT, CHANGE = "Start", "Next", "Change"
PAUSE, RESUME, REVIEW, WITHDRAW = "Pause", "Go on", "My answers", "Withdraw"
WHY = "Why am I asked?"
CHANGE_FIRST = "Change what comes first"
WHO_SEES_THIS = "Who sees this?"
HAND_ON = "I am not the right person"
WITHDRAW_YES, KEEP_ANSWERS = "Yes, withdraw", "No, keep my answers"


def level_name(value: str, label: str) -> str:
    """A level by its value and its label; by its label alone if the value is a word."""
    return f"{value} – {label}" if value.isdigit() else label


def choice(value: str, label: str) -> str:
    """The label of a level's button."""
    return level_name(value, label)


def ending(words: str) -> str:
    """Somebody's words in quotes at the end of a sentence, without a second full stop."""
    text = words.strip()
    return f"“{text}”" if text.endswith((".", "!", "?", "…")) else f"“{text}”."


def round_kind(kind: str) -> str:
    """A kind of round, in words."""
    return kind.replace("-", " ")


def times(number: int) -> str:
    """How often something happens, in words."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
