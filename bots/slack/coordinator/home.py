"""A coordinator's part of the Home tab: how far each agency is, and what can be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from bots.interview.talk import Choice
from bots.phrases import coordinator as phrases
from bots.slack.block_kit.blocks import Address
from bots.slack.block_kit.page import Part
from bots.slack.coordinator.coming import due_next, nudged, to_do
from bots.slack.coordinator.ways import way_out
from bots.slack.directory import Coordinated
from ehsg_events.commands import hand_over
from ehsg_events.dates import calendar
from ehsg_events.kernel import Way
from ehsg_events.log.log import Log
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview
from ehsg_events.states.round import Round
from ehsg_events.states.streams import interview_stream

DESK = "desk-"  # how the action id of a coordinator's button begins
MOST_NUDGES = 20  # buttons for one agency each; a command names any other

OPEN = Way("round open", "open the first")


class Headway(NamedTuple):
    """How far the people of one agency are: counts, never who answered what."""

    finished: int
    people: int
    under_way: int
    withdrawn: int


def desk_parts(log: Log, now: datetime, coordinated: Coordinated) -> Iterator[Part]:
    """What a coordinator sees of one assessment, and can do."""
    state, newest, interviews = _read(log, coordinated)
    title = phrases.desk_title(coordinated.area)
    if newest is None:
        yield Part("\n".join(_before_any_round(state, now)), title=title)
        return
    address = Address(coordinated.assessment, newest.number, coordinated.coordinator)
    agencies = _agencies(state, newest, interviews)
    coming = _coming(log, now, coordinated, state, newest)
    words = "\n".join([*_lines(newest, agencies, now), *coming])
    choices = () if _is_over(newest, now) else tuple(_choices(newest, agencies))
    yield Part(words, choices, address, title, DESK)
    for request in hand_over.asked(log, coordinated.assessment):
        yield Part(
            phrases.hand_on_request(request),
            (
                Choice(phrases.AGREE, f"agree:{request.stakeholder}", "primary"),
                Choice(phrases.DECLINE, f"decline:{request.stakeholder}"),
            ),
            address,
            kind=DESK,
        )


def progress(log: Log, now: datetime, coordinated: Coordinated) -> str:
    """The same in words only, as the answer to a command."""
    state, newest, interviews = _read(log, coordinated)
    title = phrases.desk_title(coordinated.area)
    if newest is None:
        return "\n".join([title, *_before_any_round(state, now)])
    waiting = len(hand_over.asked(log, coordinated.assessment))
    more = [phrases.hand_ons_wait(waiting)] if waiting else []
    lines = _lines(newest, _agencies(state, newest, interviews), now)
    coming = _coming(log, now, coordinated, state, newest)
    return "\n".join([title, *lines, *coming, *more])


def _before_any_round(state: Assessment, now: datetime) -> list[str]:
    return [*due_next(state, None, now)] or [f"{phrases.NO_ROUND}\n{way_out(OPEN)}"]


def _coming(
    log: Log, now: datetime, coordinated: Coordinated, state: Assessment, newest: Round
) -> Iterator[str]:
    """What is due next, who was nudged, and what waits."""
    yield from due_next(state, newest, now)
    yield from nudged(log, coordinated.assessment, newest)
    yield from to_do(log, now, coordinated.assessment)


def _read(
    log: Log, coordinated: Coordinated
) -> tuple[Assessment, Round | None, Mapping[str, Interview]]:
    """The assessment, its newest round, and the interviews in it."""
    rounds = log.rounds(coordinated.assessment)
    interviews = {
        person: log.read(interview_stream(coordinated.assessment, len(rounds), person))
        for person in (rounds[-1].invited if rounds else ())
    }
    return log.assessment(coordinated.assessment), rounds[-1] if rounds else None, interviews


def _agencies(
    state: Assessment, newest: Round, interviews: Mapping[str, Interview]
) -> dict[str, Headway]:
    asked = [person for person, items in newest.invited.items() if items]
    names = sorted({state.panel[person].agency for person in asked})
    return {
        name: _headway([interviews[p] for p in asked if state.panel[p].agency == name])
        for name in names
    }


def _headway(interviews: list[Interview]) -> Headway:
    active = [interview for interview in interviews if not interview.withdrawn]
    finished = sum(interview.completed for interview in active)
    under_way = sum(interview.started and not interview.completed for interview in active)
    return Headway(finished, len(active), under_way, len(interviews) - len(active))


def _lines(newest: Round, agencies: Mapping[str, Headway], now: datetime) -> Iterator[str]:
    until = calendar.say(newest.deadline, newest.policy.zone)
    if _is_over(newest, now):
        yield phrases.round_over(newest.number, newest.kind, until)
    else:
        yield phrases.round_stands(newest.number, newest.kind, until, paused=newest.paused)
        if newest.reopened:
            yield phrases.REOPENED
    for name, headway in agencies.items():
        yield phrases.agency_stands(
            name, headway.finished, headway.people, headway.under_way, headway.withdrawn
        )


def _choices(newest: Round, agencies: Mapping[str, Headway]) -> Iterator[Choice]:
    if newest.paused:
        yield Choice(phrases.RESUME_ROUND, "resume", "primary")
    else:
        missing = [name for name, headway in agencies.items() if headway.finished < headway.people]
        if missing:
            yield Choice(phrases.NUDGE_ALL, "nudge")
        for name in missing[:MOST_NUDGES]:
            yield Choice(phrases.nudge_agency(name), f"nudge:{name[:150]}")
        yield Choice(phrases.PAUSE_ROUND, "pause")
    yield Choice(phrases.EXTEND, "extend")
    yield Choice(phrases.CLOSE_ROUND, "close", "danger")


def _is_over(newest: Round, now: datetime) -> bool:
    """Whether a round is over; a paused one is not at its deadline, it can be given more time."""
    return newest.closed or (newest.deadline <= now and not newest.paused)
