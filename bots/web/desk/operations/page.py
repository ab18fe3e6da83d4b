"""The page of an operation: its form, then what would come of it, then what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from bots.operations.foreseen import Foreseen, do_as_foreseen, foreseen
from bots.operations.form import Mistakes, filled
from bots.operations.operation import Doing, Done, Operation
from bots.operations.registry import OPERATIONS
from bots.phrases.pages import operations as phrases
from bots.web.desk.form import NONCE
from bots.web.desk.operations.at_stake import at_stake
from bots.web.desk.operations.boxes import (
    boxes,
    given,
    in_words,
    is_empty,
    keeping_files,
    nothing_to_choose,
)
from bots.web.desk.operations.messages import Shown, invited, shown
from bots.web.desk.operations.offered import OFFERED, PAGES_OF, Offered, page_of
from bots.web.desk.operations.prefilled import meanings, prefilled
from bots.web.desk.operations.together import box_of
from bots.web.desk.page import Asked, Drawn, Entry, ToCheck, Took, Visitor
from bots.web.forms import Filled, Mistake
from bots.web.typed import KEPT, WAS, digest_of
from ehsg_events.commands.assessments import FIRST
from ehsg_events.commands.opening.several import follow
from ehsg_events.commands.people import opener_of
from ehsg_events.commands.sign_in import Person
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.names import called
from projections.access.audience import RUNS_IT
from projections.facts.view import View

WORD = re.compile(r"[\w-]+")
CHECKED = "checked"  # the mark of what was shown, on the form that says yes to it
CHECK = "check"  # that a form is to be looked at before it is done
FIRST_PAGE = "tasks"  # of whoever runs an assessment
CHANGE = "change"  # the button that leads back to the form


def entries() -> dict[str, Entry]:
    """The page of each operation that is offered, by its address."""
    return {page: _entry(name, OFFERED[name]) for page, name in PAGES_OF.items()}


def _entry(name: str, offered: Offered) -> Entry:
    return Entry(
        RUNS_IT,
        offered.title,
        _drawing(name),
        _taking(name),
        RUNS_IT,
        looks_back=False,
        does=name,
        linked=False,
    )


def _drawing(name: str) -> Callable[[View, Visitor, Asked], Drawn]:
    def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
        """The form, or what would come of it once it was filled in."""
        operation = OPERATIONS[name]
        if CHECK not in asked:
            stands = {} if NONCE in asked else prefilled(view, name, asked)
            return _form(view, visitor, operation, {**stands, **asked}, visitor.wrong)
        try:
            return _check(view, visitor, operation, asked)
        except Refused as refusal:
            return _form(view, visitor, operation, asked, tuple(mistakes_of(refusal)))

    return draw


def _form(
    view: View,
    visitor: Visitor,
    operation: Operation[Any],
    asked: Asked,
    wrong: tuple[Mistake, ...],
) -> Drawn:
    offered, means = OFFERED[operation.name], meanings(view, operation.name, visitor.at)
    every = boxes(view, operation, asked, wrong, means)
    often = [box for box in every if box.name not in offered.seldom]
    seldom = [box for box in every if box.name in offered.seldom]
    values: dict[str, object] = {
        "offered": offered,
        "says": operation.says,
        "nothing": nothing_to_choose(view, operation, asked),
        "boxes": often,
        "seldom": seldom,
        "was": digest_of,
    }
    places = {box.name: place for place, box in enumerate((*often, *seldom))}
    at_boxes = dict.fromkeys(_at_its_box(operation, one) for one in wrong)
    listed = sorted(at_boxes, key=lambda one: places.get(one.field, -1))  # as the page has them
    return Drawn("operation.html", values | ({"mistakes": listed} if wrong else {}))


def _at_its_box(operation: Operation[Any], wrong: Mistake) -> Mistake:
    """A mistake as it is listed: at the box it is about, by the box's label where that is empty."""
    name = box_of(operation.name, wrong.field)
    words = phrases.empty(operation.name, name) if is_empty(wrong) else wrong.words
    return Mistake(name, words)


