"""Each step of an interview by its address: where the talk is, what stands at a step, what is around it.

Pure. To look at a step changes nothing, so that Back shows what was saved there and scanners of links
do no harm. A question that was not reached yet has no address: whoever saw it early would see what the
others said before their own answer counts as informed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bots.interview import prompts
from bots.interview.questions import priorities, question, words
from bots.interview.talk import Prompt, Talk
from ehsg_events.interview.questions import (
    WHICH_FIRST,
    Ask,
    boxes,
    most_to_name,
    waiting,
    was_shown,
)
from ehsg_events.states.interview import SCORE, WITH_WORDS

START, WORDS, PRIORITIES = "start", "/words", WHICH_FIRST.item
LOOKS = ("review", "help", "why", "who-sees", "nudges", "withdraw", "hand-on")
STAYS = ("handed-on", "remind-me")  # screens that stand until somebody goes on
COPY = "answers.pdf"  # no step of the talk: a file of what was said in it
PROOFS = "proofs.zip"  # nor this one: that it is in the ledger
DEADLINE = "deadline.ics"  # nor this: by when it is to be said
OVER = ("withdrawn", "closed", "became")


def calm(talk: Talk) -> Talk:
    """The talk without what could not be taken last, and without what was only looked at."""
    screen = talk.interview.screen
    asked = screen if screen in STAYS and not talk.sitting.closed else "question"
    return replace(
        talk, interview=replace(talk.interview, refusal=None, stopped=None, screen=asked)
    )


def now(talk: Talk) -> str:
    """The step where the talk is."""
    return _step_of(prompts.screen(calm(talk)), talk)


def is_asked(talk: Talk) -> bool:
    """Whether anything is asked of somebody still, so that there is a deadline for them."""
    gone = talk.interview.withdrawn or talk.sitting.released
    return not (talk.sitting.closed or gone or talk.interview.completed)


def _step_of(prompt: Prompt, talk: Talk) -> str:
    item = prompt.item
    match prompt.kind:
        case "notice":
            return START
        case "question" if item:
            return item
        case "words" if item:
            return f"{item}{WORDS}" if talk.sitting.has_value(item) else item
    return prompt.kind


def prompt_at(talk: Talk, step: str) -> Prompt | None:
    """What stands at a step; none when there is no such step, or not now."""
    here = calm(talk)
    prompt = prompts.screen(here)
    if step == _step_of(prompt, talk):
        return prompt
    if step in LOOKS:
        looking = replace(here.interview, screen=step)  # type: ignore[arg-type]  # as LOOKS says
        asked = prompts.screen(replace(here, interview=looking))
        return asked if asked.kind == step else None
    return _question_at(here, step) if step in _path(here) else None


def _question_at(talk: Talk, step: str) -> Prompt:
    if step == START:
        return prompts.notice(talk)
    if step == PRIORITIES:
        return priorities(talk)
    item = step.removesuffix(WORDS)
    if step == item and talk.sitting.has_value(item):
        return question(talk, Ask(item, SCORE))
    return words(talk, asks_at(talk, step)[0])


def asks_at(talk: Talk, step: str) -> list[Ask]:
    """The questions that are answered at a step: a score, or every box for words under an item."""
    if step == PRIORITIES:
        return [WHICH_FIRST]
    item = step.removesuffix(WORDS)
    if item not in talk.sitting.items:
        return []
    if step == item and talk.sitting.has_value(item):
        return [Ask(item, SCORE)]
    return [Ask(item, box.id) for box in boxes(talk.interview, talk.sitting, item)]


def words_step(talk: Talk, item: str) -> str | None:
    """The step for the words under an item; none where none are asked for."""
    answer = talk.interview.answers.get(item)
    if answer is None or answer.kind not in WITH_WORDS or not talk.sitting.has_value(item):
        return None
    return f"{item}{WORDS}" if boxes(talk.interview, talk.sitting, item) else None


def before(talk: Talk, step: str) -> str | None:
    """The step before a step; none before the first, and when everything is over."""
    here = calm(talk)
    prompt = prompts.screen(here)
    if prompt.kind in OVER:
        return now(talk) if step in LOOKS else None
    path = _path(here)
    if step in LOOKS or step not in path:
        at = now(talk)
        return at if at != step else next(iter(reversed(path)), None)
    index = path.index(step)
    return path[index - 1] if index else None


def _path(talk: Talk) -> list[str]:
    """Every question that was reached, in order, after the notice."""
    state, sitting = talk.interview, talk.sitting
    if not state.started or state.withdrawn or sitting.closed or sitting.released:
        return []
    first = replace(state, focus=None)
    is_named = WHICH_FIRST in state.finished or waiting(first, sitting) == WHICH_FIRST
    named = [PRIORITIES] if is_named and most_to_name(state, sitting) else []
    return [START, *_items(talk), *named]


def _items(talk: Talk) -> Iterator[str]:
    state, sitting = talk.interview, talk.sitting
    for item in sitting.items:
        can_vote = not sitting.away and item not in sitting.votes_over
        if can_vote and was_shown(state, sitting, item):
            yield item
            below = words_step(talk, item)
            if below:
                yield below
