"""Everything the product says to a stakeholder, apart from questions (the guide's) and refusals.

Plain English, one idea a sentence, the same words on every surface.
"""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.interview import Answer, Figures
from ehsg_events.numbers import amount, bounds
from guides.model import Guide, Item, NarrativeField, Number, Scale, Section

MINUTES_AN_ITEM = 4

DONT_KNOW, NOT_MY_AREA, SKIP = "I don't know", "Not my area", "Skip this one"
OR_SAY = "Say your answer, or: "
START, NEXT, CHANGE = "Start", "Next", "Change"
PAUSE, RESUME, REVIEW, WITHDRAW = "Pause", "Go on", "My answers", "Withdraw"
WHY = "Why am I asked?"
WITHDRAW_YES, KEEP_ANSWERS = "Yes, withdraw", "No, keep my answers"
NOT_STARTED = "Please read the notice first. Say start when you are ready, or help."
WITHDRAWN = (
    "You have withdrawn. Nothing you said counts any more, and nobody will remind you. "
    "Thank you for telling us."
)
WHO_SEES = (
    "Who sees it: the coordinator and auditors see your answers. The others on the panel see only "
    "the group's figures, and words without names."
)


def notice(area: str, items: int, deadline: str, *, again: bool) -> str:
    """Who asks, why, who will see it, how long it takes, and how to stop: before any question."""
    about = _count(items, "question")
    opening = (
        f"The panel did not agree on some points, so we ask you once more: {about}, with what "
        f"the others said."
        if again
        else f"{area} wants an honest picture of its early help for families. We ask you {about} "
        f"that fit your work."
    )
    minutes = max(2, items * (2 if again else MINUTES_AN_ITEM))
    return (
        f"{opening} It takes about {minutes} minutes, in one go or in pieces, by {deadline}.\n"
        f"Who asks: the early help partnership of {area}, led by the council, to assess itself. "
        f"Taking part is voluntary.\n"
        f"{WHO_SEES} Reports name agencies, never people.\n"
        f"How long it is kept: as long as the council's schedule says. What we hold can be asked "
        f"for under the Freedom of Information Act, so we cannot promise secrecy.\n"
        f"Your rights: you can see, change or withdraw your answers until the round closes, and "
        f"complain to the council's data protection officer or the Information Commissioner.\n"
        f"Please name no child, parent or colleague. If a child is at risk, do not write it "
        f"here: follow your safeguarding procedure now."
    )


SLACK_NOTICE = (
    "What you type here is also kept by Slack under your workspace's own rules. Withdrawing "
    "removes it from our figures, not from Slack."
)


def question(section: Section, item: Item, place: int, total: int, local_note: str = "") -> str:
    """A question with its place in the interview, and the area's own note if it has one."""
    title = f"{item.id} {item.label}".strip() if item.label else item.id
    note = f"\nLocal note: {local_note}" if local_note else ""
    return f"{place} of {total} · {section.title}\n{title}\n{item.statement}{note}"


def number_wanted(number: Number) -> str:
    """What kind of number is asked for."""
    return f"Type a number ({bounds(number)})."


def scale_words(scale: Scale) -> str:
    """Every level in words, said to be a suggestion when it is one."""
    head = "How far is this so here? (suggested wording)" if scale.suggested else "Your answer?"
    lines = (f"{_level(level.value, level.label)}. {level.text}" for level in scale.levels)
    return "\n".join((head, *(line.strip() for line in lines)))


def choice(value: str, label: str) -> str:
    """The words on a button: the value and what it means."""
    return _level(value, label)


def _level(value: str, label: str) -> str:
    return f"{value} – {label}" if value.isdigit() else label


def answered(item: str, answer: Answer, guide: Guide) -> str:
    """An answer as it was recorded, in words."""
    if item in guide.numbers and answer.number is not None:
        return f"{item}: you answered {amount(answer.number, guide.numbers[item].unit)}."
    scale = guide.scale_of(item) if item in guide.descriptors else None
    return f"{item}: you answered {answer_words(answer, scale)}."


def answer_words(answer: Answer, scale: Scale | None) -> str:
    """An answer in the words of its scale."""
    if answer.kind == "score" and scale is not None:
        level = next(level for level in scale.levels if level.value == answer.level)
        return _level(level.value, level.label)
    return {
        "dont-know": "that you don't know",
        "not-my-area": "that it is not your area",
        "skip": "nothing (skipped)",
    }.get(answer.kind, "in your own words")


