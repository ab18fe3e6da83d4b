"""What is said where it is unclear what a person meant, and where nothing has changed."""

from __future__ import annotations

from bots.phrases.labels import counted, ending, shortened
from ehsg_events.events import Unchanged
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked, ngettext

LEAVE_OUT = marked("Leave it out")
NOT_MEANT = marked("No")
LEFT_OUT = marked("Left out: these words count nowhere. Your message still stands in this chat.")
LONGEST_QUOTE = 80  # characters of somebody's own words that are repeated to them
UNCHANGED: dict[Unchanged, str] = {
    "as-it-was": marked("That stands already, so nothing was changed."),
    "moved-on": marked("That came after the talk had gone on, so nothing was recorded."),
    "unread": marked(
        "I could not read anything in that message, so nothing was recorded. Please type it."
    ),
    "unplaced": marked("Nothing was asked when you wrote that, so nothing was recorded."),
    "edited": marked(
        "The message that you edited held no words of yours that I keep, so nothing changed."
    ),
    "deleted": marked("That stands, although you deleted your message."),
}


def keep_it(answer: str) -> str:
    """The button that keeps an answer."""
    return _("Keep {answer}", answer=answer)


def make_it(answer: str) -> str:
    """The button that changes an answer."""
    return _("Make it {answer}", answer=answer)


def queried(title: str, wrote: str, stands: str, *, edited: bool) -> str:
    """The question whether an answer is to change.

    Args:
        wrote: the answer that they have written.
        stands: the answer that stands, if there is one.
        edited: whether they wrote it into a message that was an answer before.
    """
    would = (
        _("{title}: Your edited message would make it “{wrote}”", title=title, wrote=wrote)
        if edited
        else _("{title}: What you wrote would make it “{wrote}”", title=title, wrote=wrote)
    )
    if not stands:
        return _(
            "{would}, but my next question was on its way, so I am not sure that you meant this "
            "one. Nothing was recorded. Did you?",
            would=would,
        )
    return _(
        "{would}. What stands is “{stands}”. Nothing was changed. Which is right?",
        would=would,
        stands=stands,
    )


def set_aside(title: str, words: str | None) -> str:
    """The question under which field of an item words belong."""
    quoted = f" {ending(shortened(words, LONGEST_QUOTE))}" if words else ""
    return _(
        "{title}: I am not sure what you wrote this about:{quoted} It is set aside and counts "
        "nowhere yet. Where does it belong?",
        title=title,
        quoted=quoted,
    )


def not_placed(item: str, words: str | None) -> str:
    """Words in a list of what was recorded that were set aside and not placed yet."""
    return _(
        "{item}: set aside, not placed yet: {words}",
        item=item,
        words=ending(shortened(words or _("forgotten"), LONGEST_QUOTE)),
    )


def kept_under(item: str, label: str, count: int) -> str:
    """The receipt for words under a question that is not the one that waits."""
    return _(
        "Kept under {item}: {label} ({messages} there).",
        item=item,
        label=label,
        messages=counted(count, "message"),
    )


def change_by_word(item: str) -> str:
    """How an answer is changed in words."""
    return _(
        "To change it, say change {item} to what you want instead, or press the button.", item=item
    )


def here(title: str) -> str:
    """Where the talk is."""
    return _("We are at {title} now.", title=title)


ALL_ANSWERED = marked("You have answered everything. Choose My answers to see it.")
PAUSED = marked("You have paused. Choose Go on whenever you like.")
NOT_STARTED = marked("You have not started yet. Read the notice, and say start when you are ready.")


def what_waits(area: str, done: int, total: int, until: str) -> str:
    """How much of one assessment is still to be answered."""
    left = total - done
    if not left:
        return _(
            "{area}: nothing waits for you. You have answered {questions}.",
            area=area,
            questions=counted(total, "question"),
        )
    return _(
        "{area}: {waits}, {done} of {total} done. You can answer until {until}.",
        area=area,
        waits=ngettext("{number} question waits for you", "{number} questions wait for you", left),
        done=done,
        total=total,
        until=until,
    )
