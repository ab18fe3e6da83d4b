"""What there is to choose from in a field of an operation, so that nobody types an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from bots.phrases import labels
from bots.phrases.pages.guides import called as guide_called
from bots.phrases.pages.operations import word_of
from bots.web.desk.operations import standing
from bots.web.desk.operations.choice import Choice, Choices
from ehsg_events.events import Means
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.panel.names import called
from ehsg_events.reminders.told_by_hand import TOLD_OF
from guides import library
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.figures.names import named

Asked = Mapping[str, str]  # what is filled in by now, by field


def _people(view: View, _: Asked) -> Iterator[Choice]:
    """Everybody on the panel who is asked still, by name."""
    read = view.log.text
    known = [(called(view.state, read, person), person) for person in view.state.panel]
    for label, person in sorted(known):
        if person not in view.state.forgotten:
            yield Choice(person, label)


def _ever(view: View, asked: Asked) -> Iterator[Choice]:
    """Everybody whose words may be kept: on the panel, who coordinates, who reads."""
    yield from _people(view, asked)
    yield from _signing_in(view, asked)


def _signing_in(view: View, asked: Asked) -> Iterator[Choice]:
    """Who coordinates, and who reads."""
    yield from _coordinators(view, asked)
    yield from _readers(view, asked)


def _coordinators(view: View, _: Asked) -> Iterator[Choice]:
    for person, fact in view.state.coordinators.items():
        yield Choice(person, f"{view.log.named(fact.name)} ({person})")


def _readers(view: View, _: Asked) -> Iterator[Choice]:
    for person, fact in view.state.readers.items():
        yield Choice(person, f"{view.log.named(fact.name)} ({person})")


def _agencies(view: View, _: Asked) -> Iterator[Choice]:
    for agency in sorted({member.agency for member in view.state.panel.values()}):
        yield Choice(agency, agency)


def _items(view: View, _: Asked) -> Iterator[Choice]:
    """Every descriptor, in the guide's order."""
    for item in view.guide.descriptors:
        yield Choice(item, named(view.guide, item))


def _answers(view: View, asked: Asked) -> Iterator[Choice]:
    """What an item can be answered with; of no item yet, where the guide has one scale, by that.

    Nothing for one that is answered in words or by a number.
    """
    scales, item = view.guide.scales, asked.get("item", "")
    if item in view.guide.descriptors:
        scale = view.guide.scale_of(item)
    elif not item and len(scales) == 1:
        (scale,) = scales
    else:
        return
    yield from (Choice(one.value, score_words(one.score, scale)) for one in scale.levels)
    yield Choice("dont-know", _(labels.DONT_KNOW))
    yield Choice("not-my-area", _(labels.NOT_MY_AREA))
    yield Choice("skip", _(labels.SKIP))


def _permissions(view: View, _: Asked) -> Iterator[Choice]:
    for one in view.guide.permissions:
        yield Choice(one.id, one.text)


def _tables(view: View, _: Asked) -> Iterator[Choice]:
    for one in view.guide.local_tables:
        yield Choice(one.id, one.title)


def _terms(view: View, _: Asked) -> Iterator[Choice]:
    for one in view.guide.local_terms:
        yield Choice(one.id, one.term)


def _models(view: View, _: Asked) -> Iterator[Choice]:
    for one in view.guide.data_models:
        yield Choice(str(one.level), f"{one.level} {one.name}")


def _guides(view: View, _: Asked) -> Iterator[Choice]:
    for name in library.names(view.log.folder):
        yield Choice(name, guide_called(library.guide(name, view.log.folder).guide))


def _matters(_: View, __: Asked) -> Iterator[Choice]:
    """What somebody can be told of, as it is said afterwards."""
    for one, of in TOLD_OF.items():
        yield Choice(one, f"{of[0].upper()}{of[1:]}")


def _fixed(*values: str) -> Choices:
    """Values that are the same in every assessment."""
    choices = tuple(Choice(value, word_of(value)) for value in values)
    return lambda *_: iter(choices)


BY_FIELD: dict[str, Choices] = {
    "person": _people,
    "who": _people,
    "stakeholder": _people,
    "people": _people,
    "present": _people,
    "item": _items,
    "items": _items,
    "coordinator": _coordinators,
    "reader": _readers,
    "reads_as": _fixed("auditor", "board"),
    "permission": _permissions,
    "answer": _fixed("yes", "no"),
    "table": _tables,
    "term": _terms,
    "value": _answers,
    "data_model": _models,
    "guide": _guides,
    "backup": _fixed("manager", "substitute"),
    "language": standing.languages,
}
BY_OPERATION: dict[tuple[str, str], Choices] = {
    ("answer", "who"): standing.asked_now,
    ("answer", "item"): standing.items_asked_now,
    ("local attach", "asked_as"): standing.evidence_asked,
    ("local detach", "number"): standing.attached,
    ("action change", "item"): standing.actions,
    ("action end", "item"): standing.actions,
    ("workshop open", "items"): standing.unsettled,
    ("workshop vote", "item"): standing.in_the_workshop,
    ("workshop show", "item"): standing.put_to_the_vote,
    ("contact", "person"): _signing_in,
    ("sign-in", "person"): _signing_in,
    ("forget", "person"): _ever,
    ("hand-on agree", "person"): standing.asking_to_hand_on,
    ("hand-on decline", "person"): standing.asking_to_hand_on,
    ("hand-on agree", "to"): _people,
    ("hand-over", "to"): _people,
    ("panel rename", "agency"): _agencies,
    ("nudge", "agency"): _agencies,
    ("panel correct", "by"): _fixed("slack", "mail"),
    ("told", "by"): _fixed(*get_args(Means)),
    ("told", "of"): _matters,
}


MAY_BE_TYPED = frozenset(
    {("answer", "value")}
)  # a question without a scale takes a number or words


def is_chosen(operation: str, field: str) -> bool:
    """Whether what a field can hold is known, so that it is never typed."""
    at = (operation, field)
    return (at in BY_OPERATION or field in BY_FIELD) and at not in MAY_BE_TYPED


def choices(view: View, operation: str, field: str, asked: Asked) -> tuple[Choice, ...]:
    """What can be chosen in a field; nothing where it is typed, or nothing is there.

    Args:
        asked: what is filled in by now, such as whom or which item the form is about.
    """
    known = BY_OPERATION.get((operation, field)) or BY_FIELD.get(field)
    return tuple(known(view, asked)) if known else ()
