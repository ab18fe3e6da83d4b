"""The labels of buttons, and how an amount or a level is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import ceil

from ehsg_events.kernel import Surface
from ehsg_events.language.catalogue import counting, marked, ngettext
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.address import WRITABLE, Address
from guides.model import Guide

MINUTES_AN_ITEM = 2.5  # to read, to weigh, and to write a few lines
MINUTES_AGAIN = 4, 5  # four fifths of the time: who is asked again knows the question
TITLES = {  # after which a first name need not come
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady"),
    *(
        "rev",
        "revd",
        "cllr",
        "councillor",
        "pc",
        "sgt",
        "ds",
        "di",
        "dci",
        "supt",
        "insp",
        "sister",
    ),
}
DONT_KNOW, NOT_MY_AREA, SKIP = (
    marked("I don't know"),
    marked("Not my area"),
    marked("Skip this one"),
)
RUN_AGAIN = marked("To go on or to change something, run the same command again.")
OR_SAY = marked("Say your answer, or: ")
START, NEXT, CHANGE, ADD_WORDS = (
    marked("Start"),
    marked("Next"),
    marked("Change"),
    marked("Add words"),
)
PAUSE, RESUME, REVIEW, WITHDRAW = (
    marked("Pause"),
    marked("Go on"),
    marked("My answers"),
    marked("Withdraw"),
)
WHY = marked("Why me?")
CHANGE_FIRST = marked("Change what comes first")
WHO_SEES_THIS = marked("Who sees this, your rights")
WHAT_LEVELS_MEAN = marked("What do the levels mean?")
HAND_ON = marked("I am not the right person")
WITHDRAW_YES, KEEP_ANSWERS = marked("Yes, withdraw"), marked("No, keep my answers")
COUNTED = {  # what a person is told the number of, in their language
    "question": counting("{number} question", "{number} questions"),
    "message": counting("{number} message", "{number} messages"),
    "person": counting("{number} person", "{number} people"),
}
SURFACES: dict[Surface, str] = {"slack": "Slack", "mail": "e-mail"}  # where one is written to
NO_ADDRESS = "no address"
NOT_SET_UP = " (not set up here)"
AFTER_THE_CLOSE = marked(
    "If you withdraw after the close, the scores are worked out again without your answers, and a "
    "score that rested on them is set aside."
)


def reached_by(known: Iterable[Address], writable: Collection[Surface] = WRITABLE) -> str:
    """Where somebody is written to, without the addresses themselves.

    Args:
        writable: the surfaces that are set up to write to people; of any other, that is said.
    """
    return (
        " and ".join(
            SURFACES[one.surface] + ("" if one.surface in writable else NOT_SET_UP) for one in known
        )
        or NO_ADDRESS
    )


def level_name(value: str, label: str) -> str:
    """A level by its value and its label; by its label alone if the value is a word."""
    return f"{value} – {label}" if value.isdigit() else label


def choice(value: str, label: str) -> str:
    """The label of a level's button."""
    return level_name(value, label)


def done_with(item: str) -> str:
    """The button that ends all boxes for words under an item."""
    return _("Done with {item}", item=item)


def put_back(answer: str) -> str:
    """The button that takes a change back."""
    return _("Put {answer} back", answer=answer)


def greeted(name: str | None) -> str:
    """The greeting: by the first name, or by the whole name where it begins with a title."""
    words = (name or "").split()
    if not words:
        return _("Hello.")
    is_title = words[0].rstrip(".").lower() in TITLES or words[0].endswith(".")
    return _("Hello {name}.", name=" ".join(words) if is_title else words[0])


def minutes(guide: Guide, items: Iterable[str], *, again: bool = False) -> int:
    """About how long some questions take, in whole minutes; those asked again are shorter."""
    of, all_ = MINUTES_AGAIN if again else (1, 1)
    return max(2, ceil(sum(minutes_of(guide, item) for item in items) * of / all_))


def minutes_of(guide: Guide, item: str) -> float:
    """About how long an item takes: as its scale says, or else what the guide says of its kind."""
    asked = guide.items[item]
    own = next((scale.minutes for scale in guide.scales if scale.id == asked.scale), None)
    return own or guide.topic.minutes.get(asked.kind, MINUTES_AN_ITEM)


def capital(words: str) -> str:
    """Words from the middle of a sentence at the beginning of one."""
    return words[:1].upper() + words[1:]


def ending(words: str) -> str:
    """Somebody's words in quotes at the end of a sentence, without a second full stop."""
    text = words.strip()
    return f"“{text}”" if text.endswith((".", "!", "?", "…")) else f"“{text}”."


def round_kind(kind: str) -> str:
    """A kind of round, in words."""
    return kind.replace("-", " ")


def times(number: int) -> str:
    """How often something happens, in words."""
    return {1: _("once"), 2: _("twice")}.get(number) or _("{number} times", number=number)


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    one, many = COUNTED.get(noun) or (f"{{number}} {noun}", f"{{number}} {noun}s")
    return ngettext(one, many, number)


def shortened(words: str, most: int) -> str:
    """Words as one line of at most so many characters, cut between words."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip() + " …"
