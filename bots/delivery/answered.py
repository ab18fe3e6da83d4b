"""A question's message once it was answered, and a prompt for words with those that were typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bots import phrases
from bots.delivery import private_notes
from bots.delivery.withheld import Withheld
from bots.interview import prompts
from bots.interview.talk import Choice, Prompt, Talk
from ehsg_events.interview.questions import WHICH_FIRST, Ask, boxes
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import SCORE, WITH_WORDS


def shown(talk: Talk, ask: Ask) -> Prompt | Withheld:
    """A question's message once it was answered: the answer, or the words taken so far."""
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    is_open = not (talk.interview.paused or talk.sitting.closed)
    if ask == talk.ask and ask.field != SCORE and is_open:
        return with_notes(talk, prompts.screen(plain(talk)))
    change = () if talk.sitting.closed else (Choice(_(phrases.CHANGE), f"change:{ask.item}"),)
    if ask == WHICH_FIRST:
        return Prompt("noted", phrases.named(talk.interview.named or ()), change)
    return _shown_answer(talk, ask, change)


def _shown_answer(talk: Talk, ask: Ask, change: tuple[Choice, ...]) -> Prompt | Withheld:
    answer = talk.interview.answers.get(ask.item)
    if answer is None:
        return Withheld("nothing to show")
    text = phrases.answered(ask.item, answer, talk.sitting.guide)
    if ask.field == SCORE or answer.kind not in WITH_WORDS:
        return Prompt("noted", text, change, item=ask.item)
    under_item, count = boxes(talk.interview, talk.sitting, ask.item), _count(talk, ask)
    label = next((box.label for box in under_item if box.id == ask.field), "")
    return Prompt("noted", phrases.kept(ask.item, label, count), (*_words_again(talk, ask, count),))


def _words_again(talk: Talk, ask: Ask, count: int) -> Iterator[Choice]:
    """The ways back to a box for words, without asking its score again."""
    if not talk.sitting.closed:
        label = _(phrases.CHANGE) if count else _(phrases.ADD_WORDS)
        yield Choice(label, f"change:{ask.item}:{ask.field}")
    yield from private_notes.ways(talk, ask)


def with_notes(talk: Talk, prompt: Prompt) -> Prompt:
    """A prompt for words with a receipt for those typed, and buttons for windows to write in."""
    if prompt.kind != "words" or talk.ask is None:
        return prompt
    count = _count(talk, talk.ask)
    text = f"{prompt.text}\n\n{phrases.noted(count)}" if count else prompt.text
    return replace(prompt, text=text, in_chat=prompt.in_chat + private_notes.ways(talk, talk.ask))


def _count(talk: Talk, ask: Ask) -> int:
    return sum((note.item, note.field) == ask for note in talk.interview.notes.values())


def plain(talk: Talk) -> Talk:
    """The talk without the screen that was asked for or the refusal that came last."""
    state = replace(talk.interview, screen="question", refusal=None, stopped=None)
    return replace(talk, interview=state)
