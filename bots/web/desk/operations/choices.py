"""What there is to choose from in a field of an operation, so that nobody types an id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, get_args

from bots.phrases import labels
from ehsg_events.events import Matter, Means
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.panel.names import called
from guides import library
from projections.facts.view import View
from projections.figures.agreement import score_words
from projections.figures.names import named


class Choice(NamedTuple):
    """One value, and how it is shown."""

    value: str
    label: str


Choices = Callable[[View, str], Iterator[Choice]]  # of a view, and of the item that was chosen


def _people(view: View, _: str) -> Iterator[Choice]:
    """Everybody on the panel who is asked still, by name."""
    read = view.log.text
    known = [(called(view.state, read, person), person) for person in view.state.panel]
    for label, person in sorted(known):
        if person not in view.state.forgotten:
            yield Choice(person, label)


def _ever(view: View, item: str) -> Iterator[Choice]:
    """Everybody whose words may be kept: on the panel, who coordinates, who reads."""
    yield from _people(view, item)
    yield from _signing_in(view, item)


def _signing_in(view: View, item: str) -> Iterator[Choice]:
    """Who coordinates, and who reads."""
    yield from _coordinators(view, item)
    yield from _readers(view, item)


def _coordinators(view: View, _: str) -> Iterator[Choice]:
    for person, fact in view.state.coordinators.items():
        yield Choice(person, f"{view.log.named(fact.name)} ({person})")


def _readers(view: View, _: str) -> Iterator[Choice]:
    for person, fact in view.state.readers.items():
        yield Choice(person, f"{view.log.named(fact.name)} ({person})")


def _agencies(view: View, _: str) -> Iterator[Choice]:
    for agency in sorted({member.agency for member in view.state.panel.values()}):
        yield Choice(agency, agency)


def _items(view: View, _: str) -> Iterator[Choice]:
    """Every descriptor, in the guide's order."""
    for item in view.guide.descriptors:
        yield Choice(item, named(view.guide, item))


def _asked(view: View, _: str) -> Iterator[Choice]:
    """Everything that is asked, descriptors and questions."""
    for item in view.guide.items:
        yield Choice(item, named(view.guide, item))


def _answers(view: View, item: str) -> Iterator[Choice]:
    """What an item can be answered with; of no item yet, where the guide has one scale, by that.

    Nothing for one that is answered in words or by a number.
    """
    scales = view.guide.scales
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


def _permissions(view: View, _: str) -> Iterator[Choice]:
    for one in view.guide.permissions:
        yield Choice(one.id, one.text)


def _tables(view: View, _: str) -> Iterator[Choice]:
    for one in view.guide.local_tables:
        yield Choice(one.id, one.title)


def _terms(view: View, _: str) -> Iterator[Choice]:
    for one in view.guide.local_terms:
        yield Choice(one.id, one.term)


def _models(view: View, _: str) -> Iterator[Choice]:
    for one in view.guide.data_models:
        yield Choice(str(one.level), f"{one.level} {one.name}")


def _guides(view: View, _: str) -> Iterator[Choice]:
    for name in library.names(view.log.folder):
        yield Choice(name, f"{library.guide(name, view.log.folder).guide.title} ({name})")


def _fixed(*values: str) -> Choices:
    """Values that are the same in every assessment."""
    choices = tuple(Choice(value, value.replace("-", " ").capitalize()) for value in values)
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
}
BY_OPERATION: dict[tuple[str, str], Choices] = {
    ("answer", "item"): _asked,
    ("contact", "person"): _signing_in,
    ("sign-in", "person"): _signing_in,
    ("forget", "person"): _ever,
    ("hand-on agree", "to"): _people,
    ("hand-over", "to"): _people,
    ("panel rename", "agency"): _agencies,
    ("nudge", "agency"): _agencies,
    ("panel correct", "by"): _fixed("slack", "mail"),
    ("told", "by"): _fixed(*get_args(Means)),
    ("told", "of"): _fixed(*get_args(Matter)),
}


def choices(view: View, operation: str, field: str, item: str) -> tuple[Choice, ...]:
    """What can be chosen in a field; nothing where it is typed.

    Args:
        item: the item that the form is about, where it is known.
    """
    known = BY_OPERATION.get((operation, field)) or BY_FIELD.get(field)
    return tuple(known(view, item)) if known else ()
