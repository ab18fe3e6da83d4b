"""After the rounds: priorities, sharing, objections, actions, and the signature."""

from __future__ import annotations

from collections.abc import Iterator

from bots.phrases.pages import hubs as phrases
from bots.phrases.pages.evidence import EVIDENCE
from bots.web.desk.hubs.hub import Link, Section, Table, does, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.agreement.blanks import blanks
from ehsg_events.dates import calendar
from ehsg_events.states.situation import Situation
from projections.facts.view import View
from projections.figures.names import named
from projections.report.report import signed

HEADINGS = (
    phrases.ITEM,
    phrases.NUMBER,
    phrases.WHAT,
    phrases.OWNER,
    phrases.UNTIL,
    phrases.CHANGE,
    phrases.END,
)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """What is chosen, agreed and signed, and what is blank still."""
    situation = view.log.situation(visitor.assessment)
    return hub(
        phrases.FINISH,
        Section(phrases.PRIORITIES_TITLE, tuple(_priorities(view)), links=(_choose(view),)),
        _sharing(view),
        _actions(view, situation),
        Section(phrases.OBJECTIONS_TITLE, links=(does("dissent"),)),
        Section(
            phrases.BLANKS_TITLE,
            tuple(_blank(situation)),
            links=(Link("local", phrases.LOCAL), Link("evidence", EVIDENCE)),
        ),
        Section(
            phrases.SIGNATURE_TITLE,
            (signed(view) or phrases.NOT_SIGNED,),
            links=(*_sign(view), Link("downloads", phrases.TAKE_AWAY)),
        ),
    )


def _priorities(view: View) -> Iterator[str]:
    chosen = view.state.priorities
    if chosen is None:
        yield phrases.NOTHING_CHOSEN
        return
    yield from (f"{named(view.guide, item)}." for item in chosen.items)
    for model in view.guide.data_models:
        if model.level == chosen.data_model:
            yield f"{phrases.DATA_MODEL}: {model.level} {model.name}."


def _choose(view: View) -> Link:
    chosen = view.state.priorities
    if chosen is None:
        return does("priorities")
    model = "" if chosen.data_model is None else str(chosen.data_model)
    return does("priorities", {"items": "\n".join(chosen.items), "data_model": model})


def _sharing(view: View) -> Section:
    answers = {True: "yes", False: "no", None: phrases.NOT_ANSWERED}
    rows: tuple[tuple[str | Link, ...], ...] = tuple(
        (
            one.text,
            answers[view.state.permissions.get(one.id)],
            does("permission", {"permission": one.id}, one.recipient, phrases.ANSWER),
        )
        for one in view.guide.permissions
    )
    title = phrases.PERMISSIONS_TITLE
    return Section(
        title, table=Table(title, (phrases.QUESTION, phrases.ANSWER, phrases.CHANGE), rows)
    )


def _actions(view: View, situation: Situation) -> Section:
    rows = tuple(_action_rows(view, situation))
    return Section(
        phrases.ACTIONS_TITLE,
        () if rows else (phrases.NO_ACTIONS,),
        Table(phrases.ACTIONS_TITLE, HEADINGS, rows),
        (does("action agree"),),
    )


def _action_rows(view: View, situation: Situation) -> Iterator[tuple[str | Link, ...]]:
    """Each action that is not ended, with what can be done with it."""
    read = view.log.text
    for item, outcome in situation.outcomes.items():
        for number, action in outcome.actions.items():
            if number in outcome.ended:
                continue
            words, owner = read(action.words) or "", read(action.owner) or ""
            due = action.due.isoformat() if action.due else ""
            given = {"item": item, "number": str(number)}
            changed = {**given, "words": words, "owner": owner, "due": due}
            yield (
                item,
                str(number),
                words,
                owner or phrases.NOBODY_YET,
                calendar.say_day(action.due) if action.due else phrases.NO_DAY,
                does("action change", changed, f"{item}, {number}", phrases.CHANGE),
                does("action end", given, f"{item}, {number}", phrases.END),
            )


def _blank(situation: Situation) -> list[str]:
    found = [f"{one[0].upper()}{one[1:]}." for one in blanks(situation)]
    return found or [phrases.NOTHING_BLANK]


def _sign(view: View) -> tuple[Link, ...]:
    return (does("sign-off" if view.state.signed_off is None else "sign-off withdraw"),)
