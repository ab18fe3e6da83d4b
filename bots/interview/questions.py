"""The next question as a prompt: for a level, a number, words, or what should come first.

No clock and no writes.
"""

from __future__ import annotations

from dataclasses import replace

from bots import phrases
from bots.interview.annexes import local_note, offered
from bots.interview.talk import Choice, Prompt, PromptKind, Talk
from bots.phrases import unclear
from bots.phrases.workshop import votes_before
from ehsg_events.interview.questions import (
    WHICH_FIRST,
    Ask,
    boxes,
    is_far,
    most_to_name,
    to_choose_from,
)
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import REASON_FIELD, SCORE
from ehsg_events.values.exposure import Figures
from guides.model import Scale

VALUES = (SCORE, "number", "dont-know", "not-my-area")  # answers that are worth repeating


def question(talk: Talk, ask: Ask) -> Prompt:
    """The question for a level or a number."""
    sitting = talk.sitting
    if sitting.guide.kind_of(ask.item) == "number":
        wanted = phrases.number_wanted(sitting.guide.numbers[ask.item])
        ways = _ways_out(ask.item)
        return _asked("question", talk, ask.item, ways, _(phrases.TOLD_ONLY), wanted)
    scale = sitting.guide.scale_of(ask.item)
    figures = sitting.figures.get(ask.item)
    again = sitting.kind == "feedback"
    own = sitting.previous.get(ask.item)
    shows = sitting.shows_others
    before = phrases.earlier(own, figures, scale, shows=shows) if again else _votes(figures, scale)
    ways = _level_choices(ask.item, scale) + _ways_out(ask.item)
    stands = talk.interview.answers.get(ask.item)
    now = phrases.answers_now(stands, scale) if stands and stands.kind in VALUES else ""
    after = (before, phrases.reasons(_reasons(talk, ask.item)), now, phrases.scale_head(scale))
    if _is_known(talk, ask.item, scale):
        short = phrases.levels_in_short(scale)
        asked = _asked("question", talk, ask.item, ways, *after, levels=short)
        levels_mean = Choice(_(phrases.WHAT_LEVELS_MEAN), f"levels:{ask.item}")
        return replace(asked, in_chat=(levels_mean, *asked.in_chat))
    return _asked("question", talk, ask.item, ways, *after, levels=phrases.levels(scale))


def _is_known(talk: Talk, item: str, scale: Scale) -> bool:
    """Whether the levels were put in full before: with another item that was answered."""
    guide = talk.sitting.guide
    return any(
        other != item and guide.kind_of(other) == SCORE and guide.scale_of(other) == scale
        for other in talk.interview.answers
    )


def levels(talk: Talk, item: str | None, go_on: tuple[Choice, ...]) -> Prompt:
    """Every level of an item's scale with its meaning, and what the guide says beside it."""
    guide = talk.sitting.guide
    if item is None or guide.kind_of(item) != SCORE:
        return Prompt("levels", _(phrases.NOT_STARTED), go_on)
    title = phrases.title(guide.items[item])
    text = "\n".join(
        (title, phrases.levels(guide.scale_of(item)), *phrases.guide_says(guide, item))
    )
    return Prompt("levels", text, go_on, item, headings=(title, _(phrases.GOOD)))


def _level_choices(item: str, scale: Scale) -> tuple[Choice, ...]:
    """Each level of an item as a choice."""
    return tuple(
        Choice(
            phrases.choice(level.value, level.label),
            f"answer:{item}:{level.value}",
            hint=level.text,
        )
        for level in scale.levels
    )


def _votes(figures: Figures | None, scale: Scale) -> str:
    """In a workshop, the earlier votes on the same item, if the person was shown any."""
    return votes_before(scale, figures.counts) if figures else ""


def _reasons(talk: Talk, item: str) -> list[str]:
    """What others typed, each person's messages as one text, without what was forgotten."""
    shown = talk.sitting.reasons.get(item)
    by_person = (
        [talk.read(words) for words in messages] for messages in (shown.said if shown else ())
    )
    return [text for texts in by_person if (text := " ".join(filter(None, texts)).strip())]


def _asked(
    kind: PromptKind, talk: Talk, item: str, ways: tuple[Choice, ...], *after: str, levels: str = ""
) -> Prompt:
    """A question with its position in the interview, the area's own note, and what follows it."""
    sitting = talk.sitting
    asked_item, section = sitting.guide.items[item], sitting.guide.section_of(item)
    position, note = sitting.items.index(item) + 1, local_note(talk, item)
    lead = phrases.lead(section, position, len(sitting.items))
    title, statement = phrases.title(asked_item), phrases.statement(asked_item, note)
    below = "\n\n".join(part for part in after if part)
    head = phrases.chat_lead(asked_item, position, len(sitting.items))
    # in another language the section says whether its wording is official
    about = section.title if sitting.languages.get(item) else ""
    text = "\n".join(part for part in (head, about, statement) if part)
    text += f"\n\n{below}" * bool(below) + f"\n{levels}" * bool(levels)
    body = "\n\n".join(part for part in (statement, below) if part)
    lang = talk.language_of(item)
    near = offered(talk, item)
    asked = Prompt(kind, text, ways, item, lead, title, body, lang, near, headings=(head,))
    return replace(asked, guide_says=phrases.guide_says(sitting.guide, item))


