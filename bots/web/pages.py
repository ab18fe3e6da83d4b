"""A step of the interview as a page: what stands on it, and what its forms send back.

No clock and no writes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from bots import phrases
from bots.interview.annexes import of_prompt
from bots.interview.questions import words
from bots.interview.screens import hand_on, lines, quoted
from bots.interview.talk import (
    HAND_ON,
    PAUSE,
    RESUME,
    REVIEW,
    WHO_SEES,
    WHY,
    WITHDRAW,
    Choice,
    Prompt,
    Talk,
)
from bots.phrases import web as web_phrases
from bots.phrases.receipts import KEEP_A_COPY
from bots.web import steps
from bots.web.beside import HELP, REMINDERS
from bots.web.forms import HAND_ON as ASKS_FOR_COLLEAGUE
from bots.web.forms import place_name
from bots.web.page import Box, Line, Noted, Page, Place, Way
from ehsg_events.interview.questions import WHICH_FIRST, Ask, boxes, most_to_name, to_choose_from
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import spoken
from ehsg_events.states.interview import ANSWER_FIELD, REASON_FIELD

AT_ANY_TIME = (REVIEW, PAUSE, HELP, WHY, WHO_SEES, REMINDERS, HAND_ON, WITHDRAW)
WITHOUT_QUESTION = (HELP, WHY, WHO_SEES, REMINDERS, HAND_ON, WITHDRAW)
ASKING = ("question", "words", "priorities")


def page(talk: Talk, step: str) -> Page | None:
    """The page of a step; none when there is no such step, or not now."""
    prompt = steps.prompt_at(talk, step)
    if prompt is None:
        return None
    drawn = Page(
        step=step,
        form=_form(prompt, talk),
        headed=talk.headed,
        heading=_heading(prompt),
        lead=_lead(prompt, talk),
        nav=_nav(prompt, talk),
        back=steps.before(talk, step),
        at=_at(talk, step),
        seen=standing(talk, step),
        lang=prompt.lang,
        language=spoken(),
        beside_lang=None
        if talk.sitting.guide.language == spoken()
        else talk.sitting.guide.language,
        over=prompt.kind in steps.OVER,
        worried=phrases.worried(talk.sitting.safeguarding),
        annexes=of_prompt(talk, prompt),
        guide_says=prompt.guide_says,
    )
    if prompt.kind in ("review", *steps.OVER) and talk.interview.answers:
        drawn = replace(drawn, nav=(Way(_(KEEP_A_COPY), step=steps.COPY), *drawn.nav))
    match prompt.kind:
        case "question":
            return _question(drawn, prompt, talk)
        case "priorities":
            return _priorities(drawn, talk)
        case "words":
            return _words(drawn, prompt, talk)
    return _receipt(drawn, prompt, talk)


def standing(talk: Talk, step: str) -> str:
    """What a form that decides would change: the answer that stands, or what was named first."""
    state = talk.interview
    if step == steps.PRIORITIES:
        return ",".join(state.named or ())
    answer = state.answers.get(step) if talk.sitting.items and step in talk.sitting.items else None
    if answer is None or not talk.sitting.has_value(step):
        return ""
    return answer.level or (f"{answer.number:g}" if answer.number is not None else answer.kind)


def _at(talk: Talk, step: str) -> str:
    """The question a page is drawn for, so that words from an old page are told apart."""
    if step == ASKS_FOR_COLLEAGUE:
        return ASKS_FOR_COLLEAGUE
    asks = steps.asks_at(talk, step)
    if not asks:
        return ":".join(talk.ask) if talk.ask else ""
    waits = [ask for ask in asks if tuple(ask) not in talk.interview.finished]
    return ":".join([*waits, *asks][0])


def _form(prompt: Prompt, talk: Talk) -> str:
    match prompt.kind:
        case "question":
            is_number = talk.sitting.guide.kind_of(prompt.item or "") == "number"
            return "number" if is_number else "radios"
        case "words" | "hand-on" | "priorities":
            return prompt.kind
    return "buttons"


def _heading(prompt: Prompt) -> str:
    return prompt.heading or _(web_phrases.HEADINGS.get(prompt.kind, ""))


def _lead(prompt: Prompt, talk: Talk) -> str:
    """Where a question stands in the interview, also while words are asked for."""
    if prompt.lead or prompt.kind not in ASKING or prompt.item is None:
        return prompt.lead
    items, section = talk.sitting.items, talk.sitting.guide.section_of(prompt.item)
    return phrases.lead(section, items.index(prompt.item) + 1, len(items))


# -- ways on ---------------------------------------------------------------------------------------
def _nav(prompt: Prompt, talk: Talk) -> tuple[Way, ...]:
    """What can be done at any time, except what stands on the page already."""
    if prompt.kind in steps.OVER:
        return tuple(_way(choice, talk) for choice in prompt.choices)
    every = AT_ANY_TIME if prompt.kind in ASKING else WITHOUT_QUESTION
    if talk.interview.started and prompt.kind not in ASKING:
        every = (REVIEW, *every)
    shown = {prompt.kind, *(choice.token for choice in _offered(prompt))}
    shown |= {HAND_ON.token} - {way.token for way in hand_on(talk)}
    shown |= {WHY.token, HELP.token, REVIEW.token} if not talk.sitting.items else set()
    ways = (_way(choice, talk) for choice in every if choice.token not in shown)
    return tuple(way for way in ways if not way.step or steps.prompt_at(talk, way.step))


def _offered(prompt: Prompt) -> list[Choice]:
    """The choices that stand large on the page; withdrawing stands among what can be done always."""
    elsewhere = steps.LOOKS if prompt.kind in ("notice", "help") else (WITHDRAW.token,)
    return [choice for choice in prompt.choices if choice.token not in elsewhere]


def _way(choice: Choice, talk: Talk) -> Way:
    """A choice as a link where it only leads to a step, else as a button."""
    verb, _colon, item = choice.token.partition(":")
    state = talk.interview
    if choice.token in steps.LOOKS:
        return Way(_(choice.label), step=choice.token)
    goes_on = choice.token == RESUME.token
    is_over = talk.sitting.closed
    if goes_on and (is_over or not (state.paused or state.screen in steps.STAYS)):
        return Way(_(choice.label), step=steps.now(talk), style=choice.style)
    if verb == "change" and steps.prompt_at(talk, item) is not None:
        return Way(_(choice.label), step=item, style=choice.style)
    return Way(_(choice.label), token=choice.token, style=choice.style)


# -- kinds of page ---------------------------------------------------------------------------------
def _lines(text: str, lang: str | None = None) -> list[Line]:
    """Text as paragraphs; an area's own note is not in the language of the question."""
    return [
        Line(line.strip(), None if phrases.is_local_note(line) else lang)
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
    return replace(
        drawn,
        body=tuple(body),
        legend=legend,
        choices=prompt.choices,
        apart=apart,
        chosen=stands,
        number=drawn.seen if answer and answer.number is not None else "",
    )


def _priorities(drawn: Page, talk: Talk) -> Page:
    """Every place on one page, each with the descriptors to choose from."""
    state, sitting = talk.interview, talk.sitting
    most = most_to_name(state, sitting)
    named = [*(state.named or ()), *[""] * most][:most]
    places = (
        Place(place_name(n), web_phrases.place(n), item) for n, item in enumerate(named, start=1)
    )
    choices = (
        Choice(phrases.title(sitting.guide.items[item]), item)
        for item in to_choose_from(state, sitting)
    )
    body = (Line(web_phrases.name_up_to(most)),)
    return replace(drawn, body=body, places=tuple(places), choices=tuple(choices))


def _words(drawn: Page, prompt: Prompt, talk: Talk) -> Page:
    """Every box for words under an item, each with what was kept under it."""
    item = prompt.item
    assert item is not None, "words are asked for under an item"
    ways = (c for c in prompt.choices if not c.token.startswith("next:"))
    shown = replace(drawn, ways=tuple(_way(choice, talk) for choice in ways))
    asks = steps.asks_at(talk, drawn.step)
    if not talk.sitting.has_value(item):  # the question is asked on this page
        box = _box(talk, asks[0], _(web_phrases.YOUR_WORDS), "", None)
        return replace(shown, body=tuple(_lines(prompt.body, drawn.lang)), boxes=(box,))
    return replace(
        shown,
        heading=_(web_phrases.WORDS_ON),
        about=phrases.title(talk.sitting.guide.items[item]),
        lang=talk.language_of(item),
        body=tuple(_answered(talk, item)),
        boxes=tuple(_boxes(talk, asks)),
    )


def _boxes(talk: Talk, asks: list[Ask]) -> Iterator[Box]:
    for ask in asks:
        asked = words(talk, ask)
        label = asked.heading.removeprefix(f"{ask.item}: ")
        yield _box(talk, ask, label, asked.body, asked.lang)


def _box(talk: Talk, ask: Ask, label: str, hint: str, lang: str | None) -> Box:
    kinds = {box.id: box.kind for box in boxes(talk.interview, talk.sitting, ask.item)}
    notes = talk.interview.notes.items()
    noted = (
        Noted(f"note-{key}", quoted(talk, note).strip(), talk.read(note.words) or "", note.source)
        for key, note in notes
        if (note.item, note.field) == ask
    )
    only = len(kinds) == 1 or ask.field not in (REASON_FIELD.id, ANSWER_FIELD.id)
    takes_files = kinds.get(ask.field) == "evidence" and only
    return Box(ask, f"words-{ask.field}", label, hint, lang, takes_files, tuple(noted))


def _answered(talk: Talk, item: str) -> Iterator[Line]:
    """The answer that the words belong to, with a way to change it, and the question once more."""
    guide, answer = talk.sitting.guide, talk.interview.answers[item]
    change = Way(_(phrases.CHANGE), step=item, about=web_phrases.your_answer_to(item))
    said = phrases.answered(item, answer, guide).partition(": ")[2]
    yield Line(said[:1].upper() + said[1:], change=change)
    yield Line(guide.items[item].statement, talk.language_of(item))


# -- what is only read -----------------------------------------------------------------------------
def _receipt(drawn: Page, prompt: Prompt, talk: Talk) -> Page:
    """A text below its heading, in which the person's own answers and words stand as typed."""
    if prompt.kind == "help":
        return replace(
            drawn,
            body=tuple(Line(_(line)) for line in web_phrases.HELP_LINES),
            ways=_ways(prompt, talk),
        )
    own = lines(talk, whole=drawn.over)
    listed = "\n".join(own)
    text = prompt.text.removeprefix(_heading(prompt)).lstrip(". ")
    before, separator, after = text.partition(listed) if own else (text, "", "")
    mine = _mine(own, talk, drawn) if separator else ()
    about = talk.headed if prompt.kind == "notice" else ""  # as each page is headed
    above = _headed(before.removeprefix(about), prompt.headings)
    body = (*above, *mine, *_lines(after))
    change = f"{_(phrases.CHANGE)} "
    ways = tuple(w for w in _ways(prompt, talk) if not w.label.startswith(change) or w.token)
    return replace(drawn, body=body, ways=ways)


def _ways(prompt: Prompt, talk: Talk) -> tuple[Way, ...]:
    return tuple(_way(choice, talk) for choice in _offered(prompt))


def _headed(text: str, headings: Container[str]) -> Iterator[Line]:
    """Paragraphs, and the headings between them."""
    for line in _lines(text):
        yield line._replace(heading=line.text in headings)


def _mine(own: list[str], talk: Talk, drawn: Page) -> Iterator[Line]:
    """Each answer under its question, and the words below it; a way to change it where it can be."""
    items = iter([item for item in talk.sitting.items if item in talk.interview.answers])
    for line in own:
        if line.startswith(" "):
            yield Line(line.strip(), quoted=True)
            continue
        item = next(items, WHICH_FIRST.item)
        known = talk.sitting.guide.items.get(item)
        title = phrases.title(known) if known else line.partition(": ")[0]
        said = line.removeprefix(f"{title}: ")
        can_change = not drawn.over and steps.prompt_at(talk, item) is not None
        change = Way(_(phrases.CHANGE), step=item, about=title) if can_change else None
        yield Line(title, heading=True)
        yield Line(said[:1].upper() + said[1:], change=change)
