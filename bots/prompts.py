"""What stands in an interview becomes what is said: a prompt, the same on every surface. Pure.

A surface renders a `Prompt` as blocks, a page or text; the tokens of its choices are the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from bots import phrases
from bots.questions import priorities, question, words
from bots.screens import asked_screen, lines
from bots.talk import HAND_ON, RESUME, REVIEW, START, WHY, WITHDRAW, Choice, Prompt, Talk
from ehsg_events.asking import WHICH_FIRST, Ask, done
from ehsg_events.events import NoteAmended, NoteGiven, NoteRetracted
from ehsg_events.interview import SCORE, InterviewFact

AFTER_THE_CLOSE = ("withdraw", "why", "who-sees")  # what can be asked for still
ABOUT_QUESTIONS = ("question", "review", "help", "why", "hand-on", "handed-on")


def reply(talk: Talk, facts: Sequence[InterviewFact]) -> list[Prompt]:
    """What to say after these facts were recorded: a quiet receipt for words, else the screen."""
    if facts and isinstance(facts[-1], NoteGiven | NoteAmended | NoteRetracted):
        return [_noted(talk)]
    return [screen(talk)]


def screen(talk: Talk) -> Prompt:
    """What is in front of the person now."""
    state, sitting = talk.interview, talk.sitting
    if state.withdrawn:
        return Prompt("withdrawn", phrases.WITHDRAWN)
    problem = _problem(talk)
    if problem is not None:
        return problem
    if sitting.closed and state.screen not in AFTER_THE_CLOSE:
        return Prompt("closed", phrases.closed(lines(talk), sitting.deadline))
    if not sitting.items and state.screen in ABOUT_QUESTIONS:
        return Prompt("handed-on", phrases.NOTHING_LEFT, (WITHDRAW,))
    return _asked_now(talk) if state.screen == "question" else asked_screen(talk)


def _asked_now(talk: Talk) -> Prompt:
    """What the talk has come to: the notice, a question, the rest, or the receipt at the end."""
    state, sitting = talk.interview, talk.sitting
    if state.paused:
        said = phrases.paused(done(state, sitting), len(sitting.items), sitting.deadline)
        return Prompt("paused", said, (RESUME, REVIEW))
    if not state.started:
        return notice(talk)
    return _done(talk) if talk.ask is None else _asks(talk, talk.ask)


def _problem(talk: Talk) -> Prompt | None:
    """Why what was said last was not taken, if it was not."""
    state = talk.interview
    if state.refusal is not None:
        return Prompt("problem", talk.read(state.refusal) or phrases.NOT_STARTED)
    if state.stopped is not None:
        said = phrases.stopped(state.stopped, talk.sitting.safeguarding)
        return Prompt("stopped", said, (RESUME,))
    return None


def _asks(talk: Talk, ask: Ask) -> Prompt:
    if ask == WHICH_FIRST:
        return priorities(talk)
    return question(talk, ask) if ask.field == SCORE else words(talk, ask)


def _done(talk: Talk) -> Prompt:
    """The receipt at the end."""
    said = phrases.finished(lines(talk), talk.sitting.deadline)
    return Prompt("done", said, (REVIEW, WITHDRAW))


def notice(talk: Talk) -> Prompt:
    """What a person is told before the first question."""
    sitting = talk.sitting
    again = sitting.kind == "feedback"
    text = phrases.notice(talk.area, len(sitting.items), sitting.deadline, again=again)
    return Prompt("notice", text, (START, WHY, HAND_ON, WITHDRAW))


def _noted(talk: Talk) -> Prompt:
    ask = talk.ask
    here = [n for n in talk.interview.notes.values() if ask and (n.item, n.field) == tuple(ask)]
    choices = (Choice(phrases.NEXT, f"next:{ask.item}:{ask.field}", "primary"),) if ask else ()
    return Prompt("noted", phrases.noted(len(here)), choices, item=ask and ask.item)
