"""Free words, understood the same on every surface: each command as the token it stands for."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from bots.interview.spoken_scores import spoken
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.typed import in_english
from ehsg_events.states.interview import REASON_FIELD, SCORE, Sitting

ABOUT_REMINDERS = (
    "why was i reminded", "why am i reminded", "why did you remind me", "why do you remind me",
    "why wasn't i reminded", "why wasnt i reminded", "why was i not reminded",
    "why didn't you remind me", "why didnt you remind me", "why did you not remind me",
    "why wasn't i", "when was i reminded",
)  # fmt: skip
ANYWHERE = {
    "back": "back", "go back": "back", "previous": "back",
    "pause": "pause", "stop": "pause", "later": "pause", "not now": "pause",
    "go on": "resume", "resume": "resume", "continue": "resume", "carry on": "resume",
    "review": "review", "my answers": "review", "summary": "review",
    "help": "help", "?": "help",
    "what waits": "what-waits", "what waits?": "what-waits", "report": "what-waits",
    "status": "what-waits",
    "withdraw": "withdraw", "withdraw yes": "withdraw-yes", "yes withdraw": "withdraw-yes",
    "why am i asked": "why", "why me": "why", "why am i asked?": "why",
    "who sees this": "who-sees", "who sees this?": "who-sees", "who sees my answers": "who-sees",
    "not the right person": "hand-on", "i am not the right person": "hand-on",
    "i'm not the right person": "hand-on", "wrong person": "hand-on", "hand on": "hand-on",
    "my reminders": "nudges", "reminders": "nudges",
    **{f"{asked}{end}": "nudges" for asked in ABOUT_REMINDERS for end in ("", "?")},
    "change priorities": "change:priorities",
    "start": "start", "begin": "start",
    **dict.fromkeys(("thank you", "thanks", "thanks a lot", "many thanks", "thank you very much",
                     "ok thanks", "ok thank you", "cheers", "ta"), "thanks"),
    **dict.fromkeys(("unsubscribe", "stop asking me", "stop asking", "stop reminding me", "opt out",
                     "stop messaging me", "stop contacting me", "do not contact me", "remove me",
                     "don't contact me", "leave me alone", "take me off this list",
                     "take me off the list"), "leave"),
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
BEFORE_A_WITHDRAWAL = {
    "yes": "withdraw-yes", "yes, withdraw": "withdraw-yes",
    "no": "resume", "no, keep my answers": "resume", "keep my answers": "resume",
}  # fmt: skip
DONE_WITH = re.compile(r"done with\s+(\S+?)")
KEEP, PUT_BACK = re.compile(r"keep (\d+)"), re.compile(r"put (\d+) back")
LEVELS, BESIDE = "what do the levels mean", "what the guide says beside this"
REMIND = re.compile(  # a time follows: "remind me why we meet" is evidence
    r"(?:please )?remind me(?: again)?((?: (?:on|at|in|next|this|the|to(?:day|morrow)|later|soon|\w+day|\d)"
    r"[\w :./,]{0,40})?)"
)
CHANGE = re.compile(r"change\s++(\S+?)(?:\s++to\s++(.+))?")


class Meant(NamedTuple):
    """What typed words stand for: a token, and words beside it that are to be kept as a note."""

    token: str
    beside: str = ""


QUOTED = re.compile(r"[\"“](.+)[\"”]", re.S)


def unquoted(text: str) -> str:
    """Words as they are to be kept: a command in quotes is meant as an answer; the quotes go."""
    match = QUOTED.fullmatch(text.strip())
    commands = {*ANYWHERE, *NONE_OF_THE_LEVELS, *ONWARD}
    plain = _plain(match[1]) if match else ""
    is_one = plain in commands or _to_be_reminded(plain) is not None
    return match[1] if match and is_one else text


def anywhere(text: str) -> str | None:
    """The token of words that mean the same whatever is asked."""
    return ANYWHERE.get(_plain(text))


def by_itself(text: str) -> bool:
    """Whether words are a command whatever is asked; an item that one names has a number."""
    plain = _plain(text)
    about = CHANGE.fullmatch(plain) or DONE_WITH.fullmatch(plain)
    names_an_item = about is not None and any(character.isdigit() for character in about[1])
    return plain in ANYWHERE or names_an_item or _to_be_reminded(plain) is not None


def whether_sure(text: str) -> str | None:
    """The token of a yes or no to whether a person is sure to withdraw."""
    return BEFORE_A_WITHDRAWAL.get(_plain(text))


def answers_aside(screen: str, text: str) -> bool:
    """Whether words can answer a screen that asks who is right, or whether to withdraw."""
    plain = _plain(text)
    if screen == "withdraw":
        return whether_sure(text) is not None
    return not (goes_on(text) or plain in NONE_OF_THE_LEVELS or plain.isdecimal())


def meant(text: str, ask: Ask | None, sitting: Sitting) -> Meant | None:
    """What typed words stand for, none when they are words to be recorded.

    Where a level is asked for, it may be said with words beside it.
    """
    token = understand(text, ask, sitting)
    if token is not None:
        return Meant(token)
    if ask is None or ask.field != SCORE or sitting.guide.kind_of(ask.item) != SCORE:
        return None
    said = spoken(text, sitting.guide.scale_of(ask.item))
    return Meant(f"answer:{ask.item}:{said.level}", said.beside) if said else None


def goes_on(text: str) -> bool:
    """Whether words only go on or say yes or no: they are nobody's evidence by themselves."""
    return _plain(text) in ONWARD or whether_sure(text) is not None


