"""What a person asked to see: their answers, the help, why they are asked, who sees it.

No clock and no writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bots import phrases
from bots.interview.annexes import annexes_screen
from bots.interview.questions import levels
from bots.interview.receipts import with_unplaced
from bots.interview.talk import (
    CHANGE_FIRST,
    HAND_ON,
    PAUSE,
    RESUME,
    REVIEW,
    START,
    WHO_SEES,
    WHY,
    WITHDRAW,
    Choice,
    Prompt,
    Talk,
)
from bots.phrases import afterwards, nudges, unclear
from ehsg_events.dates import calendar
from ehsg_events.events import HandOnAgreed, HandOnDeclined, HandOnLapsed, ItemsHandedOn
from ehsg_events.interview.questions import WHICH_FIRST, done
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import unanswered
from ehsg_events.values.beside import Note

Ways = tuple[Choice, ...]


def asked_screen(talk: Talk) -> Prompt:
    """The screen that a person asked for instead of the next question."""
    state, sitting = talk.interview, talk.sitting
    go_on = () if sitting.closed else (RESUME,)
    if state.screen in OF_THEIR_OWN:
        return OF_THEIR_OWN[state.screen](talk, go_on)
    match state.screen:
        case "nudges":
            return Prompt("nudges", _reminders(talk), go_on)
        case "who-sees" | "thanks" | "leave":
            return _told(talk, go_on)
        case "hand-on":
            return Prompt("hand-on", phrases.hand_on(talk.read(state.hand_on)), go_on)
        case "handed-on":
            return _handed_on(talk)
        case "why":
            return Prompt("why", _why(talk), (*go_on, *hand_on(talk)))
    item = talk.ask.item if talk.ask and talk.ask != WHICH_FIRST else None
    ways = (*go_on, WHO_SEES, WHY, *hand_on(talk), WITHDRAW)
    says = phrases.guide_says(sitting.guide, item) if item else ()
    return Prompt("help", "\n".join((phrases.help_words(item), *says)), ways)


def terms(talk: Talk) -> str:
    """Who sees what is said, how long it is kept, and what a person can ask for."""
    sees = phrases.who_sees(talk.stand_in, reasons=talk.reasons_shown)
    return phrases.terms(talk.sitting.guide, talk.area, sees)


def _ways_on(talk: Talk) -> Ways:
    """From the terms to where the talk is, or out of it."""
    on = () if talk.sitting.closed else (RESUME,) if talk.interview.started else (START,)
    return (*on, WITHDRAW)


def _told(talk: Talk, go_on: tuple[Choice, ...]) -> Prompt:
    """Who sees what is said, or the answer to thanks or to the wish not to be asked."""
    if talk.interview.screen == "who-sees":
        return Prompt(
            "who-sees", terms(talk), _ways_on(talk), headings=tuple(map(_, phrases.HEADINGS))
        )
    if talk.interview.screen == "leave":
        return Prompt("leave", _(phrases.LEAVE), (*go_on, PAUSE, *hand_on(talk), WITHDRAW))
    until, closed = talk.sitting.deadline, talk.sitting.closed
    return Prompt("thanks", phrases.welcome(until, closed=closed), go_on)


def _review(talk: Talk, go_on: tuple[Choice, ...]) -> Prompt:
    """What they have said so far, with a way to change each answer."""
    state, sitting = talk.interview, talk.sitting
    text = phrases.review(lines(talk), done(state, sitting), len(sitting.items))
    changes = tuple(
        Choice(f"{_(phrases.CHANGE)} {item}", f"change:{item}")
        for item in sitting.items
        if item in state.answers
    )
    first = (CHANGE_FIRST,) if WHICH_FIRST in state.finished else ()
    ways = (*go_on, *changes, *first, WITHDRAW)
    review = Prompt("review", text, ways, headings=(text.partition("\n")[0],))
    return with_unplaced(review, talk)


def _withdraw(talk: Talk, _on: Ways) -> Prompt:
    """The question before a withdrawal."""
    sure = Choice(_(phrases.WITHDRAW_YES), "withdraw-yes", "danger")
    keep = Choice(_(phrases.KEEP_ANSWERS), "resume")
    text = phrases.confirm_withdraw(talk.area, closed=talk.sitting.closed)
    return Prompt("withdraw", text, (sure, keep))


def _what_waits(talk: Talk, go_on: Ways) -> Prompt:
    """How much is still to be answered."""
    answered, total = done(talk.interview, talk.sitting), len(talk.sitting.items)
    text = unclear.what_waits(talk.area, answered, total, talk.sitting.deadline)
    return Prompt("what-waits", text, (*go_on, REVIEW))


def _remind_me(talk: Talk, _on: Ways) -> Prompt:
    """When they are reminded, as they asked."""
    at, window = talk.interview.remind_at, talk.window
    assert at is not None, "a screen of its own follows the wish"
    assert window is not None, "who asked for it can be reminded"
    when = calendar.say(at, window.zone)
    return Prompt("remind-me", nudges.wished(when, is_reached=window.is_reached), (RESUME, REVIEW))


OF_THEIR_OWN: Mapping[str, Callable[[Talk, Ways], Prompt]] = {
    "review": _review,
    "withdraw": _withdraw,
    "what-waits": _what_waits,
    "remind-me": _remind_me,
    "levels": lambda talk, go_on: levels(talk, talk.interview.screen_about, go_on),
    "beside": lambda talk, go_on: annexes_screen(talk, talk.interview.screen_about, go_on),
}


def _why(talk: Talk) -> str:
    """Why this person, and why now."""
    sitting = talk.sitting
    left = len(sitting.items) - done(talk.interview, sitting)
    asked_on = not (sitting.closed or sitting.released or talk.interview.completed)
    asked = phrases.why_asked(
        talk.works_as,
        talk.agency,
        len(sitting.items),
        over=sitting.closed or sitting.released,
        hand_on=bool(hand_on(talk)),
    )
    return f"{asked} {phrases.why_now(left if asked_on else 0, sitting.deadline, sitting.kind)}"


def _reminders(talk: Talk) -> str:
    return nudges.reminded(talk.reminded()) if talk.reminded else _(nudges.NEVER)


def hand_on(talk: Talk) -> tuple[Choice, ...]:
    """The choice to hand on what was not answered, if there is anything."""
    left = unanswered(talk.sitting.items, talk.interview)
    workshop = talk.sitting.kind == "workshop"
    return (HAND_ON,) if left and not (talk.sitting.closed or workshop) else ()


def _handed_on(talk: Talk) -> Prompt:
    """What became of the request that a colleague answers."""
    match talk.sitting.decided:
        case HandOnDeclined(because=because):
            return Prompt("handed-on", phrases.hand_on_declined(talk.read(because)), (RESUME,))
        case ItemsHandedOn():
            return Prompt("handed-on", _(phrases.HANDED_ON), (RESUME, REVIEW, WITHDRAW))
        case HandOnAgreed():
            return Prompt("handed-on", _(afterwards.HANDED_ON_NEXT), (RESUME, REVIEW, WITHDRAW))
        case HandOnLapsed():
            return Prompt("handed-on", _(afterwards.HAND_ON_LAPSED), (RESUME,))
    return Prompt("handed-on", _(phrases.HAND_ON_ASKED), (RESUME,))


def lines(talk: Talk, *, whole: bool = False) -> list[str]:
    """A person's own answers and words, a line each.

    Args:
        whole: long words are given in full, where they can be read nowhere else.
    """
    lines = []
    for item in talk.sitting.items:
        answer = talk.interview.answers.get(item)
        if answer is None:
            continue
        lines.append(phrases.answered(item, answer, talk.sitting.guide))
        notes = (note for note in talk.interview.notes.values() if note.item == item)
        lines += [quoted(talk, note, whole=whole) for note in notes]
    aside = talk.interview.aside.values()
    lines += [unclear.not_placed(words.item, talk.shown(words.words)) for words in aside]
    if talk.interview.named:
        lines.append(phrases.named(talk.interview.named))
    return lines


def quoted(talk: Talk, note: Note, *, whole: bool = True) -> str:
    """Words as they were kept or how they begin, with their source, their day and their file."""
    text, evidence = talk.shown(note.words), note.evidence
    if text and not whole:
        text = phrases.begun(text)
    if evidence is None:
        return phrases.typed(text)
    origin = talk.read(evidence.origin) if evidence.origin else None
    file = talk.read(evidence.file.name) if evidence.file else None
    return phrases.typed(text) + phrases.enclosed(origin, evidence.dated, file)
