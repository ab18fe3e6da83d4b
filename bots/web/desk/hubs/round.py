"""The newest round: where it stands, what comes next, and what can be done with it."""

from __future__ import annotations

from bots.operations.round_status import planned, round_status
from bots.operations.workshop_status import workshop_status
from bots.phrases import board as board_phrases
from bots.phrases.pages import hubs as phrases
from bots.phrases.pages.rehearsal import REHEARSAL
from bots.web.desk.hubs import timeline
from bots.web.desk.hubs.hub import Link, Section, does, hub
from bots.web.desk.hubs.telling import by_hand
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Refused
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from projections.facts.view import View

BEFORE = ("round open", "round plan")
OPEN = ("nudge", "round extend", "round pause", "round close")
PAUSED = ("round resume", "round extend", "round close")
AFTER = ("round open", "round plan", "round reopen", "workshop open", "peers open")
IN_THE_ROOM = ("workshop present", "workshop vote", "workshop show", "workshop close")
LOOKS = (
    Link("board", board_phrases.BOARD),
    Link("nudges", phrases.NUDGES_LINK),
)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Where it stands, and what can be done now."""
    situation = view.log.situation(visitor.assessment)
    try:
        lines = round_status(view.log, visitor.assessment, visitor.at)[0].splitlines()
    except Refused:
        lines = [phrases.NO_ROUND]
    return hub(
        phrases.ROUND,
        _to_tell(view, visitor),
        Section(phrases.WHERE_IT_STANDS, tuple(lines), links=LOOKS),
        timeline.section(view),
        Section(
            phrases.WHAT_CAN_BE_DONE,
            links=(*map(does, possible(situation)), Link("rehearsal", REHEARSAL)),
        ),
    )


def _to_tell(view: View, visitor: Visitor) -> Section:
    """That something is left for her to tell people, and where."""
    many = sum(1 for _ in by_hand(view, visitor))
    links = (Link("people", phrases.things_to_tell(many)),) if many else ()
    return Section(phrases.BY_HAND_TITLE, links=links)


def possible(situation: Situation) -> tuple[str, ...]:
    """What can be done with the rounds as they stand, in the order in which it is wanted."""
    newest = situation.newest
    plan = ("round plan cancel",) if planned(situation) else ()
    if situation.assessment.signed_off is not None:
        return ("sign-off withdraw",)
    if newest is None:
        return BEFORE + plan
    return (AFTER if newest.closed else _while_open(newest)) + plan


def _while_open(newest: Round) -> tuple[str, ...]:
    if newest.kind == "workshop":
        return (*IN_THE_ROOM, "round extend")
    return PAUSED if newest.paused else OPEN


def draw_workshop(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001
    """The workshop: who is there, what is voted on; nothing of who voted."""
    situation = view.log.situation(visitor.assessment)
    newest = situation.newest
    is_open = newest is not None and newest.kind == "workshop" and not newest.closed
    if not is_open:
        start = () if newest is None or not newest.closed else (does("workshop open"),)
        return hub(
            phrases.WORKSHOP, Section(phrases.WHERE_IT_STANDS, (phrases.NO_WORKSHOP,), links=start)
        )
    lines = workshop_status(view.log, visitor.assessment)[0].splitlines()
    return hub(
        phrases.WORKSHOP,
        Section(phrases.WHERE_IT_STANDS, tuple(lines)),
        Section(phrases.WHAT_CAN_BE_DONE, links=tuple(does(name) for name in IN_THE_ROOM)),
    )
