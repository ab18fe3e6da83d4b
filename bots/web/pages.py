"""A prompt as a page: what stands on it, and what its forms send back. No clock and no writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bots import phrases
from bots.interview import prompts
from bots.interview.screens import hand_on, lines, quoted
from bots.interview.talk import (
    HAND_ON,
    PAUSE,
    REVIEW,
    WHO_SEES,
    WHY,
    WITHDRAW,
    Choice,
    Prompt,
    Talk,
)
from bots.phrases import web as web_phrases
from bots.web.forms import HAND_ON as ASKS_FOR_COLLEAGUE
from bots.web.forms import Filled, Mistake

BACK, HELP = Choice(web_phrases.BACK, "back"), Choice(web_phrases.HELP, "help")
AT_ANY_TIME = (BACK, REVIEW, PAUSE, HELP, WHY, WHO_SEES, HAND_ON, WITHDRAW)
WITHOUT_QUESTION = (HELP, WHY, WHO_SEES, HAND_ON, WITHDRAW)
ASKING = ("question", "words", "priorities")
OVER = ("withdrawn", "closed", "became")


class Line(NamedTuple):
    """One paragraph, and the language it is in if that is not the page's."""

    text: str
    lang: str | None = None
    quoted: bool = False


class Noted(NamedTuple):
    """Words that stand under a question, as they are shown, and what changing them needs."""

    shown: str
    words: str
    source: str | None


@dataclass(frozen=True)
class Page:
    """Everything a template prints.

    `form` names the kind of answer the page takes, `at` the question it was drawn for; `apart` is
    the token of the first choice of another kind, `chosen` of the one that stands. `kept` is what
    the person typed and was not recorded, `lost` the same where it has no box any more.
    """

    form: str
    area: str
    heading: str
    lead: str = ""
    body: tuple[Line, ...] = ()
    legend: str = ""
    choices: tuple[Choice, ...] = ()
    nav: tuple[Choice, ...] = ()
    at: str = ""
    lang: str | None = None
    noted: tuple[Noted, ...] = ()
    over: bool = False
    apart: str = ""
    chosen: str = ""
    mistakes: tuple[Mistake, ...] = ()
    kept: Filled = field(default_factory=Filled)
    lost: str = ""
    worried: str = ""


def place_of(talk: Talk) -> str:
    """The question a page is drawn for, so that words from an old page are told apart."""
    if talk.interview.screen == "hand-on":
        return ASKS_FOR_COLLEAGUE
    return ":".join(talk.ask) if talk.ask else ""


def shown(talk: Talk) -> Prompt:
    """The prompt in front of the person, without what could not be taken last."""
    plain = replace(talk.interview, refusal=None, stopped=None)
    if talk.sitting.closed:
        plain = replace(plain, screen="question")
    return prompts.screen(replace(talk, interview=plain))


def page(talk: Talk) -> Page:
    """The page in front of the person."""
    prompt = shown(talk)
    drawn = Page(
        form=_form(prompt, talk),
        area=talk.area,
        heading=_heading(prompt),
        lead=_lead(prompt, talk),
        choices=prompt.choices,
        nav=_nav(prompt, talk),
        at=place_of(talk),
        lang=prompt.lang or _own_language(talk),
        over=prompt.kind in OVER,
        worried=phrases.worried(talk.sitting.safeguarding),
    )
    match prompt.kind:
        case "question":
            return _question(drawn, prompt, talk)
        case "priorities":
            return _priorities(drawn, talk)
        case "words":
            return _words(drawn, prompt, talk)
    return replace(drawn, body=_receipt(prompt, talk))


def with_mistakes(drawn: Page, mistakes: Sequence[Mistake], kept: Filled) -> Page:
    """The same page, saying what is wrong, with what was typed still in its boxes."""
    if kept.file is not None:
        mistakes = (*mistakes, Mistake("file", web_phrases.FILE_AGAIN))
    chosen = kept.choice or drawn.chosen
    return replace(drawn, mistakes=tuple(mistakes), kept=replace(kept, file=None), chosen=chosen)


def with_lost(drawn: Page, sentence: str, kept: Filled) -> Page:
    """The current page after an old one was answered: with what was typed there, to be copied."""
    return replace(drawn, mistakes=(Mistake("", sentence),), lost=kept.typed)


def _own_language(talk: Talk) -> str | None:
    language = talk.sitting.guide.language
    return None if language == "en" else language


def _form(prompt: Prompt, talk: Talk) -> str:
    match prompt.kind:
        case "question":
            is_number = talk.sitting.guide.kind_of(prompt.item or "") == "number"
            return "number" if is_number else "radios"
        case "priorities":
            return "radios"
        case "words" | "hand-on":
            return prompt.kind
    return "buttons"


