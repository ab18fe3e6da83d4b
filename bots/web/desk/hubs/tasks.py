"""The task list: what is done, what is to be done now, and what cannot be done yet and why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from bots.phrases.pages import abandoned as gone
from bots.phrases.pages import hubs as phrases
from bots.phrases.pages import service as service_phrases
from bots.phrases.pages.rehearsal import REHEARSAL
from bots.web.desk.hubs import service
from bots.web.desk.hubs.progress import how_far
from bots.web.desk.hubs.telling import by_hand
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.agreement.blanks import blanks
from ehsg_events.commands import hand_over
from ehsg_events.dates import calendar
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.situation import Situation, still_asked, to_moderate, to_sign_off
from guides.model import Guide
from projections.facts.view import View


class Task(NamedTuple):
    """One thing to do: its page, its state in words, and why it cannot be done yet if so."""

    name: str
    href: str
    state: str
    why: str = ""


class Group(NamedTuple):
    """Tasks that belong together."""

    title: str
    tasks: tuple[Task, ...]


WHEN_ABANDONED = (
    Task(gone.OPEN_ANOTHER, "assessment-open", gone.IF_WANTED),
    Task(phrases.GO_BETWEEN, "assessments", gone.IF_WANTED),
    Task(gone.TRAIL, "trail", gone.TO_READ),
    Task(gone.KEEPING, "settings", gone.TO_READ),
)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Every task, in the order of an assessment's life."""
    situation = view.log.situation(visitor.assessment)
    asks = len(hand_over.asked(view.log, visitor.assessment))
    tell = sum(1 for _ in by_hand(view, visitor))
    runs = _how_it_runs(view, visitor)
    return Drawn("tasks.html", {"groups": groups(situation, asks, tell, runs)})


def _how_it_runs(view: View, visitor: Visitor) -> str:
    """How much of what people are reached by, and kept safe by, is not in order."""
    states = [state for _, state, _ in service.rests_on(view, os.environ, visitor.at)]
    absent = states.count(service_phrases.NOT_SET_UP)
    return phrases.how_it_runs(absent, states.count(service_phrases.TO_MEND))


def groups(situation: Situation, asks: int, tell: int, runs: str) -> tuple[Group, ...]:
    """Every task with its state.

    Args:
        asks: how many requests to hand on wait for the coordinator.
        tell: how many things she is to tell people herself.
        runs: how what the service rests on stands.
    """
    if situation.assessment.abandoned is not None:
        return (Group(gone.WHAT_IS_LEFT, WHEN_ABANDONED),)
    return (
        Group(phrases.PREPARE, tuple(_prepare(situation, runs))),
        Group(phrases.COLLECT, tuple(_collect(situation, asks, tell))),
        Group(phrases.AGREE, tuple(_agree(situation))),
        Group(phrases.AT_THE_END, tuple(_finish(situation))),
    )


def _prepare(situation: Situation, runs: str) -> Iterator[Task]:
    state, guide = situation.assessment, situation.guide
    yield Task(phrases.RULES, "rules", phrases.COMPLETED)
    yield Task(phrases.EACH_QUESTION, "guide", phrases.TO_READ)
    many = len(state.panel)
    yield Task(
        phrases.WHO_IS_ASKED, "people", phrases.on_panel(many) if many else phrases.NOT_STARTED
    )
    left = _left_to_the_area(state, guide)
    yield Task(phrases.LOCAL, "local", phrases.blank(left) if left else phrases.NOTHING_TO_DO)
    run_by = phrases.who_else(len(state.coordinators), len(state.readers))
    yield Task(phrases.WHO_ELSE, "settings", run_by)
    yield Task(phrases.HOW_IT_RUNS, f"settings#{service.ANCHOR}", runs)


def _left_to_the_area(state: Assessment, guide: Guide) -> int:
    """How much of what the guide leaves to the area is not filled in."""
    attached = {fact.asked_as for fact in state.attached.values()}
    return (
        sum(term.id not in state.terms for term in guide.local_terms)
        + sum(not state.tables.get(table.id) for table in guide.local_tables)
        + sum(asked.id not in attached for asked in guide.evidence_asked)
    )


def _collect(situation: Situation, asks: int, tell: int) -> Iterator[Task]:
    for round in situation.rounds:
        name = phrases.round_named(round.number, round.kind)
        if round.closed:
            yield Task(name, "round", phrases.COMPLETED)
            continue
        far = [how_far(situation, person) for person, items in round.invited.items() if items]
        until = calendar.say(round.deadline, round.policy.zone)
        yield Task(
            name,
            "round",
            phrases.in_progress(far.count(phrases.FINISHED), len(far)),
            phrases.open_until(until),
        )
    yield from _to_come(situation)
    if asks:
        yield Task(phrases.HAND_ONS, "people", phrases.waiting(asks))
    if tell:
        yield Task(phrases.BY_HAND_TITLE, "people", phrases.waiting(tell))


def _to_come(situation: Situation) -> Iterator[Task]:
    """The first round, or the one that asks again, while it is not opened; and its rehearsal."""
    if situation.rounds:
        if again := still_asked(situation):
            says = phrases.asked_again(len(again))
            yield Task(phrases.NEXT_ROUND, "round", phrases.NOT_STARTED, f"{says}.")
        return
    if not situation.assessment.panel:
        yield Task(phrases.FIRST_ROUND, "round", phrases.CANNOT_YET, phrases.NO_PANEL_YET)
        return
    yield Task(REHEARSAL, "rehearsal", phrases.IF_WANTED)
    yield Task(phrases.FIRST_ROUND, "round", phrases.NOT_STARTED)


def _agree(situation: Situation) -> Iterator[Task]:
    newest, left = situation.newest, to_moderate(situation)
    if newest is None or not newest.closed:
        yield Task(phrases.SETTLE, "settle", phrases.CANNOT_YET, phrases.AFTER_CLOSE)
    elif again := still_asked(situation):
        says = phrases.asked_again(len(again))
        yield Task(phrases.SETTLE, "settle", says, phrases.ASKED_AGAIN_FIRST)
    elif left:
        yield Task(phrases.SETTLE, "settle", phrases.to_settle(len(left)))
    else:
        yield Task(phrases.SETTLE, "settle", phrases.COMPLETED)
    if newest is not None and newest.kind == "workshop" and not newest.closed:
        yield Task(phrases.WORKSHOP, "workshop", phrases.UNDER_WAY.capitalize())


def _finish(situation: Situation) -> Iterator[Task]:
    if situation.assessment.signed_off is not None:
        yield Task(phrases.CHOICES_AND_ACTIONS, "finish", phrases.COMPLETED)
        yield Task(phrases.SIGN_OFF, "finish", phrases.COMPLETED)
    else:
        left = len(blanks(situation))
        state = phrases.blank(left) if left else phrases.COMPLETED
        yield Task(phrases.CHOICES_AND_ACTIONS, "finish", state)
        yield _sign_off(situation)
    if any(round.closed for round in situation.rounds):
        yield Task(phrases.TAKE_AWAY, "downloads", phrases.TO_TAKE)
    else:
        yield Task(phrases.TAKE_AWAY, "downloads", phrases.CANNOT_YET, phrases.AFTER_CLOSE)


def _sign_off(situation: Situation) -> Task:
    if to_sign_off(situation):
        return Task(phrases.SIGN_OFF, "finish", phrases.TO_BE_DONE)
    return Task(phrases.SIGN_OFF, "finish", phrases.CANNOT_YET, phrases.AFTER_SETTLED)
