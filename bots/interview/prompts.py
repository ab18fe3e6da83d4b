"""What to say as an interview stands: a prompt, the same on every surface. No clock, no writes.

A surface renders a `Prompt` as blocks, a page or text; the tokens of its choices are the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bots import phrases
from bots.interview import voting
from bots.interview.questions import priorities, question, words
from bots.interview.receipts import receipt, with_unplaced
from bots.interview.screens import asked_screen, lines, terms
from bots.interview.talk import (
    HAND_ON,
    RESUME,
    REVIEW,
    START,
    WHO_SEES,
    WHY,
    WITHDRAW,
    Choice,
    Names,
    Prompt,
    Talk,
)
from bots.phrases import afterwards
from bots.phrases.workshop import peer_notice, workshop_notice
from ehsg_events.events import (
    ChangeQueried,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    WordsSetAside,
)
from ehsg_events.interview.questions import WHICH_FIRST, Ask, done
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import SCORE, InterviewFact

AFTER_THE_CLOSE = (
    "withdraw",
    "why",
    "nudges",
    "who-sees",
    "thanks",
    "levels",
    "beside",
)  # screens that can still be asked for
ASKS_ONE_CLICK = ChangeQueried | WordsSetAside
ABOUT_QUESTIONS = ("question", "review", "help", "why", "hand-on", "handed-on", "remind-me")


def reply(talk: Talk, facts: Sequence[InterviewFact]) -> list[Prompt]:
    """What to say after these facts were recorded: a short receipt for words, else the screen."""
    if facts and isinstance(facts[-1], NoteGiven | NoteAmended | NoteRetracted):
        return [_noted(talk)]
    if facts and isinstance(facts[-1], ASKS_ONE_CLICK):
        return [receipt(talk, facts[-1])]
    shown = screen(talk)
    if shown.kind == "words" and any(isinstance(fact, NoteGiven) for fact in facts):
        # said beside a level, in one message with it
        shown = replace(shown, text=f"{shown.text}\n\n{phrases.noted(_count(talk))}")
    return [shown]


def screen(talk: Talk) -> Prompt:
    """What is in front of the person now."""
    state, sitting = talk.interview, talk.sitting
    if state.withdrawn:
        return Prompt("withdrawn", _(phrases.WITHDRAWN))
    stands = problem(talk)
    if stands is not None:
        return stands
    asks_too_late = sitting.signed_off and state.screen == "withdraw"
    if asks_too_late or (sitting.closed and state.screen not in AFTER_THE_CLOSE):
        return _over(talk)
    if sitting.released and not sitting.closed and state.screen in ABOUT_QUESTIONS:
        return Prompt("told", "\n".join((_(afterwards.RELEASED), *lines(talk))), (WITHDRAW,))
    if not sitting.items and sitting.kind != "workshop" and state.screen in ABOUT_QUESTIONS:
        return Prompt("handed-on", _(phrases.NOTHING_LEFT), (WITHDRAW,))
    return _asked_now(talk) if state.screen == "question" else asked_screen(talk)


def _asked_now(talk: Talk) -> Prompt:
    """Where the talk is now: at the notice, a question, a pause, or the receipt at the end."""
    state, sitting = talk.interview, talk.sitting
    if state.paused:
        text = phrases.paused(done(state, sitting), len(sitting.items), sitting.deadline)
        return Prompt("paused", text, (RESUME, REVIEW))
    if not state.started:
        return notice(talk)
    if talk.ask is not None:
        return _asks(talk, talk.ask)
    return voting.between(talk) if sitting.kind == "workshop" else _done(talk)


def _over(talk: Talk) -> Prompt:
    """After the close: what was recorded; once it is signed off, what became of it."""
    until, early = talk.sitting.deadline, talk.sitting.early
    recorded = phrases.closed(talk.area, lines(talk, whole=True), until, early=early)
    if not talk.sitting.signed_off:
        return Prompt("closed", phrases.may_still_withdraw(recorded), (WITHDRAW,))
    return Prompt("became", f"{became(talk).text}\n{recorded}")


def became(talk: Talk) -> Prompt:
    """What became of what a person said, once it is signed off."""
    result, guide = talk.became(), talk.sitting.guide
    fates = [(fate, talk.read(fate.because)) for fate in result.fates]
    return Prompt("became", afterwards.became(talk.area, guide, fates, result.priorities))


def problem(talk: Talk) -> Prompt | None:
    """Why the last input was not taken; none if it was."""
    state = talk.interview
    if state.refusal is not None:
        return Prompt("problem", talk.read(state.refusal) or _(phrases.NOT_STARTED))
    if state.stopped is not None:
        text = phrases.stopped(state.stopped, talk.sitting.safeguarding)
        return Prompt("stopped", text, (RESUME,))
    return None


def _asks(talk: Talk, ask: Ask) -> Prompt:
    if ask == WHICH_FIRST:
        return priorities(talk)
    return question(talk, ask) if ask.field == SCORE else words(talk, ask)


def _done(talk: Talk) -> Prompt:
    """The receipt at the end."""
    text = phrases.finished(lines(talk), talk.sitting.deadline)
    ended = Prompt("done", text, (REVIEW,), headings=(_(phrases.THAT_IS_ALL),))
    return with_unplaced(ended, talk)


def notice(talk: Talk) -> Prompt:
    """What a person is told before the first question."""
    hand_on = () if talk.sitting.kind == "workshop" else (HAND_ON,)
    ways = (START, WHY, *hand_on, WHO_SEES)
    headings = (talk.headed,)
    return Prompt("notice", _notice(talk, talk.names()), ways, headings=headings)


def notice_as_digested(talk: Talk) -> str:
    """The notice as it is shown and the terms one press away, without anybody's name.

    A digest of a name would let whoever reads the log confirm a guess of it.
    """
    return f"{_notice(talk, Names())}\n{terms(talk)}"


def _notice(talk: Talk, names: Names) -> str:
    sitting = talk.sitting
    guide, items, until = sitting.guide, sitting.items, sitting.deadline
    match sitting.kind:
        case "workshop":
            return workshop_notice(guide.topic, talk.area, until)
        case "peer-review":
            return peer_notice(guide, talk.area, items, until)
    return phrases.notice(
        guide,
        talk.area,
        items,
        until,
        again=sitting.kind == "feedback",
        figures=sitting.kind == "feedback" and sitting.shows_others,
        person=names.person,
        coordinator=names.coordinator,
    )


def _noted(talk: Talk) -> Prompt:
    ask = talk.ask
    choices = (Choice(_(phrases.NEXT), f"next:{ask.item}:{ask.field}", "primary"),) if ask else ()
    return Prompt("noted", phrases.noted(_count(talk)), choices, item=ask and ask.item)


def _count(talk: Talk) -> int:
    """How many notes stand under the question that waits."""
    return sum((note.item, note.field) == talk.ask for note in talk.interview.notes.values())
