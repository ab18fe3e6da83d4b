"""What a promised message says when its turn has come, or why it is no longer said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bots import phrases
from bots.delivery import private_notes
from bots.delivery.answered import plain, shown, with_notes
from bots.delivery.withheld import Withheld
from bots.interview import prompts, voting
from bots.interview.receipts import receipt
from bots.interview.talk import HAND_ON, PAUSE, RESUME, REVIEW, WHY, WITHDRAW, Prompt, Talk
from bots.messages.owed import Kind
from bots.messages.promise import Promise
from bots.messages.queue import Promises
from bots.on_behalf.told import of_acts, of_link
from bots.phrases import afterwards
from ehsg_events.interview.questions import done, still_open
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking

FURTHER = (RESUME, PAUSE, WHY, HAND_ON)


def say(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """What a promised message says now, without words that must not be repeated in a chat."""
    talk = private_notes.discreet(talk)
    from_talk = OF_THE_TALK_ALONE.get(promise.kind)
    with speaking(talk.language):
        says = (
            from_talk(talk) if from_talk else OF_THE_PROMISE[promise.kind](promise, talk, promises)
        )
    return says if isinstance(says, Withheld) else naming_the_area(says, talk.area)


def naming_the_area(prompt: Prompt, area: str) -> Prompt:
    """The prompt with its area in the first line: who is on two panels must know which speaks."""
    first = prompt.text.partition("\n")[0]
    if area in first:
        return prompt
    named = f"{area} · {first}"
    headings = tuple(named if heading == first else heading for heading in prompt.headings)
    return replace(prompt, text=f"{area} · {prompt.text}", headings=headings)


def _notice(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """The notice; people who were released have read it, and are told they are asked again."""
    if not talk.interview.started:
        return _over(talk) or prompts.screen(plain(talk))
    if not promises.is_again(promise):
        return Withheld("started already")
    left = len(talk.sitting.items) - done(talk.interview, talk.sitting)
    text = afterwards.asked_again(left, talk.sitting.deadline)
    return _over(talk) or Prompt("help", text, (RESUME, REVIEW))


def _nudge(promise: Promise, talk: Talk, promises: Promises) -> Withheld | None:
    """Why a nudge is not sent: after an outage a person gets one message, not each of them."""
    overtaken = Withheld("overtaken") if promises.is_overtaken(promise) else None
    return unwanted(talk) or _said_by_notice(promise, talk, promises) or overtaken


def _said_by_notice(promise: Promise, talk: Talk, promises: Promises) -> Withheld | None:
    """Withheld from people who are about to read the notice, which says the deadline."""
    waits = not (talk.interview.started or promises.is_noticed(promise.place))
    return Withheld("overtaken") if waits else None


def unwanted(talk: Talk) -> Withheld | None:
    """Why nobody is to be chased about an interview now; none when somebody may be."""
    if talk.interview.completed or talk.ask is None:
        return Withheld("finished")
    if talk.sitting.paused:
        return Withheld("the round is paused")
    return _over(talk)


def _reminder(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    later = Withheld("asked-for-later") if talk.asks_later else None
    is_wished = promise.kind == "wished"
    stopped = Withheld("stopped") if talk.unreminded and not is_wished else None
    return stopped or later or _nudge(promise, talk, promises) or _reminds(talk)


def _reminds(talk: Talk) -> Prompt:
    sitting, started = talk.sitting, talk.interview.started
    left, again = still_open(talk.interview, sitting), sitting.kind == "feedback"
    guide, total, until = sitting.guide, len(sitting.items), sitting.deadline
    said = phrases.reminder(guide, talk.area, left, total, until, started=started, again=again)
    return Prompt("reminder", said, FURTHER)


def _moved(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    prompt = Prompt(
        "help",
        phrases.moved(talk.sitting.guide.topic, talk.area, talk.sitting.deadline),
        FURTHER[:1],
    )
    return _nudge(promise, talk, promises) or prompt


def _declined(promise: Promise, talk: Talk, _promises: Promises) -> Prompt | Withheld:
    text = phrases.hand_on_declined(talk.read(promise.because))
    if talk.sitting.closed and not talk.interview.withdrawn:
        return Prompt("told", text)
    return _over(talk) or Prompt("help", text, (RESUME,))


def _agreed_on(talk: Talk) -> Prompt | Withheld:
    return _unless_withdrawn(talk, _(afterwards.HANDED_ON_NEXT))


def _lapsed(talk: Talk) -> Prompt | Withheld:
    return _unless_withdrawn(talk, _(afterwards.HAND_ON_LAPSED))


def _unless_withdrawn(talk: Talk, text: str) -> Prompt | Withheld:
    return Withheld("withdrawn") if talk.interview.withdrawn else Prompt("told", text)


def _reopened(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    finished = talk.interview.completed
    text = afterwards.reopened(talk.sitting.deadline, finished=finished)
    prompt = Prompt("help", text, (RESUME, REVIEW))
    return _over(talk) or _said_by_notice(promise, talk, promises) or prompt


def _link_again(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """Their personal link, to whoever needs one: in a chat they go on without."""
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    if promises.is_overtaken(promise):
        return Withheld("overtaken")
    on = () if talk.sitting.closed else (RESUME,)
    return Prompt("told", _(afterwards.LINK_AGAIN), on)


def _released(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    if not talk.sitting.released:
        return Withheld("asked again")
    if not (talk.interview.started or promises.was_told(promise.place)):
        return Withheld("was never asked")
    withdrawn = talk.interview.withdrawn
    return Withheld("withdrawn") if withdrawn else Prompt("told", _(afterwards.RELEASED))


def _became(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """What became of their answers: sent while the sign-off stands, and only for the newest."""
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    if not talk.sitting.signed_off:
        return Withheld("the sign-off was withdrawn")
    overtaken = promises.is_overtaken(promise)
    return Withheld("overtaken") if overtaken else prompts.became(talk)


def _handed_on(talk: Talk) -> Prompt | Withheld:
    return _over(talk) or Prompt("handed-on", _(phrases.HANDED_ON), (RESUME, REVIEW, WITHDRAW))


def _taken_over(talk: Talk) -> Prompt | Withheld:
    if not talk.interview.started:
        return Withheld("the notice says it")
    left = len(talk.sitting.items) - done(talk.interview, talk.sitting)
    return _over(talk) or Prompt("help", phrases.taken_over(left), (RESUME,))


def _over(talk: Talk) -> Withheld | None:
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    if talk.sitting.released:
        return Withheld("released")
    return Withheld("the round is closed") if talk.sitting.closed else None


def _thanks(talk: Talk) -> Prompt | Withheld:
    """A receipt for whoever was not there to see one: they answered on a page."""
    if not talk.interview.completed:
        return Withheld("gone on")
    return _over(talk) or prompts.screen(plain(talk))


def _closed(talk: Talk) -> Prompt | Withheld:
    if talk.interview.withdrawn:
        return Withheld("withdrawn")
    if not talk.sitting.closed:
        return Withheld("the round is open again")
    return prompts.screen(plain(talk))


OF_THE_TALK_ALONE: Mapping[Kind, Callable[[Talk], Prompt | Withheld]] = {
    "handed-on": _handed_on,
    "taken-over": _taken_over,
    "agreed-on": _agreed_on,
    "lapsed": _lapsed,
    "acted-for": of_acts,
    "link-shown": of_link,
    "closed": _closed,
    "thanks": _thanks,
}


def _vote(promise: Promise, talk: Talk, _promises: Promises) -> Prompt | Withheld:
    """The question that was put to the vote, for people who have not voted on it."""
    if promise.ask != talk.ask or talk.interview.paused:
        return Withheld("nothing is to be voted on")
    return _over(talk) or prompts.screen(plain(talk))


def _votes_shown(promise: Promise, talk: Talk, _promises: Promises) -> Prompt | Withheld:
    prompt = voting.shown(talk, promise.about[0])
    return _over(talk) or prompt or Withheld("put to the vote again")


def _screen(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """Where the talk is: of questions only the newest is put."""
    if talk.interview.withdrawn or talk.interview.paused:
        return Withheld("withdrawn" if talk.interview.withdrawn else "paused")
    latest = promises.latest[promise.place, None]
    if latest != promise.name or promise.ask != talk.ask:
        return Withheld("overtaken")
    return with_notes(talk, prompts.screen(plain(talk)))


def _reply(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    """What answers somebody is said whatever came after it, unless it is so no longer."""
    says, state = promise.answered, talk.interview
    assert says is not None, "a reply carries what it is to say"
    if state.withdrawn and says.ended != "withdrawn" and says.stopped is None:
        return Withheld("withdrawn")
    if promises.is_repeated(promise):
        return Withheld("overtaken")
    if says.is_moot(state):
        return Withheld("gone on")
    if says.receipt is not None:
        return receipt(talk, says.receipt)
    shows = replace(state, screen=says.screen, screen_about=says.item)
    then = replace(shows, refusal=says.refusal, stopped=says.stopped)
    as_it_was = replace(talk, interview=then)
    return _in_a_chat(prompts.problem(as_it_was) or prompts.screen(as_it_was))


def _in_a_chat(prompt: Prompt) -> Prompt:
    """The prompt, which adds that words that were not kept may still stand in the chat."""
    if prompt.kind != "stopped":
        return prompt
    return replace(prompt, text=f"{prompt.text} {_(phrases.STILL_HERE)}")


def _shown(promise: Promise, talk: Talk, promises: Promises) -> Prompt | Withheld:
    ask = promise.ask
    assert ask is not None, "only a question's message is changed"
    if promises.latest[promise.place, promise.changes] != promise.name:
        return Withheld("overtaken")
    if (promise.assessment, promise.changes or "") not in promises.references:
        return Withheld("the message it changes was never sent")
    return shown(talk, ask)


OF_THE_PROMISE: Mapping[Kind, Callable[[Promise, Talk, Promises], Prompt | Withheld]] = {
    "notice": _notice,
    "reminder": _reminder,
    "wished": _reminder,
    "moved": _moved,
    "reopened": _reopened,
    "released": _released,
    "link-again": _link_again,
    "declined": _declined,
    "became": _became,
    "vote": _vote,
    "votes-shown": _votes_shown,
    "screen": _screen,
    "reply": _reply,
    "shown": _shown,
}