def understand(text: str, ask: Ask | None, sitting: Sitting) -> str | None:
    """The token that typed words stand for, none when they are words to be recorded.

    Only a whole message is a command: a sentence that merely holds such a word is evidence.
    """
    plain = _plain(text)
    whatever_is_asked = (
        ANYWHERE.get(plain) or _to_be_reminded(plain) or _about_an_item(plain, ask, sitting)
    )
    if whatever_is_asked is not None:
        return whatever_is_asked
    if ask is None:
        return "resume" if plain in ONWARD else None  # nothing is open: what was recorded
    if ask == WHICH_FIRST:
        return _priorities(plain)
    if ask.field == SCORE or not sitting.has_value(ask.item):
        if plain in NONE_OF_THE_LEVELS:
            return f"answer:{ask.item}:{NONE_OF_THE_LEVELS[plain]}"
        if ask.field == SCORE:
            return _level_or_nothing(ask, plain, sitting)
    # below a score "skip" passes over the words, and never takes the score back
    onward = plain in ONWARD or NONE_OF_THE_LEVELS.get(plain) == "skip"
    return f"next:{ask.item}:{ask.field}" if onward else None


def _about_an_item(plain: str, ask: Ask | None, sitting: Sitting) -> str | None:
    """The token of words that name an item, or are about the item that waits."""
    change = CHANGE.fullmatch(plain)
    if change and _names_an_item(change[1], sitting):
        item, to = change[1], change[2]
        return f"change:{item}" if to is None else f"answer:{item}:{_value(item, to, sitting)}"
    done = DONE_WITH.fullmatch(plain)
    if done and _names_an_item(done[1], sitting):
        return f"done:{done[1]}"
    if ask is None or ask == WHICH_FIRST:
        return None
    if plain.rstrip("?") == LEVELS:
        return f"levels:{ask.item}"
    if plain.rstrip("?") == BESIDE:
        return f"beside:{ask.item}"
    return _of_a_change(plain, ask) if ask.field == REASON_FIELD.id else None


def _of_a_change(plain: str, ask: Ask) -> str | None:
    """The token of what the question offers why a score was changed: "keep 1", "put 4 back"."""
    back = PUT_BACK.fullmatch(plain)
    if back:
        return f"answer:{ask.item}:{back[1]}"
    return f"next:{ask.item}:{ask.field}" if KEEP.fullmatch(plain) else None


