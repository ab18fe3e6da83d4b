"""A guide's interview as it will be talked, recorded nowhere: printed whole, or tried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

from bots import terminal
from bots.interview import conversation, prompts
from bots.interview.talk import Talk
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.interview import SCORE, Answer, Interview, Sitting, evolve
from guides.library import Wording


def talk_about(
    wording: Wording, digest: str, items: tuple[str, ...], area: str = "Your area"
) -> tuple[Talk, dict[UUID, str]]:
    """A talk about some items with nobody in particular, and the texts typed in it, by id."""
    typed: dict[UUID, str] = {}
    sitting = Sitting(
        guide=wording.guide,
        guide_digest=digest,
        items=items,
        kind="first",
        closed=False,
        deadline="the round's deadline",
        languages=wording.languages,
        local_notes=wording.local_notes,
    )

    def read(words: Words | None) -> str | None:
        return typed.get(words.id) if words else None

    return Talk(sitting, Interview(), area, "your agency", "your work", read), typed


def script(talk: Talk) -> Iterator[str]:
    """Everything the interview says to somebody who answers every question, in order."""
    yield terminal.render(prompts.screen(talk))
    for item in talk.sitting.items:
        yield from _item(talk, item)


def _item(talk: Talk, item: str) -> Iterator[str]:
    sitting, done = talk.sitting, frozenset[tuple[str, str]]()
    answers: dict[str, Answer] = {}
    boxes = [box.id for box in sitting.fields(item)]
    for field in [SCORE, *boxes] if sitting.has_value(item) else boxes:
        state = Interview(started=True, focus=item, finished=done, answers=answers)
        yield terminal.render(prompts.screen(replace(talk, interview=state)))
        done |= {(item, field)}
        answers = {item: _some_answer(sitting, item)}


def _some_answer(sitting: Sitting, item: str) -> Answer:
    match sitting.guide.items[item].kind:
        case "score":
            level = sitting.guide.scale_of(item).levels[0]
            return Answer("score", level.value, level.score)
        case "number":
            return Answer("number", number=0)
        case "text":
            return Answer("text")


def try_out(
    talk: Talk, typed: dict[UUID, str], lines: Iterable[str], say: Callable[[str], None]
) -> None:
    """Talk like the real interview until it is over or no more lines come; nothing is kept."""

    def seal(text: str | bytes) -> Words:
        content = text if isinstance(text, bytes) else text.encode()
        words = Words(id=uuid4(), sha256=sha256(content).hexdigest())
        typed[words.id] = content.decode(errors="replace")
        return words

    prompt = prompts.screen(talk)
    say(terminal.render(prompt))
    for line in lines:
        try:
            facts = conversation.decide(talk, terminal.spoken(line, prompt), seal)
        except Refused as refusal:
            say(str(refusal))
            continue
        for fact in facts:
            talk = replace(talk, interview=evolve(talk.interview, fact))
        for reply in prompts.reply(talk, facts):
            say(terminal.render(reply))
            prompt = reply if reply.choices else prompt
            if reply.kind in terminal.ENDS:
                return