def _check(view: View, visitor: Visitor, operation: Operation[Any], asked: Asked) -> Drawn:
    doing = _doing(view.log, visitor, visitor.stamp(operation.name, uuid4().hex), operation)
    form = filled(operation.form, given(operation, Filled(asked)), doing.safeguarding)
    comes, offered = foreseen(operation, doing, form), OFFERED[operation.name]
    values = {
        "offered": offered,
        "comes": [_with_names(view, sentence) for sentence in comes.sentences],
        "checked": comes.mark,
        "read_back": in_words(boxes(view, operation, asked, ())),
        "messages": _messages(doing, comes, offered),
        "at_stake": () if _messages_shown(offered) else at_stake(operation.name, doing, comes),
        "kept": {name: text for name, text in asked.items() if _is_filled_in(operation, name)},
    }
    return Drawn("check.html", values)


def _messages(doing: Doing, comes: Foreseen, offered: Offered) -> Shown | None:
    if offered.invites:
        return invited(doing, comes)
    return shown(doing, comes) if offered.writes else None


def _messages_shown(offered: Offered) -> bool:
    return offered.writes or offered.invites


def _is_filled_in(operation: Operation[Any], name: str) -> bool:
    """Whether a field of a form was filled in, rather than put there by its page."""
    return name.removeprefix(KEPT).removeprefix(WAS) in operation.form.model_fields


def _with_names(view: View, sentence: str) -> str:
    """A sentence of the record, which knows people by pseudonym, with their names as well."""

    def named(found: re.Match[str]) -> str:
        signs_in = view.state.named(found[0])
        name = view.log.text(signs_in.name) if signs_in else None
        return f"{name} ({found[0]})" if name else called(view.state, view.log.text, found[0])

    return WORD.sub(named, sentence)


def _taking(name: str) -> Callable[[Log, Visitor, Stamp, Filled], Took | ToCheck]:
    def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took | ToCheck:
        """Do it; where it asks first, only once it was said yes to what was shown."""
        operation, offered = OPERATIONS[name], OFFERED[name]
        if sent.do == CHANGE:
            return ToCheck(_without(sent, (CHECK, CHECKED, "do")))
        doing = _doing(log, visitor, stamp, operation)
        form = filled(operation.form, given(operation, sent), doing.safeguarding)
        if operation.begins:
            return _gone_on(log, visitor, stamp, operation.do(doing, form), doing.assessment)
        if not offered.asks:
            return Took(_onward(name, offered, sent), operation.do(doing, form))
        if not sent.text(CHECKED):
            foreseen(operation, doing, form)  # what is refused is refused at once
            return ToCheck({**_without(sent, (CHECKED,)), **keeping_files(sent), CHECK: "1"})
        done = do_as_foreseen(operation, doing, form, sent.text(CHECKED))
        return Took(offered.leads_to, done)

    return take


def _onward(name: str, offered: Offered, sent: Filled) -> str:
    """The page to go on to: its own once more, where more of the same is to be done."""
    kept = offered.again
    return f"{page_of(name)}?{urlencode({kept: sent.text(kept)})}" if kept else offered.leads_to


def _gone_on(log: Log, visitor: Visitor, stamp: Stamp, done: Done, opened: UUID) -> Took:
    """Whoever opened another assessment goes on there, where they coordinate."""
    person = Person(visitor.assessment, visitor.person)
    session = follow(log, stamp, person, visitor.session, Person(opened, FIRST))
    return Took(FIRST_PAGE, done, session)


def _without(sent: Filled, names: tuple[str, ...]) -> dict[str, str]:
    return dict(sent.without(names).fields)


def _doing(log: Log, visitor: Visitor, stamp: Stamp, operation: Operation[Any]) -> Doing:
    if not operation.begins:
        return Doing(log.folder, lambda: log, stamp, visitor.assessment)
    opener = opener_of(log, visitor.assessment, visitor.person)
    opened = uuid5(visitor.assessment, stamp.key)  # the same for the same form, sent twice
    return Doing(log.folder, lambda: log, stamp, opened, opener=opener)


def mistakes_of(refusal: Refused) -> Iterator[Mistake]:
    """Each mistake of a refusal, at its field."""
    for wrong in refusal.wrong if isinstance(refusal, Mistakes) else (refusal,):
        yield Mistake(wrong.field or "", str(wrong))
