"""What was recorded, repeated to the person who said it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bots.phrases.labels import counted
from bots.phrases.questions import answer_words, title
from ehsg_events.interview.numbers import amount
from ehsg_events.states.interview import Answer
from guides.model import Guide


def answered(item: str, answer: Answer, guide: Guide) -> str:
    """An answer as it was recorded, in words."""
    question = title(guide.items[item])
    kind = guide.kind_of(item)
    if kind == "number" and answer.number is not None:
        return f"{question}: you answered {amount(answer.number, guide.numbers[item].unit)}."
    scale = guide.scale_of(item) if kind == "score" else None
    return f"{question}: you answered {answer_words(answer, scale)}."


def noted(count: int) -> str:
    """The short receipt for words."""
    return f"Noted ({counted(count, 'message')}). Type more, or say next."


def named(items: Sequence[str]) -> str:
    """What a person named as first to work on."""
    return f"To work on first: {', '.join(items) or 'nothing named'}."


def paused(done: int, total: int, deadline: str) -> str:
    """What waits while a person pauses."""
    return (
        f"Paused. What you have said is kept: {done} of {total} done. Go on whenever you like, "
        f"until {deadline}."
    )


def finished(lines: Sequence[str], deadline: str) -> str:
    """The receipt at the end: what was recorded."""
    recorded = "\n".join(lines)
    return (
        f"That is all, thank you. This is what was recorded:\n{recorded}\n"
        f"To change any of it until {deadline}, choose My answers."
    )


def review(lines: Sequence[str], done: int, total: int) -> str:
    """A person's own answers so far."""
    answers = "\n".join(lines) or "Nothing yet."
    return f"Your answers so far ({done} of {total} done):\n{answers}"


def closed(lines: Sequence[str], deadline: str) -> str:
    """The receipt when the round is over."""
    recorded = "\n".join(lines) or "No answer of yours was recorded."
    return f"This round is closed (its deadline was {deadline}). Recorded for you:\n{recorded}"


def typed(text: str | None) -> str:
    """A person's own words, in a list of what was recorded."""
    return f"  “{text or 'forgotten'}”"


def enclosed(origin: str | None, dated: date | None, file: str | None) -> str:
    """The source of words, the day they speak of, and the file that came with them."""
    day = f"{dated.day} {dated:%B %Y}" if dated else None
    parts = [f"file {file}" if file else None, f"source: {origin}" if origin else None, day]
    joined = ", ".join(part for part in parts if part)
    return f" ({joined})" if joined else ""


def kept(count: int) -> str:
    """How much was typed under a question for words, once it is done with."""
    return f"Kept: {counted(count, 'message')}." if count else "Nothing was typed here."
