"""What was recorded, repeated to the person who said it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bots.phrases.labels import AFTER_THE_CLOSE, counted
from bots.phrases.questions import answer_words, title
from ehsg_events.interview.numbers import amount
from ehsg_events.states.interview import Answer
from guides.model import Guide

THAT_IS_ALL = "That is all, thank you."
MOST_QUOTED, BEGINNING = 400, 300  # characters of somebody's own words in a list


def answered(item: str, answer: Answer, guide: Guide) -> str:
    """An answer as it was recorded, in words."""
    return f"{title(guide.items[item])}: you answered {answer_alone(item, answer, guide)}."


def answer_alone(item: str, answer: Answer, guide: Guide) -> str:
    """The same without its question."""
    kind = guide.kind_of(item)
    if kind == "number" and answer.number is not None:
        return amount(answer.number, guide.numbers[item].unit)
    return answer_words(answer, guide.scale_of(item) if kind == "score" else None)


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
        f"until {deadline}. Or say when I should remind you, such as: remind me on Thursday at 2."
    )


def finished(lines: Sequence[str], deadline: str) -> str:
    """The receipt at the end: what was recorded."""
    recorded = "\n".join(lines)
    return (
        f"{THAT_IS_ALL}\nThis is what was recorded:\n{recorded}\n"
        f"To change any of it until {deadline}, choose My answers."
    )


def review(lines: Sequence[str], done: int, total: int) -> str:
    """A person's own answers so far."""
    answers = "\n".join(lines) or "Nothing yet."
    return f"Your answers so far ({done} of {total} done):\n{answers}"


def closed(area: str, lines: Sequence[str], deadline: str, *, early: bool) -> str:
    """The receipt when the round is over.

    Args:
        early: whether it was closed before its deadline, which is still to come.
    """
    recorded = "\n".join(lines) or "No answer of yours was recorded."
    return f"{round_closed(area, deadline, early=early)} Recorded for you:\n{recorded}"


def round_closed(area: str, deadline: str, *, early: bool) -> str:
    """That the round is over; a deadline that is still to come is no reason to come back."""
    when = "before its deadline" if early else f"its deadline was {deadline}"
    return f"The round on {area} is closed ({when})."


def confirm_withdraw(area: str, *, closed: bool) -> str:
    """The question before a withdrawal, which says from what, and what it does to the scores.

    Args:
        closed: whether the round is over, so that scores rest on the answers.
    """
    scores = f" {AFTER_THE_CLOSE}" if closed else ""
    return (
        f"Do you want to withdraw from the assessment of {area}? Your answers will not count and "
        f"you will not be asked again in this assessment.{scores} Yes, withdraw, or no, keep my "
        f"answers?"
    )


def may_still_withdraw(recorded: str) -> str:
    """The receipt before the sign-off: one can still withdraw, and what that does to the scores."""
    return f"{recorded}\nYou can still withdraw, until the sign-off. {AFTER_THE_CLOSE}"


def typed(text: str | None) -> str:
    """A person's own words, in a list of what was recorded."""
    return f"  “{text or 'forgotten'}”"


def begun(text: str) -> str:
    """The beginning of long words, and how long they are; short words as they are."""
    if len(text) <= MOST_QUOTED:
        return text
    beginning = text[:BEGINNING]
    whole = beginning.rsplit(None, 1)[0] if any(map(str.isspace, beginning)) else beginning
    return f"{whole.rstrip()} … ({len(text):,} characters, kept in full)"


def enclosed(origin: str | None, dated: date | None, file: str | None) -> str:
    """The source of words, the day they speak of, and the file that came with them."""
    day = f"{dated.day} {dated:%B %Y}" if dated else None
    parts = [f"file {file}" if file else None, f"source: {origin}" if origin else None, day]
    joined = ", ".join(part for part in parts if part)
    return f" ({joined})" if joined else ""


def kept(item: str, label: str, count: int) -> str:
    """How much was typed under a question for words, once it is done with."""
    if not count:
        return f"{item}: nothing typed."
    return f"{item}: {label}\nKept: {counted(count, 'message')}."


# -- a copy of one's own answers ------------------------------------------------------------------
COPY_TITLE = "Your answers"
KEEP_A_COPY = "A copy of your answers (PDF)"
NOTHING_SAID = "You have said nothing yet."
YOUR_ANSWER, YOUR_WORDS, NOT_PLACED = "Your answer", "Your words", "Words that wait for your click"
FORGOTTEN = "These words were forgotten."
COPY_OF_WITHDRAWN = "You have withdrawn: none of this counts any more."
ONLY_THEIRS = (
    "Until a round closes, what {} says in it is theirs alone. Their personal link gives them a copy "
    "at any time."
)


def as_they_stood(area: str, made: str) -> str:
    """Which area it was about, and when the copy was made."""
    return f"{area}, as they stood at {made}"


def round_of(number: int) -> str:
    """The heading over what was said in one of several rounds."""
    return f"Round {number}"


def file_named(name: str) -> str:
    """That a file was handed in, by the name its owner gave it."""
    return f"your file {name}"
