"""How questions are put; their wording itself is the guide's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bots.phrases.labels import counted, level_name, shortened
from ehsg_events.agreement.alternatives import alternatives_to
from ehsg_events.agreement.disclosure import SPARED
from ehsg_events.interview.numbers import bounds
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.states.interview import Answer
from ehsg_events.values.exposure import Figures
from guides.model import Guide, Item, Level, NarrativeField, Number, Scale, Section


def lead(section: Section, position: int, total: int) -> str:
    """The position of a question in the interview, and its section."""
    return _("{position} of {total} · {title}", position=position, total=total, title=section.title)


def chat_lead(item: Item, position: int, total: int) -> str:
    """The position of a question in the interview, and its title, as a chat says it."""
    return _("{position} of {total} · {title}", position=position, total=total, title=title(item))


def title(item: Item) -> str:
    """The number and name of a question."""
    return f"{item.id} {item.label}".strip() if item.label else item.id


def statement(item: Item, local_note: str = "") -> str:
    """What is asked, and the area's own note if it has one."""
    notes = (_("Local note: {line}", line=line) for line in local_note.splitlines() if line.strip())
    return "\n".join((item.statement, *notes))


def is_local_note(line: str) -> bool:
    """Whether a line is the area's own note, which is not in the language of the question."""
    return line.startswith(_("Local note: {line}", line=""))


def number_wanted(number: Number) -> str:
    """What kind of number is asked for."""
    return _("Type a number ({bounds}).", bounds=bounds(number))


WHAT_STANDS_BESIDE = marked("What the guide says beside this")
NOTHING_BESIDE = marked("The guide says nothing beside this question.")
NOT_FILLED_IN = marked("Your area has not filled it in yet.")
AS_FILLED_IN = marked("As your area filled it in:")
NOT_SAID_HERE = marked("What it means here has not been said yet.")


def what_means(term: str) -> str:
    """The heading above a word that means something else in each area."""
    return _("What “{term}” means", term=term)


def means_here(term: str, meaning: str) -> str:
    """What a word means in this area."""
    return _("Here {term} means: {meaning}", term=term, meaning=meaning)


def table_row(cells: Iterable[tuple[str, str | None]]) -> str:
    """A row of an area's table in a line, without empty cells."""
    return "; ".join(f"{head}: {value}" for head, value in cells if value)


def scale_head(scale: Scale) -> str:
    """The question above the levels; it says so if their wording is only suggested."""
    return (
        _("How far is this so here? (suggested wording)") if scale.suggested else _("Your answer?")
    )


def levels(scale: Scale) -> str:
    """Every level in words."""
    lines = (f"{level_name(level.value, level.label)}. {level.text}" for level in scale.levels)
    return "\n".join(line.strip() for line in lines)


def levels_in_short(scale: Scale) -> str:
    """Every level by its value and its label, in a line."""
    return " · ".join(f"{_short_name(level)}" for level in scale.levels)


def _short_name(level: Level) -> str:
    return f"{level.value} {level.label}" if level.value.isdigit() else level.label


def _vision_of(guide: Guide, item: str) -> tuple[str, ...]:
    """What good looks like in an item's section, as the guide says it."""
    title = guide.section_of(item).title
    return tuple(v for part in guide.vision if part.section == title for v in part.statements)


def guide_says(guide: Guide, item: str) -> tuple[str, ...]:
    """What the guide says beside a question, for whoever asks for it: notes, and what good is like."""
    asked = guide.items[item]
    scale = guide.scale_of(item) if asked.kind == "score" else None
    others = [title(other) for other in alternatives_to(guide, item)]
    good = _vision_of(guide, item)
    return (
        *([_("On the levels: {note}", note=scale.note)] if scale and scale.note else []),
        *([_("On the question: {note}", note=asked.note)] if asked.note else []),
        *([_("Either this or {others} is enough.", others=", ".join(others))] if others else []),
        *([_(GOOD), *good] if good else []),
    )


def answers_now(answer: Answer, scale: Scale | None) -> str:
    """Today's answer, where it is being changed."""
    return _("Your answer now: {answer}.", answer=answer_words(answer, scale))


def answer_words(answer: Answer, scale: Scale | None) -> str:
    """An answer in the words of its scale."""
    if answer.kind == "score" and scale is not None:
        level = next(level for level in scale.levels if level.value == answer.level)
        return level_name(level.value, level.label)
    return _(ANSWERED_WITH.get(answer.kind, IN_OWN_WORDS))


ANSWERED_WITH = {
    "dont-know": marked("that you don't know"),
    "not-my-area": marked("that it is not your area"),
    "skip": marked("nothing (skipped)"),
}
IN_OWN_WORDS = marked("in your own words")


def box(field: NarrativeField, item: str) -> str:
    """The question for words under an item."""
    return f"{item}: {field.label}"


