"""What stands in an interview becomes what is said: a prompt, the same on every surface. Pure.

A surface renders a `Prompt` as blocks, a page or text; the tokens of its choices are the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bots import phrases
from ehsg_events.events import NoteAmended, NoteGiven, NoteRetracted
from ehsg_events.interview import SCORE, Ask, Interview, InterviewFact, Sitting, done, waiting
from ehsg_events.kernel import Words

PromptKind = Literal[
    "notice", "reminder", "question", "words", "noted", "review", "help", "why",
    "withdraw", "withdrawn", "paused", "done", "closed", "problem",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A button, a radio or a number to type: its label, and the token it stands for."""

    label: str
    token: str
    style: Literal["plain", "primary", "danger"] = "plain"


START = Choice(phrases.START, "start", "primary")
RESUME = Choice(phrases.RESUME, "resume", "primary")
PAUSE = Choice(phrases.PAUSE, "pause")
REVIEW = Choice(phrases.REVIEW, "review")
WHY = Choice(phrases.WHY, "why")
WITHDRAW = Choice(phrases.WITHDRAW, "withdraw", "danger")


@dataclass(frozen=True)
class Prompt:
    """One thing to say to one person, on whatever surface."""

    kind: PromptKind
    text: str
    choices: tuple[Choice, ...] = ()
    item: str | None = None


@dataclass(frozen=True)
class Talk:
    """Everything the conversation knows: the sitting, what was said, and whom it talks to."""

    sitting: Sitting
    interview: Interview
    area: str
    agency: str
    works_as: str
    read: Callable[[Words], str | None]

    @property
    def ask(self) -> Ask | None:
        """The question that waits."""
        return waiting(self.interview, self.sitting)


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
    if state.refusal is not None:
        return Prompt("problem", talk.read(state.refusal) or phrases.NOT_STARTED)
    if state.screen != "question":
        return _asked_screen(talk)
    if sitting.closed:
        return Prompt("closed", phrases.closed(_lines(talk), sitting.deadline))
    if not state.started:
        return notice(talk)
    if state.paused:
        said = phrases.paused(done(state, sitting), len(sitting.items), sitting.deadline)
        return Prompt("paused", said, (RESUME, REVIEW))
    if talk.ask is None:
        choices = (REVIEW, WITHDRAW)
        return Prompt("done", phrases.finished(_lines(talk), sitting.deadline), choices)
    return _question(talk, talk.ask) if talk.ask.field == SCORE else _words(talk, talk.ask)


def notice(talk: Talk) -> Prompt:
    """What a person is told before the first question."""
    sitting = talk.sitting
    again = sitting.kind == "feedback"
    text = phrases.notice(talk.area, len(sitting.items), sitting.deadline, again=again)
    return Prompt("notice", text, (START, WHY, WITHDRAW))


def _question(talk: Talk, ask: Ask) -> Prompt:
    sitting, item = talk.sitting, talk.sitting.guide.items[ask.item]
    if ask.item in sitting.guide.numbers:
        wanted = phrases.number_wanted(sitting.guide.numbers[ask.item])
        text = f"{_asked(talk, ask.item)}\n\n{wanted}"
        return Prompt("question", text, _ways_out(item.id), item=item.id)
    scale = sitting.guide.scale_of(ask.item)
    parts = [_asked(talk, ask.item)]
    if sitting.kind == "feedback":
        figures = sitting.figures.get(ask.item)
        parts.append(phrases.earlier(sitting.previous.get(ask.item), figures, scale))
    parts.append(phrases.scale_words(scale))
    levels = tuple(
        Choice(phrases.choice(level.value, level.label), f"answer:{item.id}:{level.value}")
        for level in scale.levels
    )
    return Prompt("question", "\n\n".join(parts), levels + _ways_out(item.id), item=item.id)


def _asked(talk: Talk, item: str) -> str:
    """The question itself, with its place and the area's own note."""
    sitting, section = talk.sitting, talk.sitting.guide.section_of(item)
    place, note = sitting.items.index(item) + 1, sitting.local_notes.get(item, "")
    asked = sitting.guide.items[item]
    return phrases.question(section, asked, place, len(sitting.items), note)


def _ways_out(item: str) -> tuple[Choice, ...]:
    return (
        Choice(phrases.DONT_KNOW, f"answer:{item}:dont-know"),
        Choice(phrases.NOT_MY_AREA, f"answer:{item}:not-my-area"),
        Choice(phrases.SKIP, f"answer:{item}:skip"),
    )


def _words(talk: Talk, ask: Ask) -> Prompt:
    sitting = talk.sitting
    forward = Choice(phrases.NEXT, f"next:{ask.item}:{ask.field}", "primary")
    if not sitting.has_value(ask.item):
        ways = (forward, *_ways_out(ask.item))
        return Prompt("words", _asked(talk, ask.item), ways, item=ask.item)
    if ask.field == "reason" and sitting.kind == "feedback":
        before = sitting.previous.get(ask.item)
        changed = None if before is None else before != talk.interview.answers[ask.item]
        return Prompt("words", phrases.reason(changed), (forward,), item=ask.item)
    field = next(box for box in sitting.fields(ask.item) if box.id == ask.field)
    return Prompt("words", phrases.box(field, ask.item), (forward,), item=ask.item)


def _noted(talk: Talk) -> Prompt:
    ask = talk.ask
    here = [n for n in talk.interview.notes.values() if ask and (n.item, n.field) == tuple(ask)]
    choices = (Choice(phrases.NEXT, f"next:{ask.item}:{ask.field}", "primary"),) if ask else ()
    return Prompt("noted", phrases.noted(len(here)), choices, item=ask and ask.item)


def _asked_screen(talk: Talk) -> Prompt:
    state, sitting = talk.interview, talk.sitting
    go_on = (RESUME,)
    match state.screen:
        case "review":
            said = phrases.review(_lines(talk), done(state, sitting), len(sitting.items))
            changes = tuple(
                Choice(f"{phrases.CHANGE} {item}", f"change:{item}")
                for item in sitting.items
                if item in state.answers and not sitting.closed
            )
            return Prompt("review", said, (*go_on, *changes, WITHDRAW))
        case "withdraw":
            sure = Choice(phrases.WITHDRAW_YES, "withdraw-yes", "danger")
            return Prompt(
                "withdraw",
                phrases.CONFIRM_WITHDRAW,
                (sure, Choice(phrases.KEEP_ANSWERS, "resume")),
            )
        case "why":
            why = phrases.why_asked(talk.works_as, talk.agency, len(sitting.items))
            return Prompt("why", why, go_on)
    return Prompt("help", phrases.help_words(talk.ask and talk.ask.item), go_on)


def _lines(talk: Talk) -> list[str]:
    """One's own answers and words, a line each."""
    lines = []
    for item in talk.sitting.items:
        answer = talk.interview.answers.get(item)
        if answer is None:
            continue
        lines.append(phrases.answered(item, answer, talk.sitting.guide))
        typed = (note for note in talk.interview.notes.values() if note.item == item)
        lines += [phrases.typed(talk.read(note.words)) for note in typed]
    return lines