def _heading(prompt: Prompt) -> str:
    if prompt.heading:
        return prompt.heading
    return prompt.text if prompt.kind == "words" else web_phrases.HEADINGS[prompt.kind]


def _lead(prompt: Prompt, talk: Talk) -> str:
    """Where a question stands in the interview, also while words are asked for."""
    if prompt.lead or prompt.kind not in ASKING or prompt.item is None:
        return prompt.lead
    items, section = talk.sitting.items, talk.sitting.guide.section_of(prompt.item)
    return phrases.lead(section, items.index(prompt.item) + 1, len(items))


def _nav(prompt: Prompt, talk: Talk) -> tuple[Choice, ...]:
    """What can be done at any time, except what stands on the page already."""
    if prompt.kind in OVER:
        return ()
    every = AT_ANY_TIME if prompt.kind in ASKING else WITHOUT_QUESTION
    if talk.interview.started and prompt.kind not in ASKING:
        every = (REVIEW, *every)
    shown = {prompt.kind, *(choice.token for choice in prompt.choices)}
    shown |= {HAND_ON.token} - {way.token for way in hand_on(talk)}
    shown |= {WHY.token, HELP.token, REVIEW.token} if not talk.sitting.items else set()
    return tuple(choice for choice in every if choice.token not in shown)


def _lines(text: str, lang: str | None = None) -> list[Line]:
    """Text as paragraphs; an area's own note is not in the language of the question."""
    return [
        Line(line.strip(), None if line.startswith("Local note: ") else lang)
        for line in text.splitlines()
        if line.strip()
    ]


def _question(drawn: Page, prompt: Prompt, talk: Talk) -> Page:
    """A question's paragraphs, the last as legend of its choices, and the answer that stands."""
    *text, legend = prompt.body.split("\n\n")
    body = [line for n, part in enumerate(text) for line in _lines(part, None if n else drawn.lang)]
    answer = talk.interview.answers.get(prompt.item or "")
    stands = f"answer:{prompt.item}:{answer.level or answer.kind}" if answer else ""
    apart = f"answer:{prompt.item}:dont-know"
    return replace(drawn, body=tuple(body), legend=legend, apart=apart, chosen=stands)


def _priorities(drawn: Page, talk: Talk) -> Page:
    """One priority after the other; those named so far stand above."""
    named = talk.interview.named or ()
    items = talk.sitting.guide.items
    so_far = tuple(Line(f"{n}. {phrases.title(items[i])}") for n, i in enumerate(named, start=1))
    *places, onward = drawn.choices
    more = [replace(onward, label=web_phrases.NO_MORE, style="plain")]
    again = [Choice(web_phrases.AGAIN, "first:")] if named else []
    return replace(
        drawn,
        body=so_far,
        legend=web_phrases.place(len(named) + 1),
        choices=(*places, *more, *again),
        apart=onward.token if places else "",
    )


def _words(drawn: Page, prompt: Prompt, talk: Talk) -> Page:
    item, ask = prompt.item, talk.ask
    assert item is not None
    assert ask is not None, "words are asked for under a question"
    notes = [note for note in talk.interview.notes.values() if (note.item, note.field) == ask]
    return replace(
        drawn,
        body=(*_lines(prompt.body, drawn.lang), *_answered(talk, item)),
        choices=tuple(choice for choice in prompt.choices if not choice.token.startswith("next:")),
        noted=tuple(
            Noted(quoted(talk, note).strip(), talk.read(note.words) or "", note.source)
            for note in notes
        ),
    )


def _answered(talk: Talk, item: str) -> tuple[Line, ...]:
    """The answer that the words belong to, and under it the question once more."""
    if not talk.sitting.has_value(item):
        return ()  # the question is asked on this page
    guide, answer = talk.sitting.guide, talk.interview.answers.get(item)
    above = [Line(phrases.answered(item, answer, guide))] if answer else []
    return (*above, Line(guide.items[item].statement, talk.sitting.languages.get(item)))


def _receipt(prompt: Prompt, talk: Talk) -> tuple[Line, ...]:
    """A text below its heading, in which the person's own answers and words stand as typed."""
    own = lines(talk)
    listed = "\n".join(own)
    text = prompt.text.removeprefix(_heading(prompt)).lstrip(". ")
    before, separator, after = text.partition(listed) if own else (text, "", "")
    mine = [Line(line.strip(), quoted=line.startswith(" ")) for line in own] if separator else []
    return (*_lines(before), *mine, *_lines(after))
