"""What is said where it is unclear what a person meant, and where nothing has changed."""

from __future__ import annotations

from bots.phrases.labels import counted, ending, shortened
from ehsg_events.events import Unchanged

LEAVE_OUT = "Leave it out"
NOT_MEANT = "No"
LEFT_OUT = "Left out: these words count nowhere. Your message still stands in this chat."
LONGEST_QUOTE = 80  # characters of somebody's own words that are repeated to them
UNCHANGED: dict[Unchanged, str] = {
    "as-it-was": "That stands already, so nothing was changed.",
    "moved-on": "That came after the talk had gone on, so nothing was recorded.",
    "unread": "I could not read anything in that message, so nothing was recorded. Please type it.",
    "unplaced": "Nothing was asked when you wrote that, so nothing was recorded.",
    "edited": "The message that you edited held no words of yours that I keep, so nothing changed.",
    "deleted": "That stands, although you deleted your message.",
}


def keep_it(answer: str) -> str:
    """The button that keeps an answer."""
    return f"Keep {answer}"


def make_it(answer: str) -> str:
    """The button that changes an answer."""
    return f"Make it {answer}"


def queried(title: str, wrote: str, stands: str, *, edited: bool) -> str:
    """The question whether an answer is to change.

    Args:
        wrote: the answer that they have written.
        stands: the answer that stands, if there is one.
        edited: whether they wrote it into a message that was an answer before.
    """
    what = "Your edited message" if edited else "What you wrote"
    would = f"{title}: {what} would make it “{wrote}”"
    if not stands:
        return (
            f"{would}, but my next question was on its way, so I am not sure that you meant this "
            f"one. Nothing was recorded. Did you?"
        )
    return f"{would}. What stands is “{stands}”. Nothing was changed. Which is right?"


def set_aside(title: str, words: str | None) -> str:
    """The question under which field of an item words belong."""
    quoted = f" {ending(shortened(words, LONGEST_QUOTE))}" if words else ""
    return (
        f"{title}: I am not sure what you wrote this about:{quoted} It is set aside and counts "
        f"nowhere yet. Where does it belong?"
    )


def not_placed(item: str, words: str | None) -> str:
    """Words in a list of what was recorded that were set aside and not placed yet."""
    return f"{item}: set aside, not placed yet: {ending(shortened(words or 'forgotten', LONGEST_QUOTE))}"


def kept_under(item: str, label: str, count: int) -> str:
    """The receipt for words under a question that is not the one that waits."""
    return f"Kept under {item}: {label} ({counted(count, 'message')} there)."


def change_by_word(item: str) -> str:
    """How an answer is changed in words."""
    return f"To change it, say change {item} to what you want instead, or press the button."


def here(title: str) -> str:
    """Where the talk is."""
    return f"We are at {title} now."


ALL_ANSWERED = "You have answered everything. Choose My answers to see it."
PAUSED = "You have paused. Choose Go on whenever you like."
NOT_STARTED = "You have not started yet. Read the notice, and say start when you are ready."


def what_waits(area: str, done: int, total: int, until: str) -> str:
    """How much of one assessment is still to be answered."""
    left = total - done
    if not left:
        return f"{area}: nothing waits for you. You have answered {counted(total, 'question')}."
    return (
        f"{area}: {counted(left, 'question')} {'waits' if left == 1 else 'wait'} for you, "
        f"{done} of {total} done. You can answer until {until}."
    )