GOOD = marked("What good looks like, as the guide says it:")
TOLD_ONLY = marked(
    "This one is not scored: it is told in the report as it is answered, and nobody has to agree "
    "on it."
)
HOW_TO_TYPE = marked(
    "Type as much as you like, in one message or several. Say next when you are done, or straight "
    "away if there is nothing."
)
CHANGED = marked("What made you change it?")


def changed(item: str, before: str, now: str, *, by_old_button: bool) -> str:
    """What was changed, from what to what, and the question why.

    Args:
        by_old_button: whether a button of an older message did it, perhaps by mistake.
    """
    how = _(" by pressing an older message") if by_old_button else ""
    return _(
        "{item}: you changed {before} to {now}{how}. {changed}",
        item=item,
        before=before,
        now=now,
        how=how,
        changed=_(CHANGED),
    )


def value_of(answer: Answer) -> str:
    """A score as a button says it in short."""
    return answer.level or answer.kind


STANDS_APART = marked(
    "Your score is some way from the group's middle score. You may see something the others do "
    "not: please say what, or move if they persuaded you."
)


def reason(changed: bool | None) -> str:  # noqa: FBT001 - one fact in three states
    """The question for a reason, in a feedback round."""
    if changed is None:
        return _("What speaks for your score?")
    return (
        _("What made you change your score?")
        if changed
        else _("What makes you stand by your score?")
    )


WHICH_FIRST = marked("What should the partnership work on first?")


def which_first(named: Sequence[str], most: int) -> str:
    """The question what should be worked on first, and what was named so far."""
    so_far = _("\nSo far: {named}.", named=", ".join(named)) if named else ""
    return _(
        "{which_first}\nName up to {most}, the most important first, such as 5.1 7.3. Say next "
        "when you are done, or straight away if you would rather not.{so_far}",
        which_first=_(WHICH_FIRST),
        most=most,
        so_far=so_far,
    )


KEEP_OR_CHANGE = marked(
    "You may keep your answer or change it; both are welcome, with your reason."
)
LONGEST_REASON = 300  # characters of somebody else's reason


def earlier(
    previous: Answer | None, figures: Figures | None, scale: Scale, *, shows: bool = True
) -> str:
    """In a feedback round: the person's earlier answer beside the group's.

    Args:
        shows: whether the policy shows anything of the others.
    """
    own = (
        _("Last time you answered {answer}.", answer=answer_words(previous, scale))
        if previous
        else ""
    )
    group = _group(figures, scale) if shows else _(KEEP_OR_CHANGE)
    return " ".join(part for part in (own, group) if part)


def reasons(texts: Sequence[str]) -> str:
    """What others gave as their reasons, a line each; a long one is cut between words."""
    if not texts:
        return ""
    quoted = (f"“{_inside_quotes(text)}”" for text in texts)
    return "\n".join((_("Some of what others gave as their reasons, without names:"), *quoted))


def _inside_quotes(text: str) -> str:
    """Somebody else's words as one line, with no quotation mark that could end the quotation."""
    return shortened(text.replace("“", "‘").replace("”", "’"), LONGEST_REASON)


NOT_SHOWN = marked(
    "The group's scores are not shown: too few people answered, or from the figures somebody's "
    "answer could be worked out."
)


def _group(figures: Figures | None, scale: Scale) -> str:
    if figures is None:
        return f"{_(NOT_SHOWN)} {_(KEEP_OR_CHANGE)}"
    said = {"counts": _spread, "mode": _chosen_by_nearly_all, "middle": _middle}
    return f"{said[figures.tells](figures, scale)} {_(KEEP_OR_CHANGE)}"


def _chosen_by_nearly_all(figures: Figures, scale: Scale) -> str:
    return _(
        "Of {people} people from {agencies} agencies, at least {most} said {level}.",
        people=figures.people,
        agencies=figures.agencies,
        most=figures.people - SPARED,
        level=_level(figures, scale),
    )


def _middle(figures: Figures, scale: Scale) -> str:
    return _(
        "The middle score of {people} people from {agencies} agencies, every agency counting once, "
        "is {level}.",
        people=figures.people,
        agencies=figures.agencies,
        level=_level(figures, scale),
    )


def _level(figures: Figures, scale: Scale) -> str:
    """The level that figures name, or the number between two levels."""
    middle = figures.middle
    level = next((level for level in scale.levels if level.score == middle), None)
    return level_name(level.value, level.label) if level else f"{middle:g}"


def _spread(figures: Figures, scale: Scale) -> str:
    spread = ", ".join(
        _(
            "{people} said {level}",
            people=counted(count, "person"),
            level=level_name(level.value, level.label),
        )
        for count, level in zip(figures.counts, scale.levels, strict=True)
        if count
    )
    return _(
        "Of {people} people from {agencies} agencies, {spread}.",
        people=sum(figures.counts),
        agencies=figures.agencies,
        spread=spread,
    )