def _to_be_reminded(plain: str) -> str | None:
    """The token for a wish to be reminded, with the time as it is said."""
    wish = REMIND.fullmatch(plain)
    return f"remind-me:{wish[1].strip()}" if wish else None


def _plain(text: str) -> str:
    plain = re.sub(r"\s+", " ", text.strip().replace("’", "'")).rstrip(".!").lower()
    return in_english(plain)


def _priorities(plain: str) -> str | None:
    """The token for items with spaces or commas between, or for having nothing to name."""
    if plain in ONWARD or plain in NONE_OF_THE_LEVELS:
        return f"next:{WHICH_FIRST.item}:{WHICH_FIRST.field}"
    named = plain.replace(",", " ").replace(" and ", " ").split()
    looks_like_items = named and all(
        any(character.isdigit() for character in word) for word in named
    )
    return f"first:{','.join(named)}" if looks_like_items else None


def bare_level(text: str, item: str, sitting: Sitting) -> str | None:
    """The level or number that words say and nothing else; none where they are a reason."""
    token = understand(text, Ask(item, SCORE), sitting) or ""
    value = token.removeprefix(f"answer:{item}:")
    is_value = value != token and value not in NONE_OF_THE_LEVELS.values()
    return value if is_value else None


def _names_an_item(word: str, sitting: Sitting) -> bool:
    """Whether a word is an item, or looks like one; "change the culture" is evidence."""
    return word in sitting.guide.items or any(character.isdigit() for character in word)


def _level_or_nothing(ask: Ask, plain: str, sitting: Sitting) -> str | None:
    value = _value(ask.item, plain, sitting)
    if sitting.guide.kind_of(ask.item) == "number":
        return f"answer:{ask.item}:{value}"
    known = {level.value for level in sitting.guide.scale_of(ask.item).levels}
    looks_like_one = value in known or re.fullmatch(r"-?\d+([.,]\d+)?", value)
    return f"answer:{ask.item}:{value}" if looks_like_one else None


def _value(item: str, text: str, sitting: Sitting) -> str:
    """The value of a level, by its value or its label; otherwise the words as typed."""
    if text in NONE_OF_THE_LEVELS:
        return NONE_OF_THE_LEVELS[text]
    if sitting.guide.kind_of(item) == "score":
        for level in sitting.guide.scale_of(item).levels:
            full = f"{level.value} – {level.label}".lower()
            if text in (level.value, level.label.lower(), full, full.replace("–", "-")):
                return level.value
        said = spoken(text, sitting.guide.scale_of(item))
        if said is not None and not said.beside:
            return said.level
    return text.replace(":", " ")


def not_understood(ask: Ask | None, sitting: Sitting) -> str:
    """What to say when words came where none were expected; they still stand where they were typed."""
    if ask is None:
        if not sitting.items:
            return _(
                "You have answered everything, so I do not know what to do with this. Say my answers "
                "to see them, or help."
            )
        return _(
            "You have answered everything, so I do not know what to do with this. Say change {item} "
            "to change an answer, my answers to see them, or help.",
            item=sitting.items[0],
        )
    if ask == WHICH_FIRST:
        return _("Say the numbers of what should come first, such as 5.1 7.3, or next to go on.")
    return _(
        "I need your answer to {item} first: {choices}, don't know, not my area or skip. Then you "
        "can type your words.",
        item=ask.item,
        choices=_choices(ask.item, sitting),
    )


def _choices(item: str, sitting: Sitting) -> str:
    """What an item can be answered with, in short."""
    if sitting.guide.kind_of(item) != SCORE:
        return _("a number")
    levels = sitting.guide.scale_of(item).levels
    return ", ".join(level.value if level.value.isdigit() else level.label for level in levels)


def digest(notice: str) -> str:
    """SHA-256 of the notice as it was shown."""
    return hashlib.sha256(notice.encode()).hexdigest()
