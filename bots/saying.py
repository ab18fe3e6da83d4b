"""What a promised message says when its turn has come, or why it is no longer said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bots import phrases, privately, prompts
from bots.promises import Kind, Promise, Promises
from bots.talk import HAND_ON, PAUSE, RESUME, REVIEW, WHY, WITHDRAW, Choice, Prompt, Talk
from ehsg_events.asking import WHICH_FIRST, Ask, boxes, done
from ehsg_events.interview import SCORE, WITH_WORDS

FURTHER = (RESUME, PAUSE, WHY, HAND_ON, WITHDRAW)


@dataclass(frozen=True)
class Withheld:
    """A message that is not said, and the rule that withheld it."""

    because: str


def say(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """The prompt a promise comes to, on what stands now, as a chat may repeat it."""
    talk = privately.discreet(talk)
    match promise.kind:
        case "reminder":
            return _nudge(promise, talk, promises) or _reminder(talk)
        case "moved":
            return _nudge(promise, talk, promises) or _moved(talk)
        case "declined":
            said = phrases.hand_on_declined(talk.read(promise.because))
            return _over(talk) or Prompt("help", said, (RESUME,))
        case "screen":
            return _screen(promise, talk, promises)
        case "shown":
            return _shown(promise, talk, promises)
        case kind:
            return OF_THE_TALK_ALONE[kind](talk)


def _notice(talk: Talk) -> Prompt | Withheld:
    if talk.interview.started:
        return Withheld("started already")
    return _over(talk) or prompts.screen(_plain(talk))


def _nudge(promise: Promise, talk: Talk, promises: Promises) -> Withheld | None:
    """Why a nudge is not said: after an outage a person gets one message, not a pile of them."""
    if talk.interview.completed or talk.ask is None:
        return Withheld("finished")
    if talk.sitting.paused:
        return Withheld("the round is paused")
    says_it_all = not (talk.interview.started or promises.is_noticed(promise.place))
    overtaken = Withheld("overtaken") if says_it_all or promises.is_overtaken(promise) else None
    return _over(talk) or overtaken


def _reminder(talk: Talk) -> Prompt:
    sitting, started = talk.sitting, talk.interview.started
    far, again = done(talk.interview, sitting), sitting.kind == "feedback"
    total, until = len(sitting.items), sitting.deadline
    text = phrases.reminder(far, total, until, started=started, again=again)
    return Prompt("reminder", text, FURTHER)


def _moved(talk: Talk) -> Prompt:
    return Prompt("help", phrases.moved(talk.sitting.deadline), FURTHER[:1])


def _handed_on(talk: Talk) -> Prompt | Withheld:
    return _over(talk) or Prompt("handed-on", phrases.HANDED_ON, (RESUME, REVIEW, WITHDRAW))


def _taken_over(talk: Talk) -> Prompt | Withheld:
    if not talk.interview.started:
        return Withheld("the notice says it")
    left = len(talk.sitting.items) - done(talk.interview, talk.sitting)
    return _over(talk) or Prompt("help", phrases.taken_over(left), (RESUME,))


def _over(talk: Talk) -> Withheld | None:
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    return Withheld("the round is closed") if talk.sitting.closed else None


def _closed(talk: Talk) -> Prompt | Withheld:
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    return prompts.screen(_plain(talk))


OF_THE_TALK_ALONE: Mapping[Kind, Callable[[Talk], Prompt | Withheld]] = {
    "notice": _notice,
    "handed-on": _handed_on,
    "taken-over": _taken_over,
    "closed": _closed,
}


def _screen(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    latest = promises.latest[promise.place, None]
    if latest != promise.name or promise.ask != talk.ask:
        return Withheld("overtaken")
    return _in_a_chat(_with_notes(talk, prompts.screen(talk)))


def _in_a_chat(prompt: Prompt) -> Prompt:
    """Words that were not kept may stand in the chat still."""
    if prompt.kind != "stopped":
        return prompt
    return replace(prompt, text=f"{prompt.text} {phrases.STILL_HERE}")


def _shown(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    ask = promise.ask
    assert ask is not None, "only a question's message is changed"
    if promises.latest[promise.place, promise.changes] != promise.name:
        return Withheld("overtaken")
    if (promise.assessment, promise.changes or "") not in promises.references:
        return Withheld("the message it changes was never sent")
    return shown(talk, ask)


def shown(talk: Talk, ask: Ask) -> Prompt | Withheld:
    """A question's message once it was answered: the answer, or the words taken so far."""
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    stands = not (talk.interview.paused or talk.sitting.closed)
    if ask == talk.ask and ask.field != SCORE and stands:
        return _with_notes(talk, prompts.screen(_plain(talk)))
    change = () if talk.sitting.closed else (Choice(phrases.CHANGE, f"change:{ask.item}"),)
    if ask == WHICH_FIRST:
        return Prompt("noted", phrases.named(talk.interview.named or ()), change)
    return _shown_answer(talk, ask, change)


def _shown_answer(talk: Talk, ask: Ask, change: tuple[Choice, ...]) -> Prompt | Withheld:
    answer = talk.interview.answers.get(ask.item)
    if answer is None:
        return Withheld("nothing to show")
    said = phrases.answered(ask.item, answer, talk.sitting.guide)
    if ask.field == SCORE or answer.kind not in WITH_WORDS:
        return Prompt("noted", said, change, item=ask.item)
    here = boxes(talk.interview, talk.sitting, ask.item)
    label = next((box.label for box in here if box.id == ask.field), "")
    ways = (*change, *privately.ways(talk, ask))
    return Prompt("noted", f"{ask.item}: {label}\n{phrases.kept(_count(talk, ask))}", ways)


def _with_notes(talk: Talk, prompt: Prompt) -> Prompt:
    """A prompt for words with the receipt of those typed, and the windows to write them in."""
    if prompt.kind != "words" or talk.ask is None:
        return prompt
    count = _count(talk, talk.ask)
    text = f"{prompt.text}\n\n{phrases.noted(count)}" if count else prompt.text
    return replace(prompt, text=text, choices=prompt.choices + privately.ways(talk, talk.ask))


def _count(talk: Talk, ask: Ask) -> int:
    return sum((note.item, note.field) == ask for note in talk.interview.notes.values())


def _plain(talk: Talk) -> Talk:
    """The talk without whatever screen was asked for or refusal was made last."""
    return replace(talk, interview=replace(talk.interview, screen="question", refusal=None))