def priorities(talk: Talk) -> Prompt:
    """The question what should come first; each choice is the list so far with one item more."""
    state, sitting = talk.interview, talk.sitting
    named, most = state.named or (), most_to_name(state, sitting)
    further = [item for item in to_choose_from(state, sitting) if item not in named]
    adds = tuple(
        Choice(phrases.title(sitting.guide.items[item]), f"first:{','.join((*named, item))}")
        for item in (further if len(named) < most else ())
    )
    onward = Choice(_(phrases.NEXT), f"next:{WHICH_FIRST.item}:{WHICH_FIRST.field}", "primary")
    text = phrases.which_first(named, most)
    heads = (_(phrases.WHICH_FIRST),)
    ways = (*adds, onward)
    return Prompt("priorities", text, ways, heading=heads[0], body=text, headings=heads)


def _ways_out(item: str) -> tuple[Choice, ...]:
    return (
        Choice(_(phrases.DONT_KNOW), f"answer:{item}:dont-know"),
        Choice(_(phrases.NOT_MY_AREA), f"answer:{item}:not-my-area"),
        Choice(_(phrases.SKIP), f"answer:{item}:skip"),
    )


def words(talk: Talk, ask: Ask) -> Prompt:
    """The question for words; the first one says where a worry about somebody goes."""
    asked, state = _words(talk, ask), talk.interview
    others = {(note.item, note.field) for note in state.notes.values()} | state.finished
    if any(field != SCORE and (item, field) != ask for item, field in others):
        return asked
    return replace(asked, text=f"{asked.text}\n{phrases.worried(talk.sitting.safeguarding)}")


def _words(talk: Talk, ask: Ask) -> Prompt:
    sitting = talk.sitting
    forward = Choice(_(phrases.NEXT), f"next:{ask.item}:{ask.field}", "primary")
    if not sitting.has_value(ask.item):
        ways = (forward, *_ways_out(ask.item))
        return _in_own_words(_asked("words", talk, ask.item, ways, _(phrases.TOLD_ONLY)))
    if ask.field == REASON_FIELD.id:
        return _why(talk, ask.item, forward)
    field = next(box for box in boxes(talk.interview, sitting, ask.item) if box.id == ask.field)
    label, hint = phrases.box(field, ask.item), _(phrases.HOW_TO_TYPE)
    lang, text = talk.language_of(ask.item), f"{label}\n{hint}"
    asked = Prompt("words", text, (forward,), ask.item, heading=label, lang=lang)
    return replace(asked, in_chat=_all_at_once(talk, ask), headings=(label,))


def _all_at_once(talk: Talk, ask: Ask) -> tuple[Choice, ...]:
    """The button that ends every box for words under an item, where more than one is left."""
    under = (Ask(ask.item, box.id) for box in boxes(talk.interview, talk.sitting, ask.item))
    left = [other for other in under if other not in talk.interview.finished]
    done = Choice(phrases.done_with(ask.item), f"done:{ask.item}")
    return (done,) if len(left) > 1 else ()


def _in_own_words(asked: Prompt) -> Prompt:
    """A question for words alone, with how to type them; a page has a box and leaves that out."""
    return replace(asked, text=f"{asked.text}\n\n{_(phrases.HOW_TO_TYPE)}")


def _why(talk: Talk, item: str, forward: Choice) -> Prompt:
    """The question why a score differs from the earlier one, or from the group's."""
    answer, sitting = talk.interview.answers[item], talk.sitting
    if sitting.kind != "feedback":
        return _why_changed(talk, item, forward)
    before, figures = sitting.previous.get(item), sitting.figures.get(item)
    scored = before is not None and before.kind == SCORE
    asked = phrases.reason(before != answer if scored else None)
    far = figures is not None and is_far(answer, figures, sitting.guide.scale_of(item))
    lead = _(phrases.STANDS_APART) if far else ""
    return Prompt("words", f"{lead}\n{asked}".strip(), (forward,), item, heading=asked, body=lead)


def _why_changed(talk: Talk, item: str, forward: Choice) -> Prompt:
    """The question why a score was changed, with the way to keep it and to put the old one back."""
    before, now = talk.interview.before[item], talk.interview.answers[item]
    was, is_ = phrases.value_of(before), phrases.value_of(now)
    text = phrases.changed(item, was, is_, by_old_button=talk.by_old_button(item))
    keep = replace(forward, label=unclear.keep_it(is_))
    back = Choice(phrases.put_back(was), f"answer:{item}:{was}")
    # a page has its own heading, its own button to go on, and its own way back to the score
    return Prompt("words", text, (forward,), item, heading=_(phrases.CHANGED), in_chat=(keep, back))