def box(field: NarrativeField, item: str) -> str:
    """The question for words under an item."""
    return (
        f"{item}: {field.label}\nType as much as you like, in one message or several. "
        f"Say next when you are done, or straight away if there is nothing."
    )


def reason(changed: bool | None) -> str:  # noqa: FBT001 - one fact in three states
    """The question for a reason, in a feedback round."""
    if changed is None:
        return "What speaks for your score?"
    return "What made you change your score?" if changed else "What makes you stand by your score?"


def noted(count: int) -> str:
    """The quiet receipt for words."""
    return f"Noted ({_count(count, 'message')}). Type more, or say next."


def earlier(previous: Answer | None, figures: Figures | None, scale: Scale) -> str:
    """In a feedback round: one's own earlier answer beside the group's."""
    own = f"Last time you answered {answer_words(previous, scale)}." if previous else ""
    return " ".join(part for part in (own, _group(figures, scale)) if part)


def _group(figures: Figures | None, scale: Scale) -> str:
    if figures is None:
        return "Too few people answered to show the group's scores."
    spread = ", ".join(
        f"{_count(count, 'person')} said {_level(level.value, level.label)}"
        for count, level in zip(figures.counts, scale.levels, strict=True)
        if count
    )
    return (
        f"Of {sum(figures.counts)} people from {figures.agencies} agencies, {spread}. "
        f"You may keep your answer or change it; both are welcome, with your reason."
    )


def paused(done: int, total: int, deadline: str) -> str:
    """What waits while a person pauses."""
    return (
        f"Paused. {done} of {total} done and kept. Say go on whenever you like, until {deadline}."
    )


def finished(lines: Sequence[str], deadline: str) -> str:
    """The receipt at the end: what was recorded."""
    said = "\n".join(lines)
    return (
        f"That is all, thank you. This is what was recorded:\n{said}\n"
        f"You can change any of it until {deadline}: say change and its number, or withdraw."
    )


def review(lines: Sequence[str], done: int, total: int) -> str:
    """One's own answers so far."""
    said = "\n".join(lines) or "Nothing yet."
    return f"Your answers so far ({done} of {total} done):\n{said}"


def closed(lines: Sequence[str], deadline: str) -> str:
    """The receipt when the round is over."""
    said = "\n".join(lines) or "No answer of yours was recorded."
    return f"This round is closed (its deadline was {deadline}). Recorded for you:\n{said}"


CONFIRM_WITHDRAW = (
    "Do you want to withdraw? Your answers will not count and you will not be asked again in "
    "this assessment. Say withdraw yes, or go on."
)


def help_words(item: str | None) -> str:
    """Where one is, and what can be said at any time."""
    here = f"You are at {item}." if item else ""
    return (
        f"{here}\nYou can say at any time: back · skip · don't know · not my area · next · "
        f"change 5.1 to 3 (with your own number) · my answers · pause · go on · withdraw · why "
        f"am I asked."
    ).strip()


def why_asked(role: str, agency: str, items: int) -> str:
    """Why this person is on the panel."""
    return (
        f"You are asked because the partnership needs the view of {agency}, and your work as "
        f"{role} fits these {_count(items, 'question')}. If you are not the right person, say "
        f"not my area, or tell your coordinator who is."
    )


def reminder(done: int, total: int, deadline: str) -> str:
    """A nudge: how far, how long, by when."""
    left = total - done
    start = "You have not started yet" if done == 0 else f"You have done {done} of {total}"
    return (
        f"A reminder: {start}. About {max(2, left * MINUTES_AN_ITEM)} minutes are left to do, "
        f"by {deadline}. If you should not be asked, say not my area or withdraw."
    )


def moved(deadline: str) -> str:
    """The deadline has moved."""
    return f"The deadline has moved: you now have until {deadline}."


def typed(text: str | None) -> str:
    """Words of one's own, in a list of what was recorded."""
    return f"  “{text or 'forgotten'}”"


def kept(count: int) -> str:
    """What stays under a question for words once it is done with."""
    return f"Kept: {_count(count, 'message')}." if count else "Nothing was typed here."


HOME_NOTHING = "Nothing is asked of you now. When a round opens, you get a message here in Slack."


def home(area: str, done: int, total: int, deadline: str, *, over: bool) -> str:
    """How far one is, by when, and who sees it: the page a person opens on their own."""
    until = "The round closed" if over else "You can answer until"
    return (
        f"Early help in {area}\nYou have done {done} of {_count(total, 'question')}. "
        f"{until} {deadline}.\n{WHO_SEES}"
    )


def _count(number: int, noun: str) -> str:
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
